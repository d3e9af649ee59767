import { pieceSize, type Steps } from "@mixtape/tensor-utils";

/** Some of the rows of a matrix, which are changed in place. */
export interface SpreadRows {
  /** The matrix, row by row. */
  readonly values: Float64Array;
  /** Numbers of the rows. */
  readonly rows: ArrayLike<number>;
  /** Number of columns. */
  readonly d: number;
}

/** Rows that are multiplied together. */
const TOGETHER = 4;

/**
 * Multiplies rows by a factor per column, in place.
 *
 * @param rows The rows.
 * @param factors The factors, d numbers.
 */
export function* scaleRows({ values, rows, d }: SpreadRows, factors: Float64Array): Steps<void> {
  const piece = pieceSize(d);
  for (let at = 0; at < rows.length; at++) {
    const first = rows[at] * d;
    for (let j = 0; j < d; j++) values[first + j] *= factors[j];
    if (at % piece === piece - 1) yield;
  }
}

/**
 * Multiplies each row by a lower triangle, y = L·z, in place; each sum in the order of the columns, so that rows have
 * the same bits on every backend.
 *
 * @param rows The rows.
 * @param lower The triangle, d×d.
 */
export function* multiplyRows({ values, rows, d }: SpreadRows, lower: Float64Array): Steps<void> {
  const last = rows.length - 1;
  const starts = new Float64Array(TOGETHER);
  let work = 0;
  for (let at = 0; at <= last; at += TOGETHER) {
    // The last row stands for those that there are not.
    for (let r = 0; r < TOGETHER; r++) starts[r] = rows[Math.min(last, at + r)] * d;
    // The last column first: none needs those after it.
    for (let end = d; end > 0;) {
      const start = Math.max(0, end - pieceSize(end));
      multiplyFour(values, lower, d, starts, start, end);
      work += (end - start) * end;
      end = start;
      if (work < pieceSize()) continue;
      work = 0;
      yield;
    }
  }
}

/** Columns `start` to before `end` of four rows at once, so that no sum waits for another. */
function multiplyFour(
  values: Float64Array,
  lower: Float64Array,
  d: number,
  starts: Float64Array,
  start: number,
  end: number,
): void {
  const a = starts[0], b = starts[1], c = starts[2], e = starts[3];
  for (let i = end - 1; i >= start; i--) {
    const row = i * d;
    let p = 0, q = 0, r = 0, s = 0;
    for (let j = 0; j <= i; j++) {
      const factor = lower[row + j];
      p += factor * values[a + j];
      q += factor * values[b + j];
      r += factor * values[c + j];
      s += factor * values[e + j];
    }
    values[a + i] = p;
    values[b + i] = q;
    values[c + i] = r;
    values[e + i] = s;
  }
}
