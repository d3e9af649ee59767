import { adjustedRandIndex } from "@mixtape/clustering";
import { gaussianMixture, type GaussianMixtureModel, selectMixture } from "@mixtape/mixture";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { unlessCollapsed } from "../../run/unless_collapsed.ts";
import { covariances, type MixtureTrial } from "../result.ts";
import { pairs } from "./search_clusters.ts";

/** The settings of a search for a mixture. */
export interface MixtureSearchSettings {
  /** Numbers of components to try, ascending. */
  readonly grid: readonly number[];
  /** Seeds of fits of the chosen mixture; the first is that of the search. */
  readonly seeds: readonly number[];
  /** Number added to every variance. */
  readonly regularization: number;
  /** Number of larger mixtures in a row that may be no better before a shape is given up. */
  readonly patience: number;
  /** Signal that ends the work. */
  readonly signal: AbortSignal;
  /** Called with the share that is done and a note. */
  readonly onProgress: (fraction: number, note: string) => void;
}

/** The outcome of a search for a mixture. */
export interface MixtureSearch {
  /** Every mixture that was tried. */
  readonly trials: readonly MixtureTrial[];
  /** The mixture with the lowest criterion. */
  readonly model: GaussianMixtureModel;
  /** Adjusted Rand index between each two fits of it from the seeds. */
  readonly agreements: readonly number[];
}

/**
 * Fits mixtures of all shapes and several sizes, chooses by BIC, and fits the chosen one again from other seeds.
 *
 * @param x Rows, shape [n, d].
 * @param settings Numbers of components, seeds and regularization.
 */
export async function searchMixtures(
  x: HostMatrix,
  settings: MixtureSearchSettings,
): Promise<MixtureSearch> {
  const { grid, seeds: [seed, ...others], regularization, patience, signal, onProgress } = settings;
  const steps = covariances.length * grid.length + others.length;
  const { model, candidates } = await selectMixture(x, {
    components: grid,
    covariances,
    seed,
    regularization,
    patience,
    signal,
    onCandidate: ({ covariance, components }) =>
      onProgress(
        (covariances.indexOf(covariance) * grid.length + grid.indexOf(components) + 1) / steps,
        `${covariance}, ${components} components`,
      ),
  });
  const { components, covariance } = model;
  const labels = [await model.predict(x)];
  if (components > 1) {
    for (const other of others) {
      const refitted = await unlessCollapsed(() =>
        gaussianMixture(x, { components, covariance, seed: other, regularization, signal })
      );
      if (refitted) labels.push(await refitted.predict(x));
    }
  }
  return {
    model,
    trials: candidates.map(({ covariance, components, score, converged }) => ({
      covariance,
      components,
      bic: Number.isFinite(score) ? score : null,
      converged,
    })),
    agreements: pairs(labels).map(([a, b]) => adjustedRandIndex(a, b)),
  };
}
