import assert from "node:assert/strict";
import fc from "fast-check";
import type { MixtureMoments } from "@mixtape/operations";
import { mixtureShapes, openMixture } from "../mod.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";
import {
  type MixtureProblem,
  mixtureProblem,
  type MixtureProblemOptions,
} from "../testing/mixture_problem.ts";
import { plainMixture } from "../testing/plain_mixture.ts";
import type { MixtureCovariance } from "./mixture_shapes.ts";

interface Sizes {
  readonly seed: number;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const covariances = Object.keys(mixtureShapes) as MixtureCovariance[];

const anySizes: fc.Arbitrary<Sizes> = fc.record({
  seed: fc.integer({ min: 0, max: 999 }),
  n: fc.integer({ min: 1, max: 70 }),
  d: fc.integer({ min: 1, max: 19 }),
  k: fc.integer({ min: 1, max: 9 }),
});

/** The sizes that are tried on every backend before the random ones. */
const edges: Sizes[] = [
  { seed: 1, n: 1, d: 1, k: 1 },
  { seed: 2, n: 1, d: 5, k: 3 },
  { seed: 3, n: 9, d: 3, k: 9 },
  { seed: 4, n: 40, d: 1, k: 4 },
];

/** The tolerance for rounding to float64, whatever the order of sums. */
const TOLERANCE = 1e-11;

/** Compares every result with float64; moments relative to the spread of the data. */
async function checkProblem(
  problem: MixtureProblem,
  covariance: MixtureCovariance,
  tolerance = TOLERANCE,
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
  const given = await session.moments(expected.responsibilities, factors.means);
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

for (const covariance of covariances) {
  conform("MixtapeMixture", `agrees with float64 on odd shapes, ${covariance}`, async (backend) => {
    const property = fc.asyncProperty(anySizes, async (sizes) => {
      await checkProblem(mixtureProblem({ ...sizes, covariance }), covariance);
    });
    const numRuns = edges.length + backend.cases;
    await fc.assert(property, { seed: 1, numRuns, examples: edges.map((edge) => [edge]) });
  });

  conform("MixtapeMixture", `takes out offset and unit, ${covariance}`, async () => {
    const cases: Partial<MixtureProblemOptions>[] = [
      { unit: 1e-20 },
      { unit: 1e20 },
      { offset: 1e6 },
      { unit: 1e-9, offset: -1e5 },
    ];
    for (const change of cases) {
      const problem = mixtureProblem({ seed: 3, n: 50, d: 5, k: 3, covariance, ...change });
      await checkProblem(problem, covariance);
    }
  });

  conform("MixtapeMixture", `gives the same results in a second pass, ${covariance}`, async () => {
    const { x, factors } = mixtureProblem({ seed: 5, n: 130, d: 6, k: 4, covariance });
    using session = openMixture(x, covariance);
    const first = structuredClone(await session.step(factors));
    assert.deepEqual(await session.step(factors), first);
  });
}

conform("MixtapeMixture", "keeps its digits when covariances are ill-conditioned", async () => {
  for (const covariance of ["full", "tied"] as const) {
    const problem = mixtureProblem({ seed: 2, n: 300, d: 12, k: 3, covariance, condition: 1e5 });
    await checkProblem(problem, covariance, 1e-9);
  }
});

for (const covariance of covariances) {
  conform("MixtapeMixture", `gives a row the same bits in any company, ${covariance}`, async () => {
    const { x, factors } = mixtureProblem({ seed: 8, n: 1037, d: 5, k: 3, covariance });
    const far = { values: Float64Array.from(x.values), shape: x.shape };
    far.values.fill(1e38, 5, 10).fill(-1e200, 15, 20);
    for (const data of [x, far, { values: Float32Array.from(x.values), shape: x.shape }]) {
      using together = openMixture(data, covariance);
      const densities = await together.logDensity(factors);
      const responsibilities = await together.responsibilities(factors);
      for (const i of [0, 1, 2, 3, 17, 511, 512, 1036]) {
        const values = data.values.slice(i * 5, i * 5 + 5);
        using alone = openMixture({ values, shape: [1, 5] }, covariance);
        assert.deepEqual(await alone.logDensity(factors), densities.slice(i, i + 1));
        const own = responsibilities.slice(3 * i, 3 * i + 3);
        assert.deepEqual(await alone.responsibilities(factors), own);
      }
    }
  });

  conform("MixtapeMixture", `places rows that no component explains, ${covariance}`, async () => {
    const { factors } = mixtureProblem({ seed: 8, n: 1, d: 2, k: 3, covariance });
    for (const size of [1e25, 1e150, 1e200, 1e308]) {
      const x = { values: new Float64Array([size, -size, 0, 0]), shape: [2, 2] } as const;
      using session = openMixture(x, covariance);
      const [density] = await session.logDensity(factors);
      if (size > 1e160) assert.equal(density, -Infinity);
      else assert.ok(density < -(size ** 2) / 1e6 && density > -1e6 * size ** 2, `${density}`);
      const part = (await session.responsibilities(factors)).slice(0, 3);
      assert.deepEqual([...part].sort(), sharesOf(part));
    }
  });
}

for (const covariance of covariances) {
  conform(
    "MixtapeMixture",
    `finds the first of the most probable components, ${covariance}`,
    async () => {
      for (const [n, k] of [[1, 1], [1037, 3], [514, 40]]) {
        const { x: { values }, factors } = mixtureProblem({ seed: 4, n, d: 3, k, covariance });
        // The last component is the first one once more, and two rows lie beyond float64.
        const { means, logWeights, precisionFactors } = factors;
        const size = mixtureShapes[covariance].shared ? 0 : precisionFactors.length / k;
        means.copyWithin(means.length - 3, 0, 3);
        logWeights[k - 1] = logWeights[0];
        precisionFactors.copyWithin(size * (k - 1), 0, size);
        const far = Float64Array.from(values);
        if (n > 1) far.fill(1e200, 0, 3).fill(-1e180, 3 * n - 3);
        for (const data of [Float32Array.from(values), far]) {
          using session = openMixture({ values: data, shape: [n, 3] }, covariance);
          const found = await session.mostProbable?.(factors);
          if (!found) return;
          const shares = await session.responsibilities(factors);
          const expected = Int32Array.from({ length: n }, (_, i) => {
            const own = shares.subarray(i * k, (i + 1) * k);
            return own.indexOf(Math.max(...own));
          });
          assert.deepEqual(found, expected);
        }
      }
    },
  );
}

/** All of a row with one component, or as much with each that ties. */
function sharesOf(part: Float64Array): number[] {
  const nearest = part.filter((value) => value > 0).length;
  return Array.from({ length: part.length }, (_, c) => c < part.length - nearest ? 0 : 1 / nearest);
}

conform("MixtapeMixture", "releases its tensors", async () => {
  const { x, factors } = mixtureProblem({ seed: 9, n: 20, d: 3, k: 2, covariance: "tied" });
  await assertNoLeak(async () => {
    using session = openMixture(x, "tied");
    await session.step(factors);
    await session.logDensity(factors);
    await session.responsibilities(factors);
  });
});

conform(
  "MixtapeMixture",
  "agrees with float64 on wide data with tied covariances",
  async () => {
    const problem = mixtureProblem({ seed: 4, n: 90, d: 66, k: 3, covariance: "tied" });
    await checkProblem(problem, "tied");
  },
);

for (const covariance of covariances) {
  conform(
    "MixtapeMixture",
    `takes responsibilities of any kind of numbers, ${covariance}`,
    async () => {
      for (const d of [2, 5]) {
        const { x, factors } = mixtureProblem({ seed: 9, n: 523, d, k: 3, covariance });
        using session = openMixture(x, covariance);
        const numbers = Array.from({ length: 3 * 523 }, (_, at) => at * at % 5 >> 1);
        const expected = structuredClone(
          await session.moments(Float64Array.from(numbers), factors.means),
        );
        for (const kind of [Float32Array, Uint8Array]) {
          assert.deepEqual(await session.moments(kind.from(numbers), factors.means), expected);
        }
      }
    },
  );

  // More rows than a block of the kernel, with a remainder; one mixture that moves a little each step.
  const { x, factors } = mixtureProblem({ seed: 6, n: 2111, d: 7, k: 5, covariance });
  const path = [0, 0.001, 0.01, 0.012, 1, 1.0001].map((shift) => ({
    ...factors,
    means: factors.means.map((mean, at) => mean + shift * Math.sin(at)),
    precisionFactors: factors.precisionFactors.map((value) => value * (1 + shift / 3)),
  }));

  conformThreads("MixtapeMixture", async () => {
    using session = openMixture(x, covariance);
    const steps: MixtureMoments[] = [];
    for (const step of path) steps.push(structuredClone(await session.step(step)));
    const responsibilities = await session.responsibilities(factors);
    const moments = await session.moments(responsibilities, factors.means);
    return { steps, responsibilities, moments, density: await session.logDensity(factors) };
  }, covariance);

  conform(
    "MixtapeMixture",
    `gives a step the same bits whatever came before, ${covariance}`,
    async () => {
      using session = openMixture(x, covariance);
      for (const step of [...path, path[0]]) {
        const after = structuredClone(await session.step(step));
        using fresh = openMixture(x, covariance);
        assert.deepEqual(after, await fresh.step(step));
      }
    },
  );

  conform(
    "MixtapeMixture",
    `agrees with float64 on more rows than a block has, ${covariance}`,
    async () => {
      await checkProblem(mixtureProblem({ seed: 7, n: 1300, d: 6, k: 4, covariance }), covariance);
      // Around the numbers of rows that the kernel gathers, and works on, at once.
      for (const [n, d, k] of [[127, 4, 1], [128, 3, 2], [129, 5, 1], [512, 2, 3], [513, 8, 2]]) {
        await checkProblem(mixtureProblem({ seed: n, n, d, k, covariance }), covariance);
      }
    },
  );
}
