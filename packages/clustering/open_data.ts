import { isRowSource, placedMatrix, type Rows, type RowsLike } from "@mixtape/tensor-utils";

/**
 * Checks data, as `openRows` does, to be used within `releasing`; what reads sources is loaded for
 * them alone.
 *
 * @param x The data, shape [n, d], finite, or a source of them.
 * @param rules Further requirements.
 * @param signal Ends the reading.
 */
export async function openData(
  x: RowsLike,
  rules: { readonly columns?: number; readonly forLloyd?: boolean },
  signal?: AbortSignal,
): Promise<Rows> {
  if (!isRowSource(x)) return await placedMatrix(x, "x", rules, signal);
  const { openRows } = await import("./over_blocks.ts");
  return await openRows(x, "x", rules, signal);
}
