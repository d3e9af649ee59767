import assert from "node:assert/strict";
import { openMixture, useBackend } from "../mod.ts";
import { assertAllClose } from "../testing/mod.ts";
import { mixtureProblem, type MixtureProblemOptions } from "../testing/mixture_problem.ts";
import { plainMixture } from "../testing/plain_mixture.ts";
import { openTiedMixture } from "./tied_mixture.ts";

function problemOf(change: Partial<MixtureProblemOptions>) {
  return mixtureProblem({ seed: 4, n: 600, d: 9, k: 4, covariance: "tied", ...change });
}

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`openTiedMixture() on ${backend} agrees with the formulas, whatever offset, unit and condition`, async () => {
    await useBackend(backend);
    const cases = [{}, { n: 3, d: 66 }, { offset: 1e5 }, { unit: 1e-30, offset: 3 }, {
      condition: 1000,
    }];
    for (const change of cases) {
      const { x, factors } = problemOf(change);
      const expected = plainMixture(x, "tied", factors);
      using session = openTiedMixture(x);
      const close = { rtol: 1e-6, atol: 1e-8 };
      assertAllClose(await session.logDensity(factors), expected.logDensity, close);
      const responsibilities = await session.responsibilities(factors);
      assertAllClose(responsibilities, expected.responsibilities, { rtol: 1e-6, atol: 1e-7 });
      const moments = await session.step(factors);
      const { counts, sums, scatter, logLikelihood } = expected.moments;
      assertAllClose([moments.logLikelihood], [logLikelihood], close);
      assertAllClose(moments.counts, counts, { rtol: 1e-6, atol: 1e-7 });
      const largest = scatter.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      assertAllClose(moments.scatter, scatter, { rtol: 1e-6, atol: 1e-8 * largest });
      const reach = Math.sqrt(largest * x.shape[0]);
      assertAllClose(moments.sums, sums, { rtol: 1e-6, atol: 1e-8 * reach });
      const given = await session.moments(responsibilities, factors.means);
      assert.equal(given.logLikelihood, 0);
      assertAllClose(given.scatter, scatter, { rtol: 1e-5, atol: 1e-5 * largest });
      assertAllClose(given.counts, counts, { rtol: 1e-5, atol: 1e-5 });
    }
  });
}

Deno.test("openTiedMixture() weighs rows whose responsibilities do not add up to 1", async () => {
  await useBackend("cpu");
  const x = { values: Float64Array.of(1, 3, 8), shape: [3, 1] } as const;
  using session = openTiedMixture(x);
  const given = Float32Array.of(1, 0.5, 0, 0, 0.25, 0.25);
  const { counts, sums, scatter } = await session.moments(given, Float64Array.of(2, 4));
  assertAllClose(counts, [1.25, 0.75], { rtol: 1e-12 });
  assertAllClose(sums, [-1 + 0.25 * 6, -3 * 0.5 + 0.25 * 4], { rtol: 1e-12 });
  assertAllClose(scatter, [1 + 0.25 * 36 + 0.5 * 9 + 0.25 * 16], { rtol: 1e-12 });
});

Deno.test("openMixture() takes wide data with tied covariances through float64, on any threads to the same bits", async () => {
  const { x, factors } = problemOf({ n: 1300, d: 70 });
  const steps = [];
  for (const threads of [1, 2]) {
    await useBackend("simd", { threads });
    using session = openMixture(x, "tied");
    steps.push(await session.step(factors));
  }
  assert.deepEqual(steps[1], steps[0]);
  const { moments } = plainMixture(x, "tied", factors);
  assertAllClose([steps[0].logLikelihood], [moments.logLikelihood], { rtol: 1e-12 });
});
