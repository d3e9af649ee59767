import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { checkUnits, copiedHead, headState } from "../features/head_state.ts";
import { reshapedEnergies } from "../features/reshaped_energy.ts";
import { activationsToKeep, topActivations } from "../features/top_activations.ts";
import * as state from "../state/mod.ts";

/** Options of {@link scaledActivations}. */
export interface ScaledActivationsOptions {
  /** Share of the activations left out of the smaller sum; 0.85 by default, as in the paper. */
  readonly share: number;
}

/** SCALE: energy after multiplying each row of activations by exp(sum of all / sum of the largest). Nothing is pruned. */
export const scaledActivations: DetectorKind<ScaledActivationsOptions> = defineDetector({
  name: "scale",
  title: "Scaled activations (SCALE)",
  cite: {
    authors: "Xu et al.",
    title: "Scaling for Training Time and Post-hoc Out-of-distribution Detection Enhancement",
    year: 2024,
    url: "https://arxiv.org/abs/2310.00227",
  },
  needs: ["logits", "penultimate", "head"],
  defaults: { share: 0.85 },
  state: state.record({ head: headState, kept: state.integer({ min: 1, upTo: "units" }) }),
  fit(training, { share }, { note }) {
    const kept = activationsToKeep(penultimate(training).shape[1], share, note);
    return { kept, head: copiedHead(training) };
  },
  byRow: true,
  score({ kept, head }, evidence) {
    const x = penultimate(evidence);
    checkUnits(x.shape[1], head);
    const scratch = new Float64Array(x.shape[1]);
    return reshapedEnergies(x, head, (row) => {
      const factor = Math.exp(topActivations(row, kept, scratch).ratio);
      for (let j = 0; j < row.length; j++) row[j] *= factor;
    });
  },
});
