import {
  checkNumber,
  inPieces,
  type MatrixValues,
  numberArray,
  pieceSize,
} from "@mixtape/tensor-utils/host";

/**
 * Returns the quantile of some values by linear interpolation between order statistics (NumPy's
 * default). O(n), by selection.
 *
 * @example
 * ```ts
 * import { quantile } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
 * ```
 *
 * @param values Numbers, at least one, finite.
 * @param share Share of the values that are lower, between 0 and 1.
 * @throws {TypeError} If `values` are no numbers.
 * @throws {RangeError} If there are none, one is not finite, or the share is out of range.
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  const copy = numberArray(values, "values");
  if (copy.length === 0) throw new RangeError("Cannot compute a quantile: there are no values");
  const bad = copy.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) checkNumber(copy[bad], `values[${bad}]`);
  return quantileInPlace(copy, checkNumber(share, "share", { min: 0, max: 1 }));
}

/** As {@link quantile}, of finite values that are reordered. */
export function quantileInPlace(values: Float64Array, share: number): number {
  const at = share * (values.length - 1);
  const below = Math.floor(at);
  return interpolateInPlace(values, below, at - below);
}

/** Number of values that tell between which two the quantile of many lies. */
const SAMPLE = 4096;

/**
 * As {@link quantile}, of finite values that may be many: lets the event loop turn.
 *
 * @param signal Ends the search; the promise is then rejected with its reason.
 */
export async function quantileOfMany(
  values: MatrixValues,
  share: number,
  signal?: AbortSignal,
): Promise<number> {
  const n = values.length;
  if (n < pieceSize()) return quantileInPlace(Float64Array.from(values), share);
  const at = share * (n - 1);
  const below = Math.floor(at);
  let [low, high] = aroundQuantile(values, share);
  const inOrder = (work: (value: number) => void) =>
    inPieces(n, pieceSize(), (start, end) => {
      for (let i = start; i < end; i++) work(values[i]);
    }, signal);
  let [under, same, between] = [0, 0, 0];
  await inOrder((value) => {
    if (value < low) under++;
    else if (value <= high) between++;
    if (value === low) same++;
  });
  if (under <= below && below + 1 < under + same) return low;
  if (below < under || below + 1 >= under + between) {
    [low, high, under, between] = [-Infinity, Infinity, 0, n];
  }
  const near = new Float64Array(between);
  let length = 0;
  await inOrder((value) => {
    if (value >= low && value <= high) near[length++] = value;
  });
  return interpolateInPlace(near, below - under, at - below);
}

/** Returns two numbers between which the quantile lies, but for bad luck. */
function aroundQuantile(values: MatrixValues, share: number): [number, number] {
  // Multiples of the golden ratio: even steps could meet the same columns again and again.
  const sample = Float64Array.from(
    { length: SAMPLE },
    (_, q) => values[Math.floor(q * 0.6180339887498949 % 1 * values.length)],
  ).sort();
  const margin = 4 * Math.sqrt(SAMPLE);
  return [
    sample[Math.floor(share * SAMPLE - margin)] ?? -Infinity,
    sample[Math.ceil(share * SAMPLE + margin)] ?? Infinity,
  ];
}

/** The number a part of the way from the order statistic `below` to the next one; reorders the values. */
function interpolateInPlace(values: Float64Array, below: number, part: number): number {
  const low = selectInPlace(values, below);
  if (below + 1 >= values.length) return low;
  // Selection leaves everything not below the pivot on its right, so the next order statistic is its minimum.
  let high = Infinity;
  for (let i = below + 1; i < values.length; i++) if (values[i] < high) high = values[i];
  const between = low + part * (high - low);
  // The difference of the two may exceed float64.
  return Number.isFinite(between) ? between : low * (1 - part) + high * part;
}

/**
 * Moves the value that sorting would put at position `k` there, by Hoare's selection with the
 * middle as pivot, and returns it.
 *
 * @param values Reordered: smaller or equal values left of `k`, larger or equal ones right of it.
 * @param k Between 0 and length − 1.
 */
export function selectInPlace(values: Float64Array | Float32Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swap = values[i];
      values[i++] = values[j];
      values[j--] = swap;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k];
}
