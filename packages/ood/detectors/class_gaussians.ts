import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import {
  classGaussiansState,
  classLogDensity,
  fitClassGaussians,
} from "../features/class_gaussians.ts";
import { groupByLabel } from "../features/groups.ts";
import { selectUnits } from "../features/unit_selection.ts";
import type { MahalanobisOptions } from "./mahalanobis.ts";

/**
 * DDU: the log-density under one Gaussian per class, each with its own covariance and its share of
 * the training rows as prior.
 */
export const classGaussians: DetectorKind<MahalanobisOptions> = defineSourceDetector({
  name: "ddu",
  title: "Class-conditional Gaussians (DDU)",
  cite: {
    authors: "Mukhoti et al.",
    title: "Deep Deterministic Uncertainty: A New Simple Baseline",
    year: 2023,
    url: "https://arxiv.org/abs/2102.11582",
  },
  needs: ["penultimate", "labels"],
  defaults: { regularization: 1e-6 },
  state: classGaussiansState,
  async fit(training, { regularization }, context) {
    const { signal } = context;
    const x = penultimate(training);
    const units = await selectUnits(x, false, context);
    const groups = groupByLabel(training.labels);
    return await fitClassGaussians(x, units, groups, { regularization, signal });
  },
  score: (fitted, evidence, { signal }) => classLogDensity(penultimate(evidence), fitted, signal),
});
