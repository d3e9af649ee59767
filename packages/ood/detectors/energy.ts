import { checkNumber } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { energies } from "../features/energies.ts";
import * as state from "../state/mod.ts";

/** Options of {@link energy}. */
export interface EnergyOptions {
  /** Temperature T > 0; 1 by default, as in the paper. */
  readonly temperature: number;
}

/** The negative free energy, T · log Σ exp(logit / T). */
export const energy: DetectorKind<EnergyOptions> = defineDetector({
  name: "energy",
  title: "Energy",
  cite: {
    authors: "Liu et al.",
    title: "Energy-based Out-of-distribution Detection",
    year: 2020,
    url: "https://arxiv.org/abs/2010.03759",
  },
  needs: ["logits"],
  defaults: { temperature: 1 },
  state: state.record({ temperature: state.number({ above: 0 }) }),
  fit: (_training, { temperature }) => ({
    temperature: checkNumber(temperature, "temperature", { above: 0 }),
  }),
  byRow: true,
  score: ({ temperature }, { logits }) => energies(logits, temperature),
});
