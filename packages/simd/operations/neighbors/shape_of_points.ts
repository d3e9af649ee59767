/** Number of points that are looked at, about. */
const SAMPLE = 1024;
/** Steps that a column takes as float32 beyond those as integers, of which a step multiplies four. */
const MORE = 0.75;
/** Steps per column that go to points whose integers leave them near, if these count all that points differ in. */
const DOUBT = 0.4;

/** Place and spread of the columns of points, from some of the points. */
export interface ShapeOfPoints {
  /** Mean of each column. */
  readonly mean: Float32Array;
  /** Number of leading columns to keep as float32, as they hold most of the spread. */
  readonly floats: number;
  /** Root mean square of the distance to the mean in the columns that are counted. */
  readonly counted: number;
}

/**
 * Describes `columns` columns of n rows of numbers.
 *
 * Integers are wrong in proportion to the length of what they count: where a few columns tell clusters
 * apart, they would hide which points of a cluster are near.
 */
export function shapeOf(
  values: Float32Array,
  n: number,
  width: number,
  columns: number,
): ShapeOfPoints {
  const step = width * Math.max(1, Math.floor(n / SAMPLE));
  const count = Math.ceil(n * width / step);
  const mean = new Float64Array(columns);
  for (let at = 0; at < n * width; at += step) {
    for (let j = 0; j < columns; j++) mean[j] += values[at + j] / count;
  }
  const squares = new Float64Array(columns);
  for (let at = 0; at < n * width; at += step) {
    for (let j = 0; j < columns; j++) squares[j] += (values[at + j] - mean[j]) ** 2 / count;
  }
  const { floats, counted } = cheapest(squares);
  return { mean: Float32Array.from(mean), floats, counted: Math.sqrt(counted) };
}

/** Returns the number of leading columns to keep, by fours, and what squares the others hold. */
function cheapest(squares: Float64Array): { floats: number; counted: number } {
  const total = squares.reduce((sum, square) => sum + square, 0);
  let best = { floats: 0, counted: total };
  let least = Infinity;
  let counted = total;
  for (let floats = 0; floats <= squares.length; floats += 4) {
    const doubt = DOUBT * squares.length * Math.sqrt(Math.max(counted, 0) / total);
    if (MORE * floats + doubt < least) {
      least = MORE * floats + doubt;
      best = { floats, counted: Math.max(counted, 0) };
    }
    for (const square of squares.subarray(floats, floats + 4)) counted -= square;
  }
  return best;
}
