import * as state from "../state/mod.ts";
import { selectOrder } from "./select_order.ts";

/**
 * Points split into halves recursively along their widest axis, each part with its bounding box.
 * Plain data. A part is a range of `points`; part t has the halves 2t + 1 and 2t + 2.
 */
export interface NeighborTree {
  /** Number of coordinates of a point. */
  readonly dimensions: number;
  /** n × dimensions, in the order of the parts. */
  readonly points: Float32Array;
  /**
   * Number of leading axes that boxes bound; the others hold little variance and cost more to test
   * than they prune.
   */
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
 * @param dimensions Number of coordinates of a point.
 */
export function buildNeighborTree(points: Float32Array, dimensions: number): NeighborTree {
  const n = points.length / dimensions;
  const { starts, ends } = halves(n);
  const boxAxes = Math.min(dimensions, MOST_BOX_AXES);
  const boxes = new Float64Array(starts.length * 2 * boxAxes);
  const order = new Uint32Array(n).map((_, i) => i);
  for (let part = 0; part < starts.length; part++) {
    const [start, end] = [starts[part], ends[part]];
    const box = part * 2 * boxAxes;
    const axis = boundPart(points, dimensions, order, start, end, boxes, box, boxAxes);
    if (2 * part + 2 >= starts.length) continue;
    selectOrder(order, start, end, starts[2 * part + 2], points, dimensions, axis);
  }
  const sorted = new Float32Array(points.length);
  order.forEach((from, to) => {
    sorted.set(points.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  });
  return { dimensions, points: sorted, boxAxes, starts, ends, boxes };
}

/**
 * Shape of a {@link NeighborTree} in JSON: sizes `points` and `d`. Parts and boxes must be those of
 * the points, as a search would otherwise miss neighbours.
 */
export const neighborTreeState: state.StateShape<NeighborTree> = state.such(
  state.record<NeighborTree>({
    dimensions: state.size("d"),
    points: state.float32s(["points", "d"]),
    boxAxes: state.size("boxAxes"),
    starts: state.uint32s(["parts"]),
    ends: state.uint32s(["parts"]),
    boxes: state.float64s(["parts", 2, "boxAxes"]),
  }),
  problemOf,
);

function problemOf(tree: NeighborTree): string | undefined {
  const { dimensions, points, boxAxes, boxes } = tree;
  const n = points.length / dimensions;
  if (boxAxes !== Math.min(dimensions, MOST_BOX_AXES)) {
    return `boxAxes is ${boxAxes}, ${Math.min(dimensions, MOST_BOX_AXES)} is needed`;
  }
  const { starts, ends } = halves(n);
  if (!isSame(tree.starts, starts)) return `starts are not those of ${n} points, split in halves`;
  if (!isSame(tree.ends, ends)) return `ends are not those of ${n} points, split in halves`;
  const order = new Uint32Array(n).map((_, i) => i);
  const bounds = new Float64Array(boxes.length);
  starts.forEach((start, part) => {
    boundPart(points, dimensions, order, start, ends[part], bounds, part * 2 * boxAxes, boxAxes);
  });
  return isSame(boxes, bounds) ? undefined : "boxes are not those of its points";
}

function isSame(a: Uint32Array | Float64Array, b: Uint32Array | Float64Array): boolean {
  return a.length === b.length && a.every((value: number, i: number) => value === b[i]);
}

/** Returns the first point, and the index after the last, of each part of n points. */
function halves(n: number): Pick<NeighborTree, "starts" | "ends"> {
  const parts = 2 ** (Math.ceil(Math.log2(Math.max(1, n / LEAF_POINTS))) + 1) - 1;
  const starts = new Uint32Array(parts);
  const ends = new Uint32Array(parts);
  ends[0] = n;
  for (let part = 0; 2 * part + 2 < parts; part++) {
    const [left, right] = [2 * part + 1, 2 * part + 2];
    const middle = (starts[part] + ends[part]) >> 1;
    starts[left] = starts[part];
    ends[left] = middle;
    starts[right] = middle;
    ends[right] = ends[part];
  }
  return { starts, ends };
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
