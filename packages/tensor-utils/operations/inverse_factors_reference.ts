import type { InverseFactors, InverseFactorsAttributes, MaybePromise } from "@mixtape/operations";
import { inTurns, type Steps } from "../paced_steps.ts";
import { choleskyRow, invertLowerRow } from "../triangle_rows.ts";

/** Multiply-adds of a step: some milliseconds. */
const AT_ONCE = 2 ** 22;

/**
 * Computes `MixtapeInverseFactors` in plain loops, for any backend.
 *
 * @param attributes The matrices.
 * @returns Inverses of their factors; at once if those take some milliseconds.
 */
export function referenceInverseFactors(
  { matrices, d, signal }: InverseFactorsAttributes,
): MaybePromise<InverseFactors> {
  return inTurns(invertAll(matrices, d), signal);
}

function* invertAll(matrices: Float64Array, d: number): Steps<InverseFactors> {
  const factors = new Float64Array(matrices.length);
  const failures = new Int32Array(matrices.length / d ** 2).fill(-1);
  const l = new Float64Array(d * d);
  let work = 0;
  for (let c = 0; c < failures.length; c++) {
    const [matrix, inverse] = [matrices, factors].map((all) =>
      all.subarray(c * d * d, (c + 1) * d * d)
    );
    for (let i = 0; i < d && failures[c] === -1; i++) {
      const pivot = choleskyRow(matrix, l, d, i);
      if (pivot > 0 && pivot < Infinity) invertLowerRow(l, inverse, d, i);
      else failures[c] = i;
      work += i * i;
      if (work < AT_ONCE) continue;
      work = 0;
      yield;
    }
  }
  return { factors, failures };
}
