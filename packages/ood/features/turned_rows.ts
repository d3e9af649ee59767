import { projectedRows } from "@mixtape/tensor-utils";

/**
 * Multiplies rows by each of some directions, in float64, and lets the event loop turn meanwhile. The numbers of a row
 * are the same bits whatever rows are beside it.
 *
 * @param values At least rows × d numbers, which must not be written to until the promise is settled.
 * @param rows Number of rows.
 * @param directions d numbers each; zeros at their ends cost nothing, as those of a triangle.
 * @param d Number of columns.
 * @param signal Ends the work, which fails with its reason.
 * @returns rows × directions numbers.
 */
export async function turnedRows(
  values: Float64Array,
  rows: number,
  directions: Float64Array,
  d: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const x = { values: values.subarray(0, rows * d), shape: [rows, d] } as const;
  return await projectedRows({ x, means: new Float64Array(d), directions, signal });
}
