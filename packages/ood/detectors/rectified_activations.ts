import { checkNumber } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { checkUnits, copiedHead, headState } from "../features/head_state.ts";
import { quantileOfMany } from "../features/quantile.ts";
import { reshapedEnergies } from "../features/reshaped_energy.ts";
import * as state from "../state/mod.ts";

/** Options of {@link rectifiedActivations}. */
export interface RectifiedActivationsOptions {
  /**
   * Share of all training activations that lie below the clipping threshold; 0.9 by default, as in
   * the paper.
   */
  readonly share: number;
}

/** ReAct: energy after clipping the penultimate activations at a quantile of the training activations. */
export const rectifiedActivations: DetectorKind<RectifiedActivationsOptions> = defineDetector({
  name: "react",
  title: "Rectified activations (ReAct)",
  cite: {
    authors: "Sun et al.",
    title: "ReAct: Out-of-distribution Detection With Rectified Activations",
    year: 2021,
    url: "https://arxiv.org/abs/2111.12797",
  },
  needs: ["logits", "penultimate", "head"],
  defaults: { share: 0.9 },
  state: state.record({ threshold: state.number(), head: headState }),
  async fit(training, { share }, { signal }) {
    checkNumber(share, "share", { min: 0, max: 1 });
    const threshold = await quantileOfMany(penultimate(training).values, share, signal);
    return { threshold, head: copiedHead(training) };
  },
  byRow: true,
  score({ threshold, head }, evidence) {
    const x = penultimate(evidence);
    checkUnits(x.shape[1], head);
    return reshapedEnergies(x, head, (row) => {
      for (let j = 0; j < row.length; j++) if (row[j] > threshold) row[j] = threshold;
    });
  },
});
