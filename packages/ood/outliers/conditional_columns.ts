import type { GaussianMixtureModel } from "@mixtape/mixture";
import {
  addProducts,
  type HostMatrix,
  inTurns,
  inverseFactors,
  pacer,
  pieceSize,
  symmetricInSteps,
} from "@mixtape/tensor-utils";

/** For every entry of a matrix, what the other columns of its row make of it. */
export interface ConditionalColumns {
  /** Mean of the entry given the other columns, n×d. */
  readonly expected: Float64Array;
  /** Standard deviation of the entry given the other columns, n×d. */
  readonly deviations: Float64Array;
}

/**
 * Computes the distribution of every entry given the other columns of its row, under the component
 * that most probably gave the row. With precision Λ and δ = x − μ, the mean of entry j is
 * x_j − (Λδ)_j / Λ_jj and its variance 1 / Λ_jj. O(n·d²).
 *
 * @param model A mixture with full covariances.
 * @param x Rows, shape [n, d].
 * @param signal Ends the work.
 */
export async function conditionalColumns(
  model: GaussianMixtureModel,
  x: HostMatrix,
  signal?: AbortSignal,
): Promise<ConditionalColumns> {
  const { values, shape: [n, d] } = x;
  const { values: means } = model.means;
  const { factors } = await inverseFactors({ matrices: model.covariances.values, d, signal });
  const precisions: Float64Array[] = [];
  const component = await model.predict(x, { signal });
  const pace = pacer(signal);
  for (let at = 0; at < factors.length; at += d * d) {
    await pace();
    const sum = new Float64Array(d * d);
    addProducts(sum, factors.subarray(at, at + d * d), d, d);
    precisions.push(await inTurns(symmetricInSteps(sum, d, 1), signal));
  }
  const step = pieceSize(d * d);
  const expected = new Float64Array(n * d);
  const deviations = new Float64Array(n * d);
  for (let row = 0; row < n; row++) {
    if (row % step === 0) await pace();
    const precision = precisions[component[row]];
    const mean = component[row] * d;
    for (let j = 0; j < d; j++) {
      let pull = 0;
      for (let i = 0; i < d; i++) {
        pull += precision[j * d + i] * (values[row * d + i] - means[mean + i]);
      }
      const own = precision[j * d + j];
      expected[row * d + j] = values[row * d + j] - pull / own;
      deviations[row * d + j] = 1 / Math.sqrt(own);
    }
  }
  return { expected, deviations };
}
