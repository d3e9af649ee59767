import assert from "node:assert/strict";
import { checkIds } from "@mixtape/results";
import { useBackend } from "@mixtape/tensor-utils";
import { checkMissingDerivation } from "./derivations_missing.ts";
import { checkMixtureDerivation } from "./derivations_mixture.ts";

Deno.test("both derivations hold for several seeds, and every statement is checked", async () => {
  await useBackend("cpu");
  for (let seed = 0; seed < 5; seed++) {
    const missing = await checkMissingDerivation(200, 2000, seed);
    const mixture = await checkMixtureDerivation(200, 2000, seed);
    const checks = [...missing.checks, ...mixture.checks];
    assert.deepEqual(checks.filter(({ passed }) => !passed), [], `seed ${seed}`);
    assert.deepEqual(checks.map(({ id }) => id), checkIds);
  }
});
