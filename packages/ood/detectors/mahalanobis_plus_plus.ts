import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import { nearestClass } from "../features/nearest_class.ts";
import type { MahalanobisOptions } from "./mahalanobis.ts";

/** Mahalanobis++: the Mahalanobis distance between activations scaled to length 1. */
export const mahalanobisPlusPlus: DetectorKind<MahalanobisOptions> = defineSourceDetector({
  name: "mahalanobis++",
  title: "Mahalanobis distance of normalised activations",
  cite: {
    authors: "Müller & Hein",
    title: "Mahalanobis++: Improving OOD Detection via Feature Normalization",
    year: 2025,
    url: "https://arxiv.org/abs/2505.18032",
  },
  ...nearestClass(true),
});
