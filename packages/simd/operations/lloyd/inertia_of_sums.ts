import type { SumOfDistances } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";

/** Share of all squares below which an inertia computed as a difference has lost digits. */
const CANCELLED = 1e-6;
/** The same of the product of all lengths, whose digits sums of rows far from 0 are rounded to. */
const ROUNDED = 1e-7;

/**
 * Returns Σ w |x − o|² − 2 Σ (c − o)·(sum − count·o) + Σ count |c − o|²; undefined if that has lost
 * digits.
 *
 * @param facts Eight numbers per centroid, as kernels wrote them.
 * @param counts Weight of each cluster.
 * @param totalSquares Σ w |x − o|².
 * @param originLength |o|.
 */
export function inertiaOfSums(
  facts: Float64Array,
  counts: Float64Array,
  totalSquares: number,
  originLength: number,
): number | undefined {
  let cross = 0;
  let own = 0;
  let count = 0;
  for (let j = 0; j < counts.length; j++) {
    cross += facts[8 * j + 3];
    own += counts[j] * facts[8 * j + 4];
    count += counts[j];
  }
  const inertia = totalSquares - 2 * cross + own;
  const lost = Math.max(
    CANCELLED * (totalSquares + own),
    ROUNDED * originLength * Math.sqrt(count * own),
  );
  return inertia > lost ? inertia : undefined;
}

/** Number of distances that are added up between two looks at the clock. */
const SUMMED = 2 ** 20;

/**
 * Adds up squared distances row by row.
 *
 * @param weightsAt Address of the weights of the rows, 0 if all are 1.
 */
export function* sumOfDistances(
  { memory, turns }: SimdRuntime,
  distances: Float64Array,
  weightsAt: number,
): Work<number> {
  const n = distances.length;
  let sum = 0;
  for (let start = 0; start < n; start += SUMMED) {
    const end = Math.min(n, start + SUMMED);
    const weights = weightsAt ? memory.float64(weightsAt, n) : undefined;
    for (let i = start; i < end; i++) sum += weights ? weights[i] * distances[i] : distances[i];
    if (end < n) yield* turns.offer();
  }
  return sum;
}

/** Bounds of squared distances that neither overflowed nor lost digits. */
const LEAST = 2 ** -900;
const MOST = 2 ** 900;

/**
 * Adds up squared distances row by row, where they are.
 *
 * @param address Address of the distances.
 * @returns The sum; undefined if a distance overflowed or vanished.
 */
export function* sumOfSquares(
  { memory, turns }: SimdRuntime,
  address: number,
  n: number,
  { from, weights }: SumOfDistances,
): Work<number | undefined> {
  let sum: number | undefined = from;
  for (let start = 0; start < n && sum !== undefined; start += SUMMED) {
    if (start > 0) yield* turns.offer();
    const count = Math.min(n - start, SUMMED);
    const distances = memory.float64(address + 8 * start, count);
    sum = addSquares(sum, distances, weights?.subarray(start, start + count));
  }
  return sum;
}

/**
 * Adds up squared distances; undefined if one overflowed or vanished. Not in a generator, whose loops engines compile
 * later.
 */
export function addSquares(
  from: number,
  distances: Float64Array,
  weights?: Float64Array,
): number | undefined {
  let sum = from;
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i];
    if (!(distance >= LEAST && distance <= MOST)) return undefined;
    sum += weights ? distance * weights[i] : distance;
  }
  return sum;
}
