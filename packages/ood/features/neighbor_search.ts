import { replaceLargest } from "@mixtape/tensor-utils";
import type { NeighborTree } from "./neighbor_tree.ts";

/**
 * Finds the squared distance from the query that starts at an index of `queries` to its k-th
 * nearest point.
 */
export type KthDistance = (queries: Float64Array, at: number) => number;

/**
 * Opens an exact search for the k-th nearest point. It goes depth first, nearer half first, and
 * skips parts whose box is farther away than the k-th distance so far; a point is dropped as soon
 * as the sum over its first coordinates exceeds that distance.
 *
 * @param tree The points.
 * @param k Rank of the neighbour, 1 ≤ k ≤ number of points.
 */
export function openNeighborSearch(tree: NeighborTree, k: number): KthDistance {
  const { dimensions: d, points, boxAxes, starts, ends, boxes } = tree;
  const firstLeaf = (starts.length - 1) >> 1;
  const waiting = new Int32Array(64);
  const waitingDistance = new Float64Array(64);
  const nearest = new Float64Array(k);

  return (queries, at) => {
    nearest.fill(Infinity);
    let depth = 1;
    waiting[0] = 0;
    waitingDistance[0] = 0;
    while (depth > 0) {
      depth--;
      let part = waiting[depth];
      if (waitingDistance[depth] >= nearest[0]) continue;
      while (part < firstLeaf) {
        const left = 2 * part + 1;
        const toLeft = squaredDistanceToBox(boxes, left * 2 * boxAxes, boxAxes, queries, at);
        const toRight = squaredDistanceToBox(
          boxes,
          (left + 1) * 2 * boxAxes,
          boxAxes,
          queries,
          at,
        );
        const leftFirst = toLeft <= toRight;
        waiting[depth] = leftFirst ? left + 1 : left;
        waitingDistance[depth++] = leftFirst ? toRight : toLeft;
        part = leftFirst ? left : left + 1;
      }
      scan(points, starts[part] * d, ends[part] * d, d, queries, at, nearest);
    }
    return nearest[0];
  };
}

function squaredDistanceToBox(
  boxes: Float64Array,
  box: number,
  axes: number,
  queries: Float64Array,
  at: number,
): number {
  let sum = 0;
  for (let axis = 0; axis < axes; axis++) {
    const value = queries[at + axis];
    const outside = Math.max(boxes[box + axis] - value, value - boxes[box + axes + axis], 0);
    sum += outside * outside;
  }
  return sum;
}

/**
 * Updates the k smallest distances with the points of one part; `nearest` is a heap with the
 * largest of them first.
 */
function scan(
  points: Float32Array,
  start: number,
  end: number,
  d: number,
  queries: Float64Array,
  at: number,
  nearest: Float64Array,
): void {
  let worst = nearest[0];
  const quads = d - 3;
  for (let point = start; point < end; point += d) {
    let sum = 0;
    let j = 0;
    for (; j < quads && sum < worst; j += 4) {
      const a = points[point + j] - queries[at + j];
      const b = points[point + j + 1] - queries[at + j + 1];
      const c = points[point + j + 2] - queries[at + j + 2];
      const e = points[point + j + 3] - queries[at + j + 3];
      sum += a * a + b * b + (c * c + e * e);
    }
    if (sum >= worst) continue;
    for (; j < d; j++) {
      const a = points[point + j] - queries[at + j];
      sum += a * a;
    }
    if (sum >= worst) continue;
    replaceLargest(nearest, sum);
    worst = nearest[0];
  }
}
