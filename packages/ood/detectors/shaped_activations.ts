import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { checkUnits, copiedHead, headState } from "../features/head_state.ts";
import { reshapedEnergies } from "../features/reshaped_energy.ts";
import { activationsToKeep, topActivations } from "../features/top_activations.ts";
import * as state from "../state/mod.ts";

/** Options of {@link shapedActivations}. */
export interface ShapedActivationsOptions {
  /** Share of the activations set to zero; 0.9 by default, as in the paper. */
  readonly share: number;
}

/**
 * ASH-S: energy after keeping only the largest activations of each row and multiplying them by
 * exp(sum before / sum after). Activations equal to the smallest one kept are kept too.
 */
export const shapedActivations: DetectorKind<ShapedActivationsOptions> = defineDetector({
  name: "ash-s",
  title: "Shaped activations (ASH-S)",
  cite: {
    authors: "Djurisic et al.",
    title: "Extremely Simple Activation Shaping for Out-of-Distribution Detection",
    year: 2023,
    url: "https://arxiv.org/abs/2209.09858",
  },
  needs: ["logits", "penultimate", "head"],
  defaults: { share: 0.9 },
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
      const { threshold, ratio } = topActivations(row, kept, scratch);
      const factor = Math.exp(ratio);
      for (let j = 0; j < row.length; j++) row[j] = row[j] < threshold ? 0 : row[j] * factor;
    });
  },
});
