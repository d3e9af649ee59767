import type { Tridiagonal } from "@mixtape/operations";

/** A symmetric matrix reduced to a tridiagonal one, and the way back. */
export interface Reduction extends Tridiagonal {
  /** Row i begins with the i numbers of the reflection's vector, d×d. */
  readonly reflections: Float64Array;
  /** Half the squared length of each vector; 0 for no reflection. */
  readonly halves: Float64Array;
}

/**
 * Reduces a symmetric matrix to tridiagonal form by Householder reflections, yielding after each.
 *
 * @param a The matrix, d×d.
 * @param d Number of rows.
 */
export function* tridiagonalise(
  a: Float64Array,
  d: number,
): Generator<void, Reduction, void> {
  // Only the upper triangle of `v` is used for the matrix, so that inner loops run along rows.
  const v = Float64Array.from(a);
  const diagonal = new Float64Array(d);
  const off = new Float64Array(d);
  const halves = new Float64Array(d);
  const row = new Float64Array(d);
  for (let j = 0; j < d; j++) row[j] = v[j * d + d - 1];
  for (let i = d - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(row[k]);
    if (scale === 0) {
      off[i] = row[i - 1];
      for (let j = 0; j < i; j++) row[j] = v[j * d + i - 1];
    } else {
      let h = 0;
      for (let k = 0; k < i; k++) {
        row[k] /= scale;
        h += row[k] * row[k];
      }
      const f = row[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      h -= f * g;
      row[i - 1] = f - g;
      reflect(v, row, off, i, h, d);
      off[i] = scale * g;
      halves[i] = h;
    }
    yield;
  }
  for (let i = 0; i < d; i++) diagonal[i] = v[i * d + i];
  return { diagonal, off, reflections: v, halves };
}

/** Applies one Householder reflection, held in `row`, to the leading i×i block from both sides. */
function reflect(
  v: Float64Array,
  row: Float64Array,
  off: Float64Array,
  i: number,
  h: number,
  d: number,
): void {
  off.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const f = row[j];
    v[i * d + j] = f;
    let g = off[j] + v[j * d + j] * f;
    for (let k = j + 1; k < i; k++) {
      g += v[j * d + k] * row[k];
      off[k] += v[j * d + k] * f;
    }
    off[j] = g;
  }
  let f = 0;
  for (let j = 0; j < i; j++) {
    off[j] /= h;
    f += off[j] * row[j];
  }
  const hh = f / (h + h);
  for (let j = 0; j < i; j++) off[j] -= hh * row[j];
  for (let j = 0; j < i; j++) {
    for (let k = j; k < i; k++) v[j * d + k] -= row[j] * off[k] + off[j] * row[k];
    row[j] = v[j * d + i - 1];
  }
}

/**
 * Turns vectors of the tridiagonal matrix into those of the matrix that it came from.
 *
 * @param four Four vectors side by side, d×4, changed in place.
 */
export function undoReflections(
  four: Float64Array,
  { reflections, halves }: Reduction,
): void {
  const d = halves.length;
  for (let i = 1; i < d; i++) {
    if (halves[i] === 0) continue;
    const u = reflections.subarray(i * d, i * d + i);
    let [a, b, c, e] = [0, 0, 0, 0];
    for (let j = 0; j < i; j++) {
      a += u[j] * four[4 * j];
      b += u[j] * four[4 * j + 1];
      c += u[j] * four[4 * j + 2];
      e += u[j] * four[4 * j + 3];
    }
    [a, b, c, e] = [a / halves[i], b / halves[i], c / halves[i], e / halves[i]];
    for (let j = 0; j < i; j++) {
      four[4 * j] -= u[j] * a;
      four[4 * j + 1] -= u[j] * b;
      four[4 * j + 2] -= u[j] * c;
      four[4 * j + 3] -= u[j] * e;
    }
  }
}
