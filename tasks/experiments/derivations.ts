import { checkMissingDerivation } from "./derivations_missing.ts";
import { checkMixtureDerivation } from "./derivations_mixture.ts";
import { defineExperiment } from "./experiment.ts";

const shared = { trainRows: 0, testRows: 0, rows: 300 };

/** The pen-and-paper exercises, checked by machine. */
export const derivationsExperiment = defineExperiment({
  id: "derivations",
  answers:
    "Do the two derivations, missing entries and EM for mixtures, hold when checked by machine?",
  seconds: 2,
  profiles: {
    quick: { ...shared, draws: 4000 },
    full: { ...shared, draws: 100000 },
  },
  headline({ checks }) {
    const failed = checks.filter(({ passed }) => !passed).map(({ id }) => id);
    const held = `${checks.length - failed.length} of ${checks.length} statements hold`;
    return failed.length === 0 ? held : `${held}, not: ${failed.join(", ")}`;
  },
  async run({ parameters: { rows, draws }, seed, stage, update }) {
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
