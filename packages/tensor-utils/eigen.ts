import { pacer } from "./abort.ts";
import { largestMagnitude, safeExponent, timesPowerOfTwo } from "./power_of_two.ts";

/** Eigenvalues and eigenvectors of a symmetric matrix, the largest eigenvalue first. */
export interface SymmetricEigen {
  /** Eigenvalues, descending. */
  readonly values: Float64Array;
  /** Row i is the unit eigenvector of `values[i]`. */
  readonly vectors: Float64Array;
}

/**
 * Decomposes a symmetric matrix into eigenvalues and eigenvectors in float64: by Householder
 * reduction to a tridiagonal matrix, then QL iterations with implicit shifts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { symmetricEigen } from "@mixtape/tensor-utils";
 *
 * const { values } = symmetricEigen(new Float64Array([2, 1, 1, 2]), 2);
 * assert.ok(Math.abs(values[0] - 3) < 1e-12 && Math.abs(values[1] - 1) < 1e-12);
 * ```
 *
 * @param a The symmetric matrix, d×d, row by row.
 * @param d Number of rows.
 * @returns Eigenvalues in descending order and their unit eigenvectors as rows.
 * @throws {RangeError} If a value is not finite, an eigenvalue exceeds float64, or the iteration
 * does not converge.
 * @see Bowdler, Martin, Reinsch & Wilkinson (1968), the procedures tred2 and tql2
 */
