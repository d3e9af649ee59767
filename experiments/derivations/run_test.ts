import { useBackend } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { recordRun } from "../run/testing/record_run.ts";
import { tinyData } from "../run/testing/tiny_data.ts";
import { run } from "./run.ts";
import { checkMissingDerivation } from "./run/derivations_missing.ts";
import { checkMixtureDerivation } from "./run/derivations_mixture.ts";

await useBackend("cpu");

Deno.test("derivations puts the checks of missing entries before those of mixtures", async () => {
  const [rows, draws, seed] = [60, 50, 3];
  const { payload, stages } = await recordRun(run, tinyData(), seed, { rows, draws });
  const missing = await checkMissingDerivation(rows, draws, seed);
  const mixture = await checkMixtureDerivation(rows, draws, seed);
  assert.deepEqual(payload, {
    checks: missing.checks.concat(mixture.checks),
    missingCost: missing.trace,
    mixtureLogLikelihood: mixture.trace,
    monteCarlo: missing.monteCarlo.concat(mixture.monteCarlo),
  });
  assert.deepEqual(stages, ["missing entries", "mixture"]);
});
