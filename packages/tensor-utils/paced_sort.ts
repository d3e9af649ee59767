import { inPieces, pieceSize } from "./abort.ts";
import { orderSteps } from "./ascending_order.ts";
import type { HostMatrix } from "./matrix.ts";
import { paced } from "./paced_steps.ts";
import { radixSteps } from "./radix_steps.ts";

/**
 * Sorts numbers in place, ascending, and lets the event loop turn meanwhile.
 *
 * @param values The numbers, none of them NaN.
 * @param signal Ends the work; the promise is then rejected with its reason, the numbers in any order.
 * @returns The same array.
 */
export async function pacedSort<Values extends Float64Array>(
  values: Values,
  signal?: AbortSignal,
): Promise<Values> {
  await paced(radixSteps(values), signal);
  return values;
}

/**
 * Returns the places of numbers in ascending order of the numbers, equal ones in their own order, and
 * lets the event loop turn meanwhile.
 *
 * @param values The numbers, none of them NaN.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function pacedOrder(
  values: Float64Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  return await paced(orderSteps(values.slice()), signal);
}

/**
 * Returns the values of a column that are not missing, ascending, and lets the event loop turn meanwhile.
 *
 * @param x The matrix, NaN for missing entries.
 * @param column Index of the column.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function sortedColumn(
  { values, shape: [n, d] }: HostMatrix,
  column: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const present = new Float64Array(n);
  let count = 0;
  await inPieces(n, pieceSize(8), (start, end) => {
    for (let at = start * d + column; at < end * d; at += d) {
      if (values[at] === values[at]) present[count++] = values[at];
    }
  }, signal);
  return await pacedSort(present.subarray(0, count), signal);
}
