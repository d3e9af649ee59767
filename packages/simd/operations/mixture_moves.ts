import type { MixtureShape, MixtureTerms } from "@mixtape/operations";
import { factorStrides } from "./mixture_layout.ts";

/** A mixture as far as bounds need it. */
export type MovingMixture = Omit<MixtureTerms, "constants">;

/** The algebra of d×d matrices that the moves of triangles need. */
export interface MoveAlgebra {
  /** Computes W W'⁻¹ - 1 of lower triangles, one after the other. */
  readonly changesOfBasis: (before: Float64Array, after: Float64Array, d: number) => Float64Array;
  /** Computes M Mᵀ. */
  readonly timesTransposed: (m: Float64Array, d: number) => Float64Array;
}

/** The same in plain loops. */
const plainAlgebra: MoveAlgebra = {
  changesOfBasis(before, after, d) {
    const changes = new Float64Array(before.length);
    for (let first = 0; first < changes.length; first += d * d) {
      const end = first + d * d;
      changes.set(changeOfBasis(before.subarray(first, end), after.subarray(first, end), d), first);
    }
    return changes;
  },
  timesTransposed: timesTransposedPlain,
};

/** Room for the rounding of the bounds themselves. */
const SLACK = 1e-5;

/**
 * Bounds whitened lengths |y'| under a mixture by those under the one before, |y|:
 * (|y| - move)·shrink ≤ |y'| ≤ (|y| + move)·grow, see kernels/mixture/prune.ts.
 *
 * @returns k moves, k factors to shrink by and k to grow by, or undefined where such bounds are too loose: the
 * mixture is another one, or has changed too much.
 */
export function movesBetween(
  before: MovingMixture,
  after: MovingMixture,
  columns: number,
  shape: MixtureShape,
  algebra: MoveAlgebra = plainAlgebra,
): Float32Array | undefined {
  const { k } = after;
  if (before.k !== k) return undefined;
  if (shape.block !== "matrix") return movesOfDiagonals(before, after, columns, shape);
  const { shared } = shape;
  const moves = new Float32Array(3 * k);
  const changes = algebra.changesOfBasis(before.precisionFactors, after.precisionFactors, columns);
  const matrix = columns * columns;
  let change = 0;
  let loose = 0;
  for (let c = 0; c < k; c++) {
    const first = shared ? 0 : c * matrix;
    const factor = before.precisionFactors.subarray(first, first + matrix);
    if (c === 0 || !shared) {
      change = schattenNorm(changes.subarray(first, first + matrix), columns, algebra);
    }
    if (!(change < 0.5)) loose++;
    moves[c] = whitenedMove(factor, before, after, c, columns) * (1 + SLACK);
    moves[k + c] = (1 - SLACK) / (1 + change);
    moves[2 * k + c] = change < 1 ? (1 + SLACK) / (1 - change) : Infinity;
  }
  return loose > k / 2 ? undefined : moves;
}

/** The same for diagonals: |W' W⁻¹ y| is between the least and the largest of their ratios, times |y|. */
function movesOfDiagonals(
  before: MovingMixture,
  after: MovingMixture,
  d: number,
  shape: MixtureShape,
): Float32Array | undefined {
  const { k } = after;
  const { component, column } = factorStrides(shape, d);
  const moves = new Float32Array(3 * k);
  let loose = 0;
  for (let c = 0; c < k; c++) {
    let [least, largest, square] = [Infinity, 0, 0];
    for (let j = 0; j < d; j++) {
      const at = c * component + j * column;
      const w = before.precisionFactors[at];
      const ratio = after.precisionFactors[at] / w;
      least = Math.min(least, ratio);
      largest = Math.max(largest, ratio);
      square += (w * (after.means[c * d + j] - before.means[c * d + j])) ** 2;
    }
    if (!(least > 0.5 && largest < 2)) loose++;
    moves[c] = Math.sqrt(square) * (1 + SLACK);
    moves[k + c] = least * (1 - SLACK);
    moves[2 * k + c] = largest * (1 + SLACK);
  }
  return loose > k / 2 ? undefined : moves;
}

/** E = W W'⁻¹ - 1, of lower triangles. */
function changeOfBasis(before: Float64Array, after: Float64Array, d: number): Float64Array {
  const e = new Float64Array(d * d);
  // Solves (E + 1) W' = W, each row from its last column on, along the rows of W'.
  for (let i = 0; i < d; i++) {
    const row = i * d;
    for (let j = 0; j <= i; j++) e[row + j] = before[row + j];
    for (let p = i; p >= 0; p--) {
      const value = e[row + p] /= after[p * d + p];
      for (let j = 0; j < p; j++) e[row + j] -= value * after[p * d + j];
    }
    e[row + i] -= 1;
  }
  return e;
}

/**
 * The eighth root of the sum of the singular values' eighth powers: at least the largest of them, which is the
 * spectral norm, and at most d^⅛ times as much, where the Frobenius norm may be √d times as much.
 */
function schattenNorm(e: Float64Array, d: number, { timesTransposed }: MoveAlgebra): number {
  const square = timesTransposed(e, d);
  const fourth = timesTransposed(square, d);
  return Math.sqrt(Math.sqrt(frobenius(fourth)));
}

function frobenius(m: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < m.length; i++) sum += m[i] * m[i];
  return Math.sqrt(sum);
}

/** M Mᵀ, in plain loops. */
function timesTransposedPlain(m: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let p = 0; p < d; p++) sum += m[i * d + p] * m[j * d + p];
      product[i * d + j] = sum;
    }
  }
  return mirrored(product, d);
}

/**
 * Copies what lies below the diagonal of a matrix to above it.
 *
 * @param m The matrix, d×d; changed.
 * @param d Number of rows.
 * @returns The same matrix.
 */
export function mirrored(m: Float64Array, d: number): Float64Array {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) m[j * d + i] = m[i * d + j];
  }
  return m;
}

/** |W (mean' - mean)|. */
function whitenedMove(
  factor: Float64Array,
  before: MovingMixture,
  after: MovingMixture,
  c: number,
  d: number,
): number {
  const shift = new Float64Array(d);
  for (let j = 0; j < d; j++) shift[j] = after.means[c * d + j] - before.means[c * d + j];
  let sum = 0;
  for (let i = 0; i < d; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += factor[i * d + j] * shift[j];
    sum += y * y;
  }
  return Math.sqrt(sum);
}
