import { checkNumber, rowsMeans } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { checkUnits, copiedHead, headState } from "../features/head_state.ts";
import { lengthOf } from "../features/length_of.ts";
import { predictedClasses } from "../features/predicted.ts";
import * as state from "../state/mod.ts";

/** Options of {@link collapseProximity}. */
export interface CollapseProximityOptions {
  /**
   * Weight α ≥ 0 of the sum of absolute activations; 0.001 by default. The paper tunes it on OOD
   * data, which this package never does.
   */
  readonly alpha: number;
}

/**
 * NCI: the component of the centred activations along the weights of the predicted class, relative
 * to their length, plus a little of their size: w·(h − μ) / |h − μ| + α |h|₁.
 */
export const collapseProximity: DetectorKind<CollapseProximityOptions> = defineDetector({
  name: "nci",
  title: "Neural-collapse-inspired proximity (NCI)",
  cite: {
    authors: "Liu & Qin",
    title: "Detecting Out-of-Distribution Through the Lens of Neural Collapse",
    year: 2025,
    url: "https://arxiv.org/abs/2311.01479",
  },
  needs: ["logits", "penultimate", "head"],
  defaults: { alpha: 1e-3 },
  state: state.record({
    alpha: state.number({ min: 0 }),
    head: headState,
    mean: state.float64s(["units"]),
  }),
  async fit(training, { alpha }, { signal }) {
    checkNumber(alpha, "alpha", { min: 0 });
    return {
      alpha,
      mean: await rowsMeans(penultimate(training), signal),
      head: copiedHead(training),
    };
  },
  byRow: true,
  score({ alpha, mean, head }, evidence) {
    const { values, shape: [n, d] } = penultimate(evidence);
    checkUnits(d, head);
    const { weights: { values: weights, shape: [, classes] } } = head;
    const predicted = predictedClasses(evidence.logits);
    const centred = new Float64Array(d);
    return new Float64Array(n).map((_, i) => {
      let dot = 0;
      let size = 0;
      for (let j = 0; j < d; j++) {
        const value = values[i * d + j];
        centred[j] = value - mean[j];
        dot += centred[j] * weights[j * classes + predicted[i]];
        size += Math.abs(value);
      }
      // A row at the mean itself has no direction: its proximity is 0.
      const length = lengthOf(centred);
      return (length > 0 ? dot / length : 0) + alpha * size;
    });
  },
});
