import type { Steps } from "../paced_steps.ts";

/** Rows and columns of a tile: those that it is copied from and to stay in the caches. */
const TILE = 32;

/**
 * Makes matrices symmetric by copying the triangles below their diagonals.
 *
 * @param matrices Any number of matrices, d × d each; changed in place.
 * @param d Number of rows of each.
 */
export function mirrorTriangles(matrices: Float64Array, d: number): void {
  for (let first = 0; first < matrices.length; first += d * d) {
    for (let top = 0; top < d; top += TILE) {
      for (let left = 0; left <= top; left += TILE) mirrorTile(matrices, first, d, top, left);
    }
  }
}

/**
 * Makes a symmetric matrix of its lower triangle, divided by a number, in steps for {@linkcode inTurns}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inTurns, symmetricInSteps } from "@mixtape/tensor-utils";
 *
 * const sum = Float64Array.of(2, 0, 4, 6);
 * assert.deepEqual([...await inTurns(symmetricInSteps(sum, 2, 2))], [1, 2, 2, 3]);
 * ```
 *
 * @param matrix The matrix, d×d; changed in place.
 * @param d Number of rows.
 * @param divisor The number.
 * @returns The same matrix.
 */
export function* symmetricInSteps(
  matrix: Float64Array,
  d: number,
  divisor: number,
): Steps<Float64Array> {
  for (let top = 0; top < d; top += TILE) {
    const end = Math.min(d, top + TILE);
    for (let i = top; i < end; i++) {
      for (let j = 0; j <= i; j++) matrix[i * d + j] /= divisor;
    }
    for (let left = 0; left <= top; left += TILE) mirrorTile(matrix, 0, d, top, left);
    if (end < d) yield;
  }
  return matrix;
}

/** Copies a tile, or what lies below the diagonal in it, to above the diagonal. */
function mirrorTile(
  matrices: Float64Array,
  first: number,
  d: number,
  top: number,
  left: number,
): void {
  const end = Math.min(d, top + TILE);
  for (let i = top; i < end; i++) {
    const right = Math.min(i, left + TILE);
    for (let j = left; j < right; j++) matrices[first + j * d + i] = matrices[first + i * d + j];
  }
}
