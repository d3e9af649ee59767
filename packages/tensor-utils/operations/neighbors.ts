import type { NeighborAttributes } from "@mixtape/operations";
import { pacer } from "../abort.ts";
import { backendKernel } from "./kernel.ts";
import { openReferenceNeighbors } from "./neighbors_reference.ts";

/** Points to find neighbours among, on the backend until disposed of. */
export interface NeighborSession extends Disposable {
  /**
   * Computes the squared distance of each query to its k-th nearest point.
   *
   * @param queries rows × dimensions, none longer than 1.
   * @param rows Number of queries.
   * @param signal Ends the search.
   * @throws The signal's reason, if it was aborted.
   */
  kthDistances(
    queries: Float64Array,
    rows: number,
    signal?: AbortSignal,
  ): Promise<Float64Array>;
}

/**
 * Coordinates that bounds use one by one, of the others they use the length: so many, and more by
 * a step as long as the others hold more than a share of the squares of all points.
 */
const LEADING = 64;
const LEADING_STEP = 32;
const LEFT_OUT = 1 / 64;
/** Largest number of points in a group. */
const GROUP = 48;
/** A score below that of any point. */
const WORST = -8;

/**
 * Opens a search for the k-th nearest of points with many coordinates, for which a tree skips
 * little: the named operation `MixtapeNeighbors`. A float32 product bounds all distances from
 * below, by the leading coordinates and the length of the rest, |p − q|² ≥ |p' − q'|² + (|p''| −
 * |q''|)². Points that their bound, with room for its rounding, does not rule out are measured in
 * float64, so that the result is exact.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openNeighbors, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * using search = await openNeighbors(Float32Array.of(0, 0.5, 1), 1, 2);
 * assert.deepEqual([...await search.kthDistances(Float64Array.of(1, 0.5), 2)], [0.25, 0.25]);
 * ```
 *
 * @param points n × dimensions numbers, no point longer than 1; the more variance the leading
 * coordinates hold, the faster.
 * @param dimensions Number of coordinates.
 * @param k Rank of the neighbour, 1 ≤ k ≤ n.
 * @param signal Ends the preparation of the points.
 * @returns A session, to be disposed of.
 * @throws The signal's reason, if it was aborted.
 */
export async function openNeighbors(
  points: Float32Array,
  dimensions: number,
  k: number,
  signal?: AbortSignal,
): Promise<NeighborSession> {
  const n = points.length / dimensions;
  const pace = pacer(signal);
  const leading = await leadingCoordinates(points, dimensions, pace);
  const group = 4 * Math.max(1, Math.floor(Math.min(GROUP, n / (4 * k)) / 4));
  const groups = Math.ceil(n / group);
  const attributes: NeighborAttributes = {
    points,
    dimensions,
    k,
    pointFactor: await pointFactor(points, dimensions, leading, groups * group, pace),
    width: leading + 2,
    group,
    groups,
    // Bounds the rounding of a sum of products whose absolute values add up to at most 2.
    doubt: (leading + 9) * 2 ** -23,
  };
  const search = (backendKernel("MixtapeNeighbors") ?? openReferenceNeighbors)(attributes);
  return {
    async kthDistances(queries, rows, signal) {
      const own = queries.subarray(0, rows * dimensions);
      return await search.kthDistances(own, queryFactor(own, dimensions, leading), signal);
    },
    [Symbol.dispose]: () => search[Symbol.dispose](),
  };
}

/** Points that are prepared between two looks at the clock. */
const PACED_ROWS = 256;

function addSquares(squares: Float64Array, points: Float32Array): void {
  for (let at = 0; at < points.length;) {
    for (let j = 0; j < squares.length; j++, at++) squares[j] += points[at] * points[at];
  }
}

async function leadingCoordinates(
  points: Float32Array,
  d: number,
  pace: () => Promise<void>,
): Promise<number> {
  const squares = new Float64Array(d);
  for (let start = 0; start < points.length; start += PACED_ROWS * d) {
    await pace();
    addSquares(squares, points.subarray(start, start + PACED_ROWS * d));
  }
  const total = squares.reduce((sum, square) => sum + square, 0);
  let left = total;
  for (let j = 0; j < d; j++) {
    const isStep = j >= LEADING && j % LEADING_STEP === 0;
    if (isStep && left <= LEFT_OUT * total) return j;
    left -= squares[j];
  }
  return d;
}

async function pointFactor(
  points: Float32Array,
  d: number,
  leading: number,
  rows: number,
  pace: () => Promise<void>,
): Promise<Float32Array> {
  const width = leading + 2;
  const values = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    if (i % PACED_ROWS === 0) await pace();
    const point = points.subarray(i * d, (i + 1) * d);
    const rest = squaredLength(point, leading);
    values.set(point.subarray(0, leading), i * width);
    values[i * width + leading] = Math.sqrt(rest);
    const all = squaredLength(point.subarray(0, leading)) + rest;
    values[(i + 1) * width - 1] = point.length > 0 ? -all / 2 : WORST;
  }
  return values;
}

function queryFactor(queries: Float64Array, d: number, leading: number): Float32Array {
  const width = leading + 2;
  const values = new Float32Array(queries.length / d * width);
  for (let from = 0, to = 0; from < queries.length; from += d, to += width) {
    values.set(queries.subarray(from, from + leading), to);
    values[to + leading] = Math.sqrt(squaredLength(queries.subarray(from, from + d), leading));
    values[to + leading + 1] = 1;
  }
  return values;
}

function squaredLength(values: Float32Array | Float64Array, start = 0): number {
  let sum = 0;
  for (let j = start; j < values.length; j++) sum += values[j] * values[j];
  return sum;
}
