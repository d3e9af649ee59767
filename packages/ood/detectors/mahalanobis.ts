import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { groupByLabel } from "../features/groups.ts";
import {
  fitTiedGaussians,
  nearestSquaredMahalanobis,
  type TiedGaussians,
  tiedGaussiansState,
} from "../features/tied_gaussians.ts";
import { selectUnits } from "../features/unit_selection.ts";

/** Options of the detectors based on Mahalanobis distance. */
export interface MahalanobisOptions {
  /**
   * Ridge added to the diagonal of the covariance, relative to its mean; 1e-6 by default: far below
   * the resolution of float32 activations in any direction, yet enough for singular covariances.
   */
  readonly regularization: number;
}

/** Minus the squared Mahalanobis distance to the nearest class mean, with one covariance for all classes. */
export const mahalanobis: DetectorKind<MahalanobisOptions> = defineSourceDetector({
  name: "mahalanobis",
  title: "Mahalanobis distance",
  cite: {
    authors: "Lee et al.",
    title:
      "A Simple Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks",
    year: 2018,
    url: "https://arxiv.org/abs/1807.03888",
  },
  needs: ["penultimate", "labels"],
  defaults: { regularization: 1e-6 },
  state: tiedGaussiansState(false),
  async fit(training, { regularization }, context): Promise<TiedGaussians> {
    const { signal } = context;
    const x = penultimate(training);
    const units = await selectUnits(x, false, context);
    const groups = groupByLabel(training.labels);
    return await fitTiedGaussians(x, units, groups, { regularization, signal });
  },
  async score(fitted, evidence, { signal }) {
    const distances = await nearestSquaredMahalanobis(penultimate(evidence), fitted, signal);
    return distances.map((distance) => -distance);
  },
});
