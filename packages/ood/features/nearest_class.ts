import type { SourceDetectorRecipe } from "../detector_recipe.ts";
import { penultimate } from "../evidence.ts";
import { groupByLabel } from "./groups.ts";
import {
  fitTiedGaussians,
  nearestSquaredMahalanobis,
  type TiedGaussians,
  tiedGaussiansState,
} from "./tied_gaussians.ts";
import { selectUnits } from "./unit_selection.ts";

type NearestClass = Pick<
  SourceDetectorRecipe<{ readonly regularization: number }, TiedGaussians>,
  "needs" | "defaults" | "state" | "fit" | "score"
>;

/**
 * The part of a detector that fits class means and one covariance, and scores by minus the squared
 * Mahalanobis distance to the nearest mean.
 *
 * @param unitLength True if activations are scaled to length 1.
 */
export function nearestClass(unitLength: boolean): NearestClass {
  return {
    needs: ["penultimate", "labels"],
    defaults: { regularization: 1e-6 },
    state: tiedGaussiansState(unitLength),
    async fit(training, { regularization }, context) {
      const { signal } = context;
      const x = penultimate(training);
      const units = await selectUnits(x, unitLength, context);
      const groups = groupByLabel(training.labels);
      return await fitTiedGaussians(x, units, groups, { regularization, signal });
    },
    async score(fitted, evidence, { signal }) {
      const distances = await nearestSquaredMahalanobis(penultimate(evidence), fitted, signal);
      return distances.map((distance) => -distance);
    },
  };
}
