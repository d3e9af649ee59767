import { checkMissingDerivation } from "./run/derivations_missing.ts";
import { checkMixtureDerivation } from "./run/derivations_mixture.ts";
import type { DerivationsPayload } from "@mixtape/results";
import { defineRun } from "../run/experiment.ts";

const shared = { trainRows: 0, testRows: 0, rows: 300 };

/** The pen-and-paper exercises, checked by machine. */
export const run = defineRun({
  answers:
    "Do the two derivations, missing entries and EM for mixtures, hold when checked by machine?",
  seconds: 2,
  profiles: {
    quick: { ...shared, draws: 4000 },
    full: { ...shared, draws: 100000 },
  },
  async run({ parameters: { rows, draws }, seed, stage, update }): Promise<DerivationsPayload> {
    const missing = await stage("missing entries", () => checkMissingDerivation(rows, draws, seed));
    update(0.5);
    const mixture = await stage("mixture", () => checkMixtureDerivation(rows, draws, seed));
    return {
      checks: [...missing.checks, ...mixture.checks],
      missingCost: missing.trace,
      mixtureLogLikelihood: mixture.trace,
      monteCarlo: [...missing.monteCarlo, ...mixture.monteCarlo],
    };
  },
});
