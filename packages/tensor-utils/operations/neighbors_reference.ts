import * as tf from "@tensorflow/tfjs-core";
import type { FactoredNeighbors, NeighborAttributes } from "@mixtape/operations";
import { replaceLargest } from "../largest_first.ts";

/** Number of queries whose scores are held at the same time. */
const QUERIES = 256;

/**
 * Opens `MixtapeNeighbors` composed of stock TensorFlow.js operations, for any backend.
 *
 * @param attributes Points and bounds.
 * @returns A search among the points.
 */
export function openReferenceNeighbors(attributes: NeighborAttributes): FactoredNeighbors {
  const { pointFactor, width, group, groups, dimensions } = attributes;
  const right = tf.tensor2d(pointFactor, [groups * group, width]);
  return {
    async kthDistances(queries, queryFactor) {
      const rows = queryFactor.length / width;
      const distances = new Float64Array(rows);
      for (let start = 0; start < rows; start += QUERIES) {
        const factor = queryFactor.subarray(start * width, (start + QUERIES) * width);
        const count = factor.length / width;
        const [scores, best] = await download(() => {
          const product = tf.matMul(tf.tensor2d(factor, [count, width]), right, false, true);
          return [product, tf.max(tf.reshape(product, [count * groups, group]), 1)];
        });
        for (let i = 0; i < count; i++) {
          distances[start + i] = kthDistance(
            queries.subarray((start + i) * dimensions, (start + i + 1) * dimensions),
            scores.subarray(i * groups * group, (i + 1) * groups * group),
            best.subarray(i * groups, (i + 1) * groups),
            attributes,
          );
        }
      }
      return distances;
    },
    [Symbol.dispose]: () => right.dispose(),
  };
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
