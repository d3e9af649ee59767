import assert from "node:assert/strict";
import fc from "fast-check";
import { type BackendName, openMixture, useBackend } from "../mod.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";
import {
  type MixtureProblem,
  mixtureProblem,
  type MixtureProblemOptions,
} from "../testing/mixture_problem.ts";
import { plainMixture } from "../testing/plain_mixture.ts";
import type { MixtureCovariance, MixtureMoments } from "./mixture_moments.ts";

const hasWebGpu = await useBackend("webgpu").then(() => true, () => false);
const backends: readonly { name: BackendName; threads?: number; runs: number; rtol: number }[] = [
  { name: "cpu", runs: 40, rtol: 3e-6 },
  { name: "simd", threads: 1, runs: 40, rtol: 3e-6 },
  { name: "simd", threads: 2, runs: 40, rtol: 3e-6 },
  // The exp and log of a graphics processor are less exact, and it takes its time to compile shapes.
  ...(hasWebGpu ? [{ name: "webgpu", runs: 5, rtol: 3e-5 } as const] : []),
];
const covariances = ["full", "tied", "diagonal", "spherical"] as const;

/** Compares every result with float64; moments relative to the spread of the data. */
async function checkProblem(
  problem: MixtureProblem,
  covariance: MixtureCovariance,
  tolerance: number,
): Promise<void> {
  const { x, factors } = problem;
  const [n, d] = x.shape;
  const expected = plainMixture(x, covariance, factors);
  using session = openMixture(x, covariance);
  const density = await session.logDensity(factors);
  assertAllClose(density, expected.logDensity, { rtol: tolerance, atol: tolerance * d });
  const responsibilities = await session.responsibilities(factors);
  assertAllClose(responsibilities, expected.responsibilities, {
    rtol: 0,
    atol: 10 * tolerance * d,
  });
  const { moments } = expected;
  const { logLikelihood } = await session.step(factors);
  assertAllClose([logLikelihood], [moments.logLikelihood], {
    rtol: tolerance,
    atol: tolerance * n,
  });
  const given = await session.moments(Float32Array.from(expected.responsibilities), factors.means);
  assert.equal(given.logLikelihood, 0);
  for (const { counts, sums, scatter } of [await session.step(factors), given]) {
    assertAllClose(counts, moments.counts, { rtol: tolerance, atol: 10 * tolerance * n * d });
    const largest = moments.scatter.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    assertAllClose(scatter, moments.scatter, {
      rtol: tolerance,
      atol: 10 * tolerance * d * largest,
    });
    const reach = Math.sqrt(largest * n);
    assertAllClose(sums, moments.sums, { rtol: tolerance, atol: 10 * tolerance * d * reach });
  }
}

