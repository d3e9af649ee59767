import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { groupByLabel, oneGroup } from "../features/groups.ts";
import {
  fitTiedGaussians,
  nearestSquaredMahalanobis,
  tiedGaussiansState,
} from "../features/tied_gaussians.ts";
import { selectUnits } from "../features/unit_selection.ts";
import type { MahalanobisOptions } from "./mahalanobis.ts";
import * as state from "../state/mod.ts";

/**
 * Squared Mahalanobis distance to one Gaussian fitted to all training rows, minus that to the
 * nearest class.
 */
export const relativeMahalanobis: DetectorKind<MahalanobisOptions> = defineSourceDetector({
  name: "relative-mahalanobis",
  title: "Relative Mahalanobis distance",
  cite: {
    authors: "Ren et al.",
    title: "A Simple Fix to Mahalanobis Distance for Improving Near-OOD Detection",
    year: 2021,
    url: "https://arxiv.org/abs/2106.09022",
  },
  needs: ["penultimate", "labels"],
  defaults: { regularization: 1e-6 },
  state: state.record({
    classes: tiedGaussiansState(false),
    background: tiedGaussiansState(false, 1),
  }),
  async fit(training, { regularization }, context) {
    const x = penultimate(training);
    const units = await selectUnits(x, false, context);
    const options = { regularization, signal: context.signal };
    return {
      classes: await fitTiedGaussians(x, units, groupByLabel(training.labels), options),
      background: await fitTiedGaussians(x, units, oneGroup(x.shape[0]), options),
    };
  },
  async score({ classes, background }, evidence, { signal }) {
    const x = penultimate(evidence);
    const toClass = await nearestSquaredMahalanobis(x, classes, signal);
    const toAll = await nearestSquaredMahalanobis(x, background, signal);
    return toAll.map((distance, i) => distance - toClass[i]);
  },
});
