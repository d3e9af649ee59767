import { selectOrder } from "./select_order.ts";

/**
 * Points split in halves again and again along their widest axis, each part in a box. Plain data. A part is a range of
 * `points`; part t has the halves 2t + 1 and 2t + 2.
 */
export interface NeighborTree {
  /** Columns of a point. */
  readonly dimensions: number;
  /** n × dimensions, in the order of the parts. */
  readonly points: Float32Array;
  /** Leading axes that boxes bound; the others hold little variance and cost more to test than they prune. */
  readonly boxAxes: number;
  /** First point of each part. */
  readonly starts: Uint32Array;
  /** Index after the last point of each part. */
  readonly ends: Uint32Array;
  /** Lowest, then highest coordinate of each part on the box axes: parts × 2·boxAxes. */
  readonly boxes: Float64Array;
}

const LEAF_POINTS = 128;
const MOST_BOX_AXES = 10;

/**
 * Builds the tree, O(n log n).
 *
 * @param points n × dimensions, the axes of largest variance first (boxes bound only those).
 * @param dimensions Columns.
 */
export function buildNeighborTree(points: Float32Array, dimensions: number): NeighborTree {
  const n = points.length / dimensions;
  const boxAxes = Math.min(dimensions, MOST_BOX_AXES);
  const parts = 2 ** (Math.ceil(Math.log2(Math.max(1, n / LEAF_POINTS))) + 1) - 1;
  const starts = new Uint32Array(parts);
  const ends = new Uint32Array(parts);
  const boxes = new Float64Array(parts * 2 * boxAxes);
  const order = new Uint32Array(n).map((_, i) => i);
  ends[0] = n;
  for (let part = 0; part < parts; part++) {
    const start = starts[part];
    const end = ends[part];
    const box = part * 2 * boxAxes;
    const axis = boundPart(points, dimensions, order, start, end, boxes, box, boxAxes);
    if (2 * part + 2 >= parts) continue;
    const middle = (start + end) >> 1;
    selectOrder(order, start, end, middle, points, dimensions, axis);
    starts[2 * part + 1] = start;
    ends[2 * part + 1] = middle;
    starts[2 * part + 2] = middle;
    ends[2 * part + 2] = end;
  }
  const sorted = new Float32Array(points.length);
  order.forEach((from, to) => {
    sorted.set(points.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  });
  return { dimensions, points: sorted, boxAxes, starts, ends, boxes };
}

/** Writes the box of a part and returns its widest axis. */
function boundPart(
  points: Float32Array,
  dimensions: number,
  order: Uint32Array,
  start: number,
  end: number,
  boxes: Float64Array,
  box: number,
  boxAxes: number,
): number {
  boxes.fill(Infinity, box, box + boxAxes);
  boxes.fill(-Infinity, box + boxAxes, box + 2 * boxAxes);
  for (let i = start; i < end; i++) {
    for (let axis = 0; axis < boxAxes; axis++) {
      const value = points[order[i] * dimensions + axis];
      if (value < boxes[box + axis]) boxes[box + axis] = value;
      if (value > boxes[box + boxAxes + axis]) boxes[box + boxAxes + axis] = value;
    }
  }
  let widest = 0;
  let width = -Infinity;
  for (let axis = 0; axis < boxAxes; axis++) {
    const here = boxes[box + boxAxes + axis] - boxes[box + axis];
    if (here > width) {
      width = here;
      widest = axis;
    }
  }
  return widest;
}
