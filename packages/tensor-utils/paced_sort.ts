import { inPieces, pacer, pieceSize } from "./abort.ts";
import type { HostMatrix } from "./matrix.ts";

/** Numbers that are sorted at a time, in some milliseconds, and merged at a time. */
const RUN = 2 ** 16;

/**
 * Sorts numbers in place, ascending, and lets the event loop turn meanwhile.
 *
 * @param values The numbers, none of them NaN.
 * @param signal Ends the work; the promise is then rejected with its reason, the numbers in any order.
 * @returns The same array.
 */
export async function pacedSort(
  values: Float64Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const n = values.length;
  await inPieces(n, RUN, (start, end) => values.subarray(start, end).sort(), signal);
  let [from, to] = [values, n > RUN ? new Float64Array(n) : values];
  for (let width = RUN; width < n; width *= 2, [from, to] = [to, from]) {
    await mergeRuns(from, to, width, pacer(signal));
  }
  if (from !== values) values.set(from);
  return values;
}

/** Merges each two neighbouring runs of so many numbers. */
async function mergeRuns(
  from: Float64Array,
  to: Float64Array,
  width: number,
  pace: () => Promise<void>,
): Promise<void> {
  const n = from.length;
  for (let at = 0; at < n;) {
    const middle = Math.min(n, at + width);
    const end = Math.min(n, at + 2 * width);
    let [i, j] = [at, middle];
    while (at < end) {
      await pace();
      for (const stop = Math.min(end, at + RUN); at < stop; at++) {
        to[at] = j === end || (i < middle && from[i] <= from[j]) ? from[i++] : from[j++];
      }
    }
  }
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
  const n = values.length;
  const sorted = await pacedSort(values.slice(), signal);
  const order = new Uint32Array(n);
  const placed = new Uint32Array(n);
  await inPieces(n, pieceSize(32), (start, end) => {
    for (let at = start; at < end; at++) {
      const first = countBelow(sorted, values[at]);
      order[first + placed[first]++] = at;
    }
  }, signal);
  return order;
}

/** Returns how many of the sorted numbers are below another. */
function countBelow(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
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
