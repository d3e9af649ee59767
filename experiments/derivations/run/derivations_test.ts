import assert from "node:assert/strict";
import { checkIds } from "@mixtape/results";
import { mixtureLogLikelihood } from "@mixtape/mixture";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testRounds, testSeed } from "@mixtape/tensor-utils/testing";
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

Deno.test("the mean and the covariance of a component are its best ones together, not each with the other held", async () => {
  await useBackend("cpu");
  const source = random(testSeed());
  const [n, d] = [40, 2];
  const values = Float64Array.from({ length: n * d }, (_, at) => source.normal() * (1 + at % d));
  const x = { values, shape: [n, d] as const };
  const column = (j: number) => Array.from({ length: n }, (_, i) => values[i * d + j]);
  const mean = [0, 1].map((j) => column(j).reduce((a, b) => a + b) / n);
  const about = (a: number, b: number) =>
    column(a).reduce((sum, value, i) => sum + (value - mean[a]) * (column(b)[i] - mean[b]), 0) / n;
  const at = (means: readonly number[], covariance: readonly number[]) =>
    mixtureLogLikelihood(x, {
      weights: Float64Array.of(1),
      means: [means],
      covariances: [[covariance.slice(0, 2), covariance.slice(2)]],
    });
  const best = await at(mean, [about(0, 0), about(0, 1), about(1, 0), about(1, 1)]);
  for (let draw = 0; draw < 200; draw++) {
    const far = 10 ** (2 * source.next() - 3);
    const means = mean.map((value) => value + far * source.normal());
    // Σ moved by a factor I + far · A on both sides, so that it stays positive definite.
    const [a, b, c, e] = [1, 0, 0, 1].map((one) => one + far * source.normal());
    const [s, t, u] = [about(0, 0), about(0, 1), about(1, 1)];
    const off = a * c * s + (a * e + b * c) * t + b * e * u;
    const other = await at(means, [
      a * a * s + 2 * a * b * t + b * b * u,
      off,
      off,
      c * c * s + 2 * c * e * t + e * e * u,
    ]);
    assert(other < best, `${other} is above ${best}`);
  }
});
