import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import { nearestClass } from "../features/nearest_class.ts";

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
  ...nearestClass(false),
});
