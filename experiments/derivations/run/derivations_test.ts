import assert from "node:assert/strict";
import { checkIds } from "@mixtape/results";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testRounds } from "@mixtape/tensor-utils/testing";
import { estimate, standardErrors } from "./derivation_check.ts";
import { checkMissingDerivation } from "./derivations_missing.ts";
import { checkMixtureDerivation } from "./derivations_mixture.ts";

Deno.test("both derivations hold for several seeds, and every statement is checked", async () => {
  await useBackend("cpu");
  for (let seed = 0; seed < testRounds(5); seed++) {
    const missing = await checkMissingDerivation(200, 2000, seed);
    const mixture = await checkMixtureDerivation(200, 2000, seed);
    const checks = [...missing.checks, ...mixture.checks];
    assert.deepEqual(checks.filter(({ passed }) => !passed), [], `seed ${seed}`);
    assert.deepEqual(checks.map(({ id }) => id), checkIds);
  }
});

Deno.test("estimate() gives the mean of the draws and its standard error beside the closed form", () => {
  const { standardError, ...rest } = estimate("mixture-moments-match-monte-carlo", 10, [1, 2, 6]);
  assert.deepEqual(rest, {
    id: "mixture-moments-match-monte-carlo",
    closedForm: 10,
    estimate: 3,
    draws: 3,
  });
  // Sample variance 7, over 3 draws.
  assertAllClose([standardError], [Math.sqrt(7 / 3)], { rtol: 1e-12 });
  assertAllClose([standardErrors({ ...rest, standardError })], [7 / Math.sqrt(7 / 3)], {
    rtol: 1e-12,
  });
});
