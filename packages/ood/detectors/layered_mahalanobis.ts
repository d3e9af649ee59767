import { defineDetector, type DetectorKind } from "../detector.ts";
import type { Evidence } from "../evidence.ts";
import { groupByLabel } from "../features/groups.ts";
import { heldOutRows } from "../features/held_out_rows.ts";
import {
  addStandardized,
  type Standardization,
  standardizationOf,
  standardizationState,
} from "../features/standardization.ts";
import {
  fitTiedGaussians,
  nearestSquaredMahalanobis,
  type TiedGaussians,
  tiedGaussiansState,
} from "../features/tied_gaussians.ts";
import { selectUnits } from "../features/unit_selection.ts";
import type { MahalanobisOptions } from "./mahalanobis.ts";
import * as state from "../state/mod.ts";

interface FittedLayers {
  readonly layers: readonly TiedGaussians[];
  readonly scales: readonly Standardization[];
}

/**
 * Mahalanobis++ on every hidden layer: the sum over layers of minus the squared distance, each
 * standardised on held-out in-distribution rows, so that a layer's number of units gives it no
 * extra weight.
 */
export const layeredMahalanobis: DetectorKind<MahalanobisOptions> = defineDetector({
  name: "layers-mahalanobis++",
  title: "Mahalanobis distance of normalised activations, all hidden layers",
  cite: {
    authors: "Müller & Hein",
    title: "Mahalanobis++: Improving OOD Detection via Feature Normalization",
    year: 2025,
    url: "https://arxiv.org/abs/2505.18032",
  },
  needs: ["layers", "labels"],
  defaults: { regularization: 1e-6 },
  state: state.record<FittedLayers>({
    layers: state.list("layers", tiedGaussiansState(true)),
    scales: state.list("layers", standardizationState),
  }),
  async fit(training, { regularization }, context): Promise<FittedLayers> {
    const { signal } = context;
    const { fitted, heldOut } = await heldOutRows(training, context);
    const groups = groupByLabel(fitted.labels);
    const layers: TiedGaussians[] = [];
    for (const [i, x] of fitted.activations.entries()) {
      const units = await selectUnits(x, true, context, `hidden layer ${i + 1}`);
      layers.push(await fitTiedGaussians(x, units, groups, { regularization, signal }));
    }
    const levels = await nearness(heldOut, layers, signal);
    const scales = levels.map(standardizationOf);
    return { layers, scales };
  },
  async score({ layers, scales }, evidence, { signal }) {
    if (evidence.activations.length !== layers.length) {
      throw new RangeError(
        `Cannot score activations of ${evidence.activations.length} layers: the detector was ` +
          `fitted on ${layers.length}`,
      );
    }
    const sum = new Float64Array(evidence.logits.shape[0]);
    const levels = await nearness(evidence, layers, signal);
    levels.forEach((scores, i) => addStandardized(sum, scores, scales[i]));
    return sum;
  },
});

/** Returns minus the squared distance of each row to the nearest mean, layer by layer. */
async function nearness(
  { activations }: Evidence,
  layers: readonly TiedGaussians[],
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const scores: Float64Array[] = [];
  for (const [i, layer] of layers.entries()) {
    const squared = await nearestSquaredMahalanobis(activations[i], layer, signal);
    scores.push(squared.map((distance) => -distance));
  }
  return scores;
}
