import type { HostMatrix, MatrixLike } from "./matrix.ts";

const unchangingOnes = new WeakSet<object>();

/**
 * Marks a checked matrix as one that nobody changes, such as a copy that a function made for itself:
 * `hostMatrix` then takes it as it is, without a further copy and check.
 *
 * @param x The matrix.
 * @returns The same matrix.
 */
export function unchanging<Matrix extends HostMatrix>(x: Matrix): Matrix {
  unchangingOnes.add(x);
  return x;
}

/**
 * Tells whether a matrix was marked by {@link unchanging}.
 *
 * @param x Any data.
 * @returns True for the very object that was marked.
 */
export function isUnchanging(x: MatrixLike): x is HostMatrix {
  return unchangingOnes.has(x);
}
