import * as tf from "@tensorflow/tfjs-core";
import { ensureBackend } from "@mixtape/tensor-utils";
import { replaceLargest } from "./largest_first.ts";

/** Points to find neighbours among, on the backend until disposed of. */
export interface NeighborProducts {
  /**
   * The squared distance of each query to its k-th nearest point.
   *
   * @param queries rows × dimensions, none longer than 1.
   * @param rows How many of them.
   */
  kthDistances(queries: Float64Array, rows: number): Promise<Float64Array>;
  /** Lets go of the points. */
  [Symbol.dispose](): void;
}

/**
 * Finds the k-th nearest of points with many coordinates, where a tree skips little: one matrix product gives all
 * distances of a block of queries in float32; those that rounding leaves in doubt are measured again in float64, so that
 * the result is exact.
 *
 * @param points n × dimensions, none longer than 1.
 * @param dimensions Columns.
 * @param k Which neighbour, 1 ≤ k ≤ n.
 */
export async function openNeighborProducts(
  points: Float32Array,
  dimensions: number,
  k: number,
): Promise<NeighborProducts> {
  await ensureBackend();
  const n = points.length / dimensions;
  const right = tf.tensor2d(withHalfSquares(points, dimensions), [n, dimensions + 1]);
  // Bounds the rounding of a sum of products whose absolute values add up to no more than 2.
  const doubt = (dimensions + 8) * 2 ** -23;
  return {
    async kthDistances(queries, rows) {
      const product = tf.tidy(() =>
        tf.matMul(leftFactor(queries, rows, dimensions), right, false, true)
      );
      const halves = await product.data();
      product.dispose();
      return Float64Array.from({ length: rows }, (_, i) => {
        const own = halves.subarray(i * n, (i + 1) * n);
        const candidates = candidatesOf(own, kthSmallest(own, k) + 2 * doubt);
        const query = queries.subarray(i * dimensions, (i + 1) * dimensions);
        const distances = candidates.map((point) =>
          squaredDistance(points, point * dimensions, query)
        );
        return kthSmallest(distances, k);
      });
    },
    [Symbol.dispose]: () => right.dispose(),
  };
}

/** Points p as (p, |p|²/2); with queries q as (−q, 1) the product is (|p − q|² − |q|²)/2. */
function withHalfSquares(points: Float32Array, d: number): Float32Array {
  const n = points.length / d;
  const values = new Float32Array(n * (d + 1));
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < d; j++) {
      const value = points[i * d + j];
      values[i * (d + 1) + j] = value;
      sum += value * value;
    }
    values[i * (d + 1) + d] = sum / 2;
  }
  return values;
}

function leftFactor(queries: Float64Array, rows: number, d: number): tf.Tensor2D {
  const values = new Float32Array(rows * (d + 1));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < d; j++) values[i * (d + 1) + j] = -queries[i * d + j];
    values[i * (d + 1) + d] = 1;
  }
  return tf.tensor2d(values, [rows, d + 1]);
}

function kthSmallest(values: ArrayLike<number>, k: number): number {
  const nearest = new Float64Array(k).fill(Infinity);
  let worst = Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] >= worst) continue;
    replaceLargest(nearest, values[i]);
    worst = nearest[0];
  }
  return worst;
}

function candidatesOf(values: ArrayLike<number>, highest: number): number[] {
  const candidates: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] <= highest) candidates.push(i);
  return candidates;
}

function squaredDistance(points: Float32Array, start: number, query: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < query.length; j++) {
    const difference = points[start + j] - query[j];
    sum += difference * difference;
  }
  return sum;
}
