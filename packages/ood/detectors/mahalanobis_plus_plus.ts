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
  needs: ["penultimate", "labels"],
  defaults: { regularization: 1e-6 },
  state: tiedGaussiansState(true),
  async fit(training, { regularization }, context): Promise<TiedGaussians> {
    const { signal } = context;
    const x = penultimate(training);
    const units = await selectUnits(x, true, context);
    const groups = groupByLabel(training.labels);
    return await fitTiedGaussians(x, units, groups, { regularization, signal });
  },
  async score(fitted, evidence, { signal }) {
    const distances = await nearestSquaredMahalanobis(penultimate(evidence), fitted, signal);
    return distances.map((distance) => -distance);
  },
});