export function symmetricEigen(a: Float64Array, d: number): SymmetricEigen {
  const steps = decompose(a, d);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Decomposes a matrix as {@link symmetricEigen} does, to the same bits, and lets the event loop turn
 * meanwhile: for some hundred rows or more, whose decomposition takes a tenth of a second or longer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pacedSymmetricEigen } from "@mixtape/tensor-utils";
 *
 * const { values } = await pacedSymmetricEigen(new Float64Array([2, 1, 1, 2]), 2);
 * assert.ok(Math.abs(values[0] - 3) < 1e-12 && Math.abs(values[1] - 1) < 1e-12);
 * ```
 *
 * @param a The symmetric matrix, d×d, row by row; it must not be written to until the promise is settled.
 * @param d Number of rows.
 * @param signal Ends the decomposition.
 * @returns Eigenvalues in descending order and their unit eigenvectors as rows.
 * @throws {RangeError} As {@link symmetricEigen}.
 * @throws The signal's reason, if it was aborted.
 */
export async function pacedSymmetricEigen(
  a: Float64Array,
  d: number,
  signal?: AbortSignal,
): Promise<SymmetricEigen> {
  const pace = pacer(signal);
  const steps = decompose(a, d);
  for (;;) {
    await pace();
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Work that yields after each step of about d² operations. */
type Steps<Result> = Generator<void, Result, void>;

function* decompose(a: Float64Array, d: number): Steps<SymmetricEigen> {
  if (!a.every(Number.isFinite)) {
    throw new RangeError(
      "Cannot decompose the matrix: it has values that are not finite, finite numbers are needed",
    );
  }
  const exponent = safeExponent(largestMagnitude(a));
  if (exponent !== 0) return yield* scaledEigen(a, d, exponent);
  // `v` is kept transposed (row j is column j of the textbook), so that inner loops run along rows.
  const v = Float64Array.from(a);
  const diagonal = new Float64Array(d);
  const off = new Float64Array(d);
  yield* tridiagonalise(v, diagonal, off, d);
  yield* iterate(v, diagonal, off, d);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(d * d);
  order.forEach((from, to) => vectors.set(v.subarray(from * d, from * d + d), to * d));
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

/**
 * Decomposes a matrix whose entries are so large or small that their products overflow or vanish.
 */
function* scaledEigen(a: Float64Array, d: number, exponent: number): Steps<SymmetricEigen> {
  // An eigenvalue can be d times as large as an entry.
  const scaled = a.map((value) => timesPowerOfTwo(value, exponent - 400));
  const { values, vectors } = yield* decompose(scaled, d);
  const restored = values.map((value) => timesPowerOfTwo(value, 400 - exponent));
  if (restored.every(Number.isFinite)) return { values: restored, vectors };
  throw new RangeError(
    `Cannot decompose the matrix: its largest eigenvalue exceeds 1.8e308, the largest float64, ` +
      `divide the matrix by its largest absolute value`,
  );
}

/**
 * Reduces to tridiagonal form by Householder reflections; on return, the rows of `v` are the
 * columns of the orthogonal transformation.
 */
function* tridiagonalise(
  v: Float64Array,
  diagonal: Float64Array,
  off: Float64Array,
  d: number,
): Steps<void> {
  for (let j = 0; j < d; j++) diagonal[j] = v[j * d + d - 1];
  for (let i = d - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(diagonal[k]);
    let h = 0;
    if (scale === 0) {
      off[i] = diagonal[i - 1];
      for (let j = 0; j < i; j++) {
        diagonal[j] = v[j * d + i - 1];
        v[j * d + i] = 0;
        v[i * d + j] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        diagonal[k] /= scale;
        h += diagonal[k] * diagonal[k];
      }
      const f = diagonal[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      off[i] = scale * g;
      h -= f * g;
      diagonal[i - 1] = f - g;
      reflect(v, diagonal, off, i, h, d);
    }
    diagonal[i] = h;
    yield;
  }
  yield* accumulate(v, diagonal, d);
  off[0] = 0;
}

/** Applies one Householder reflection, held in `diagonal`, to the leading i×i block from both sides. */
function reflect(
  v: Float64Array,
  diagonal: Float64Array,
  off: Float64Array,
  i: number,
  h: number,
  d: number,
) {
  off.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const f = diagonal[j];
    v[i * d + j] = f;
    let g = off[j] + v[j * d + j] * f;
    for (let k = j + 1; k < i; k++) {
      g += v[j * d + k] * diagonal[k];
      off[k] += v[j * d + k] * f;
    }
    off[j] = g;
  }
  let f = 0;
  for (let j = 0; j < i; j++) {
    off[j] /= h;
    f += off[j] * diagonal[j];
  }
  const hh = f / (h + h);
  for (let j = 0; j < i; j++) off[j] -= hh * diagonal[j];
  for (let j = 0; j < i; j++) {
    for (let k = j; k < i; k++) {
      v[j * d + k] -= diagonal[j] * off[k] + off[j] * diagonal[k];
    }
    diagonal[j] = v[j * d + i - 1];
    v[j * d + i] = 0;
  }
}

/** Multiplies the reflections out into `v`. */
function* accumulate(v: Float64Array, diagonal: Float64Array, d: number): Steps<void> {
  for (let i = 0; i < d - 1; i++) {
    v[i * d + d - 1] = v[i * d + i];
    v[i * d + i] = 1;
    const h = diagonal[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) diagonal[k] = v[(i + 1) * d + k] / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[(i + 1) * d + k] * v[j * d + k];
        for (let k = 0; k <= i; k++) v[j * d + k] -= g * diagonal[k];
      }
    }
    v.fill(0, (i + 1) * d, (i + 1) * d + i + 1);
    yield;
  }
  for (let j = 0; j < d; j++) {
    diagonal[j] = v[j * d + d - 1];
    v[j * d + d - 1] = 0;
  }
  v[d * d - 1] = 1;
}

/**
 * Runs QL iterations with implicit shifts on the tridiagonal matrix, and rotates the rows of `v`
 * along.
 */
function* iterate(
  v: Float64Array,
  diagonal: Float64Array,
  off: Float64Array,
  d: number,
): Steps<void> {
  off.copyWithin(0, 1);
  off[d - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < d; l++) {
    largest = Math.max(largest, Math.abs(diagonal[l]) + Math.abs(off[l]));
    let m = l;
    while (m < d - 1 && Math.abs(off[m]) > Number.EPSILON * largest) m++;
    for (let sweep = 0; m > l && Math.abs(off[l]) > Number.EPSILON * largest; sweep++) {
      if (!(sweep < 60)) {
        throw new RangeError(
          "Cannot decompose the matrix: 60 sweeps did not converge, a symmetric matrix is needed",
        );
      }
      shift += eliminate(v, diagonal, off, l, m, d);
      yield;
    }
    diagonal[l] += shift;
    off[l] = 0;
  }
}

/**
 * Performs one implicit QL sweep over rows l…m; returns the shift that was subtracted from the
 * diagonal.
 */
function eliminate(
  v: Float64Array,
  diagonal: Float64Array,
  off: Float64Array,
  l: number,
  m: number,
  d: number,
): number {
  const before = diagonal[l];
  let p = (diagonal[l + 1] - before) / (2 * off[l]);
  const r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
  diagonal[l] = off[l] / (p + r);
  diagonal[l + 1] = off[l] * (p + r);
  const next = diagonal[l + 1];
  const shift = before - diagonal[l];
  for (let i = l + 2; i < d; i++) diagonal[i] -= shift;
  p = diagonal[m];
  let c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
  const offNext = off[l + 1];
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * off[i];
    const h = c * p;
    const length = Math.hypot(p, off[i]);
    off[i + 1] = s * length;
    s = off[i] / length;
    c = p / length;
    p = c * diagonal[i] - s * g;
    diagonal[i + 1] = h + s * (c * g + s * diagonal[i]);
    rotate(v, i, c, s, d);
  }
  p = -s * s2 * c3 * offNext * off[l] / next;
  off[l] = s * p;
  diagonal[l] = c * p;
  return shift;
}

function rotate(v: Float64Array, i: number, c: number, s: number, d: number) {
  const a = i * d, b = a + d;
  for (let k = 0; k < d; k++) {
    const upper = v[b + k];
    v[b + k] = s * v[a + k] + c * upper;
    v[a + k] = c * v[a + k] - s * upper;
  }
}