for (const { name, threads, runs, rtol } of backends) {
  const label = threads === undefined ? name : `${name} with ${threads} threads`;
  const use = () => useBackend(name, { threads });

  for (const covariance of covariances) {
    Deno.test(`openMixture() on ${label} agrees with float64 on odd shapes, ${covariance}`, async () => {
      await use();
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            seed: fc.integer({ min: 0, max: 999 }),
            n: fc.integer({ min: 1, max: 70 }),
            d: fc.integer({ min: 1, max: 19 }),
            k: fc.integer({ min: 1, max: 9 }),
          }),
          async (sizes) =>
            await checkProblem(mixtureProblem({ ...sizes, covariance }), covariance, rtol),
        ),
        { seed: 1, numRuns: runs },
      );
    });

    Deno.test(`openMixture() on ${label} takes out offset and unit, ${covariance}`, async () => {
      await use();
      const cases: Partial<MixtureProblemOptions>[] = [
        { unit: 1e-20 },
        { unit: 1e20 },
        { offset: 1e6 },
        { unit: 1e-9, offset: -1e5 },
      ];
      for (const change of cases) {
        const problem = mixtureProblem({ seed: 3, n: 50, d: 5, k: 3, covariance, ...change });
        await checkProblem(problem, covariance, rtol);
      }
    });

    Deno.test(`openMixture() on ${label} gives the same results in a second pass, ${covariance}`, async () => {
      await use();
      const { x, factors } = mixtureProblem({ seed: 5, n: 130, d: 6, k: 4, covariance });
      using session = openMixture(x, covariance);
      const first = structuredClone(await session.step(factors));
      assert.deepEqual(await session.step(factors), first);
    });
  }

  Deno.test(`openMixture() on ${label} keeps its digits when covariances are ill-conditioned`, async () => {
    await use();
    // 1000 in standard deviation is 10⁶ in variance; what float32 loses grows with the first of the two.
    for (const covariance of ["full", "tied"] as const) {
      const problem = mixtureProblem({ seed: 2, n: 300, d: 12, k: 3, covariance, condition: 1000 });
      await checkProblem(problem, covariance, 3e-4);
      using session = openMixture(problem.x, covariance);
      const { logLikelihood } = await session.step(problem.factors);
      const { moments } = plainMixture(problem.x, covariance, problem.factors);
      assertAllClose([logLikelihood], [moments.logLikelihood], { rtol: 1e-5, atol: 1e-3 });
    }
  });

  Deno.test(`openMixture() on ${label} gives a row the same score in any company`, async () => {
    await use();
    const { x, factors } = mixtureProblem({ seed: 8, n: 37, d: 5, k: 3, covariance: "full" });
    const origin = factors.means.slice(0, 5);
    using together = openMixture(x, "full", origin);
    const all = await together.logDensity(factors);
    for (const i of [0, 17, 36]) {
      using alone = openMixture(
        { values: x.values.slice(i * 5, i * 5 + 5), shape: [1, 5] },
        "full",
        origin,
      );
      assertAllClose(await alone.logDensity(factors), [all[i]], { rtol: 2e-7 });
    }
  });

  Deno.test(`openMixture() on ${label} stays finite for rows that no component explains`, async () => {
    await use();
    const { factors } = mixtureProblem({ seed: 8, n: 1, d: 2, k: 3, covariance: "full" });
    const x = { values: new Float64Array([1e25, -1e25, 0, 0]), shape: [2, 2] } as const;
    using session = openMixture(x, "full", new Float64Array(2));
    const density = await session.logDensity(factors);
    assert.ok(density[0] < -1e30 && Number.isFinite(density[0]), `${density[0]}`);
    const responsibilities = await session.responsibilities(factors);
    assert.ok(Math.abs(responsibilities[0] + responsibilities[1] + responsibilities[2] - 1) < 1e-6);
  });

  Deno.test(`openMixture() on ${label} releases its tensors`, async () => {
    await use();
    const { x, factors } = mixtureProblem({ seed: 9, n: 20, d: 3, k: 2, covariance: "tied" });
    await assertNoLeak(async () => {
      using session = openMixture(x, "tied");
      await session.step(factors);
      await session.logDensity(factors);
      await session.responsibilities(factors);
    });
  });
}

for (const covariance of covariances) {
  Deno.test(`openMixture() gives the same bits on one and two threads, and whatever came before, ${covariance}`, async () => {
    // More rows than a block of the kernel, with a remainder; one mixture that moves a little each step.
    const { x, factors } = mixtureProblem({ seed: 6, n: 2111, d: 7, k: 5, covariance });
    const path = [0, 0.001, 0.01, 0.012, 1, 1.0001].map((shift) => ({
      ...factors,
      means: factors.means.map((mean, at) => mean + shift * Math.sin(at)),
      precisionFactors: factors.precisionFactors.map((value) => value * (1 + shift / 3)),
    }));
    const fresh: MixtureMoments[] = [];
    await useBackend("simd", { threads: 1 });
    for (const step of path) {
      using session = openMixture(x, covariance);
      fresh.push(structuredClone(await session.step(step)));
    }
    for (const threads of [1, 2]) {
      await useBackend("simd", { threads });
      using session = openMixture(x, covariance);
      for (const [i, step] of path.entries()) assert.deepEqual(await session.step(step), fresh[i]);
      assert.deepEqual(await session.step(path[0]), fresh[0]);
    }
  });

  Deno.test(`openMixture() on simd agrees with float64 on more rows than a block has, ${covariance}`, async () => {
    await useBackend("simd", { threads: 2 });
    const problem = mixtureProblem({ seed: 7, n: 1300, d: 6, k: 4, covariance });
    await checkProblem(problem, covariance, 3e-6);
  });
}
