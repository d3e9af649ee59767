import type { Sweep } from "@mixtape/operations";
import { checkInteger } from "./checks.ts";
import { ordinaryScale } from "./eigen_scale.ts";
import { descendingPlaces, diagonalise, undoSweeps } from "./implicit_ql.ts";
import { givenOptions } from "./options.ts";
import { atOnce, paced, type Steps } from "./paced_steps.ts";
import { type Reduction, tridiagonalise, undoReflections } from "./tridiagonal.ts";

/** Eigenvalues and eigenvectors of a symmetric matrix, the largest eigenvalue first. */
export interface SymmetricEigen {
  /** Eigenvalues, descending. */
  readonly values: Float64Array;
  /** Row i is the unit eigenvector of `values[i]`; as many rows as were asked for. */
  readonly vectors: Float64Array;
}

/** Options of {@linkcode symmetricEigen}. */
export interface SymmetricEigenOptions {
  /** Number of eigenvectors, of the largest eigenvalues, from 0 to d; all of them by default. */
  readonly vectors?: number;
}

/** Options of {@linkcode pacedSymmetricEigen}. */
export interface PacedSymmetricEigenOptions extends SymmetricEigenOptions {
  /** Ends the decomposition. */
  readonly signal?: AbortSignal;
}

/**
 * Decomposes a symmetric matrix into eigenvalues and eigenvectors in float64: by Householder
 * reduction to a tridiagonal matrix, then QL iterations with implicit shifts. The vectors that were
 * asked for come from undoing both, so they are orthogonal however close their eigenvalues are, and
 * the same bits as among all vectors.
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
 * @param options Number of eigenvectors.
 * @returns Eigenvalues in descending order and their unit eigenvectors as rows.
 * @throws {RangeError} If a value is not finite, an eigenvalue exceeds float64, the iteration does
 * not converge, or the number of vectors is out of range.
 * @see Bowdler, Martin, Reinsch & Wilkinson (1968), the procedures tred2 and tql2
 */
export function symmetricEigen(
  a: Float64Array,
  d: number,
  options?: SymmetricEigenOptions,
): SymmetricEigen {
  const given = givenOptions(options, { vectors: true }, "symmetricEigen");
  return atOnce(decompose(a, d, checkVectors(given, d)));
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
 * @param options Number of eigenvectors, and a signal.
 * @returns Eigenvalues in descending order and their unit eigenvectors as rows.
 * @throws {RangeError} As {@link symmetricEigen}.
 * @throws The signal's reason, if it was aborted.
 */
export async function pacedSymmetricEigen(
  a: Float64Array,
  d: number,
  options?: PacedSymmetricEigenOptions,
): Promise<SymmetricEigen> {
  const given = givenOptions(options, { vectors: true, signal: true }, "pacedSymmetricEigen");
  return await paced(decompose(a, d, checkVectors(given, d)), given.signal);
}

function checkVectors({ vectors = Infinity }: SymmetricEigenOptions, d: number): number {
  return vectors === Infinity ? d : checkInteger(vectors, "vectors", { min: 0, max: d });
}

function* decompose(a: Float64Array, d: number, vectors: number): Steps<SymmetricEigen> {
  const { scaled, restore } = ordinaryScale(a);
  const tridiagonal = yield* tridiagonalise(scaled, d);
  const { diagonal } = tridiagonal;
  const sweeps = yield* diagonalise(tridiagonal);
  const order = descendingPlaces(diagonal);
  return {
    values: restore(Float64Array.from(order, (i) => diagonal[i])),
    vectors: yield* vectorsOf(tridiagonal, sweeps, order.slice(0, vectors)),
  };
}

/** Returns the vectors of the eigenvalues at some places of the diagonal, one per row. */
function* vectorsOf(
  tridiagonal: Reduction,
  sweeps: readonly Sweep[],
  places: readonly number[],
): Steps<Float64Array> {
  const d = tridiagonal.diagonal.length;
  const vectors = new Float64Array(places.length * d);
  // Four at a time, those of neighbouring places: earlier sweeps do not concern later places.
  const rows = Array.from(places.keys()).sort((a, b) => places[a] - places[b]);
  for (let first = 0; first < rows.length; first += 4) {
    const own = rows.slice(first, first + 4);
    const four = new Float64Array(4 * d);
    own.forEach((row, c) => four[4 * places[row] + c] = 1);
    undoSweeps(four, sweeps, places[own[own.length - 1]]);
    undoReflections(four, tridiagonal);
    own.forEach((row, c) => {
      for (let i = 0; i < d; i++) vectors[row * d + i] = four[4 * i + c];
    });
    yield;
  }
  return vectors;
}
