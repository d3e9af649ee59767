import * as tf from "@tensorflow/tfjs-core";
import type { FactoredNeighbors, NeighborAttributes } from "@mixtape/operations";
import { pacer } from "../abort.ts";
import { replaceLargest } from "../largest_first.ts";

/** Number of queries whose scores are held at the same time. */
const QUERIES = 256;

/** Largest number of values of a tensor: half of the 128 MiB that WebGPU guarantees for a buffer. */
const MOST_VALUES = 2 ** 24;

/** Consecutive groups of points as a tensor. */
interface Part {
  readonly first: number;
  readonly count: number;
  readonly points: tf.Tensor2D;
}

/**
 * Opens `MixtapeNeighbors` composed of stock TensorFlow.js operations, for any backend.
 *
 * @param attributes Points and bounds.
 * @returns A search among the points.
 */
export function openReferenceNeighbors(attributes: NeighborAttributes): FactoredNeighbors {
  const { width, group, groups, dimensions } = attributes;
  const columns = groups * group;
  const parts = partsOf(attributes);
  const most = Math.max(1, Math.min(QUERIES, Math.floor(MOST_VALUES / columns)));
  return {
    async kthDistances(queries, queryFactor, signal) {
      const pace = pacer(signal);
      const rows = queryFactor.length / width;
      const distances = new Float64Array(rows);
      for (let start = 0; start < rows; start += most) {
        const factor = queryFactor.subarray(start * width, (start + most) * width);
        const count = factor.length / width;
        const [scores, best] = await scoresOf(factor, count, parts, attributes);
        for (let i = 0; i < count; i++) {
          await pace();
          distances[start + i] = kthDistance(
            queries.subarray((start + i) * dimensions, (start + i + 1) * dimensions),
            scores.subarray(i * columns, (i + 1) * columns),
            best.subarray(i * groups, (i + 1) * groups),
            attributes,
          );
        }
      }
      return distances;
    },
    [Symbol.dispose]: () => parts.forEach(({ points }) => points.dispose()),
  };
}

/** Uploads the points in parts that are no longer than a buffer may be. */
function partsOf({ pointFactor, width, group, groups }: NeighborAttributes): Part[] {
  const size = Math.max(1, Math.floor(MOST_VALUES / (group * width)));
  const parts: Part[] = [];
  for (let first = 0; first < groups; first += size) {
    const count = Math.min(size, groups - first);
    const values = pointFactor.subarray(first * group * width, (first + count) * group * width);
    parts.push({ first, count, points: tf.tensor2d(values, [count * group, width]) });
  }
  return parts;
}

/** Returns the score of each point and the best one of each group, query by query. */
async function scoresOf(
  factor: Float32Array,
  rows: number,
  parts: readonly Part[],
  { width, group, groups }: NeighborAttributes,
): Promise<[scores: Float32Array, best: Float32Array]> {
  const scores = new Float32Array(rows * groups * group);
  const best = new Float32Array(rows * groups);
  for (const { first, count, points } of parts) {
    const [products, highest] = await download(() => {
      const product = tf.matMul(tf.tensor2d(factor, [rows, width]), points, false, true);
      return [product, tf.max(tf.reshape(product, [rows * count, group]), 1)];
    });
    for (let i = 0; i < rows; i++) {
      const row = products.subarray(i * count * group, (i + 1) * count * group);
      scores.set(row, (i * groups + first) * group);
      best.set(highest.subarray(i * count, (i + 1) * count), i * groups + first);
    }
  }
  return [scores, best];
}

/** Reads the values of some tensors, and disposes of all tensors made on the way. */
async function download(compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  const tensors = tf.tidy(compute);
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    tf.dispose(tensors);
  }
}

/**
 * Returns the exact distance of one query, given the score of each point and the best score of each
 * group.
 */
function kthDistance(
  query: Float64Array,
  scores: Float32Array,
  best: Float32Array,
  { points, dimensions, k, group, groups, doubt }: NeighborAttributes,
): number {
  const nearest = new Float64Array(k).fill(Infinity);
  const measure = (point: number) => {
    // That of a point that is not there is NaN.
    const distance = squaredDistance(points, point * dimensions, query, nearest[0]);
    if (distance < nearest[0]) replaceLargest(nearest, distance);
  };
  // The best points of the k best groups are near: they bound the distance to the k-th nearest from
  // above.
  const good = kthLargest(best, k);
  const measured = Int32Array.from(
    best,
    (highest, g) => highest < good ? -1 : scores.indexOf(highest, g * group),
  );
  for (const point of measured) measure(point);
  const length = query.reduce((sum, value) => sum + value * value, 0);
  for (let g = 0; g < groups; g++) {
    if (best[g] < (length - nearest[0]) / 2 - doubt) continue;
    for (let point = g * group; point < (g + 1) * group; point++) {
      if (scores[point] < (length - nearest[0]) / 2 - doubt || point === measured[g]) continue;
      measure(point);
    }
  }
  return nearest[0];
}

function kthLargest(values: Float32Array, k: number): number {
  const largest = new Float64Array(Math.min(k, values.length)).fill(Infinity);
  for (let i = 0; i < values.length; i++) {
    if (-values[i] < largest[0]) replaceLargest(largest, -values[i]);
  }
  return -largest[0];
}

/**
 * Returns the squared distance of a point, or the partial sum once that is no less than `farthest`.
 */
function squaredDistance(
  points: Float32Array,
  start: number,
  query: Float64Array,
  farthest: number,
): number {
  let sum = 0;
  for (let first = 0; first < query.length && sum < farthest; first += 16) {
    const end = Math.min(query.length, first + 16);
    for (let j = first; j < end; j++) {
      const difference = points[start + j] - query[j];
      sum += difference * difference;
    }
  }
  return sum;
}
