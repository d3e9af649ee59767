import type { TridiagonalSession } from "@mixtape/operations";
import { checkInteger } from "../checks.ts";
import {
  pacedSymmetricEigen,
  type PacedSymmetricEigenOptions,
  type SymmetricEigen,
} from "../eigen.ts";
import { ordinaryScale } from "../eigen_scale.ts";
import { descendingPlaces, diagonalise } from "../implicit_ql.ts";
import { givenOptions } from "../options.ts";
import { paced } from "../paced_steps.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Decomposes a symmetric matrix as {@link pacedSymmetricEigen} does, where the current backend has kernels by the
 * named operation `MixtapeTridiagonal`: of 784 rows, in a fraction of the time. Values and vectors differ from those
 * by rounding.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { threadedSymmetricEigen, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("auto");
 * const { values } = await threadedSymmetricEigen(new Float64Array([2, 1, 1, 2]), 2);
 * assert.ok(Math.abs(values[0] - 3) < 1e-12 && Math.abs(values[1] - 1) < 1e-12);
 * ```
 *
 * @param a The symmetric matrix, d×d, row by row; it must not be written to until the promise is settled.
 * @param d Number of rows.
 * @param options Number of eigenvectors, and a signal.
 * @returns Eigenvalues in descending order and their unit eigenvectors as rows.
 * @throws {RangeError} As {@link pacedSymmetricEigen}.
 * @throws The signal's reason, if it was aborted.
 */
export async function threadedSymmetricEigen(
  a: Float64Array,
  d: number,
  options?: PacedSymmetricEigenOptions,
): Promise<SymmetricEigen> {
  const given = givenOptions(options, { vectors: true, signal: true }, "threadedSymmetricEigen");
  const open = backendKernel("MixtapeTridiagonal");
  if (!open) return await pacedSymmetricEigen(a, d, given);
  const { vectors = d, signal } = given;
  checkInteger(vectors, "vectors", { min: 0, max: d });
  const { scaled, restore } = ordinaryScale(a);
  const session = open({ a: scaled, d });
  try {
    return await decompose(session, { restore, vectors, signal });
  } finally {
    session[Symbol.dispose]();
  }
}

async function decompose(
  session: TridiagonalSession,
  { restore, vectors, signal }: {
    readonly restore: (values: Float64Array) => Float64Array;
    readonly vectors: number;
    readonly signal?: AbortSignal;
  },
): Promise<SymmetricEigen> {
  const tridiagonal = await session.reduce(signal);
  const sweeps = await paced(diagonalise(tridiagonal), signal);
  const { diagonal } = tridiagonal;
  const order = descendingPlaces(diagonal);
  return {
    values: restore(Float64Array.from(order, (i) => diagonal[i])),
    vectors: await session.vectors({ sweeps, places: order.slice(0, vectors), signal }),
  };
}
