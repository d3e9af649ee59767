import { hostMatrix, isRowSource, type Rows, type RowsLike } from "@mixtape/tensor-utils";

/**
 * Checks data, as `openRows` does; what reads sources is loaded for them alone.
 *
 * @param x The data, shape [n, d], finite, or a source of them.
 * @param rules Further requirements.
 * @param signal Ends the reading.
 */
export async function openData(
  x: RowsLike,
  rules: { readonly columns?: number },
  signal?: AbortSignal,
): Promise<Rows> {
  if (!isRowSource(x)) return await hostMatrix(x, "x", rules);
  const { openRows } = await import("./over_blocks.ts");
  return await openRows(x, "x", rules, signal);
}
