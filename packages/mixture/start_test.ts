import assert from "node:assert/strict";
import { kMeans } from "@mixtape/clustering";
import { columnMeans, openMixture, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix } from "@mixtape/tensor-utils/testing";
import { mixtureOf, recorded } from "./fixtures/mixture_of.ts";
import { gaussianMixture } from "./mod.ts";
import { checkOptions, type CopiedOptions } from "./options.ts";
import { startingMixture } from "./start.ts";

await useBackend("cpu");

const x = normalMatrix(6, 30, 2, (i, j) => 3 * (i % 4) * (j + 1));

async function startOf(options: CopiedOptions, restart: number) {
  using session = recorded(openMixture(x, options.covariance ?? "full"));
  const mixture = await startingMixture(x, session, await checkOptions(options, x), restart);
  return { mixture, starts: session.starts };
}

Deno.test("startingMixture() takes moments of given responsibilities about the mean of all rows", async () => {
  const shares = Float32Array.from({ length: 60 }, (_, at) => at % 2 === 0 ? 0.25 : 0.75);
  const init = { responsibilities: { values: shares, shape: [30, 2] } } as const;
  const { mixture, starts } = await startOf({ components: 2, init }, 0);
  const mean = [...columnMeans(x)];
  assert.deepEqual([...starts[0].responsibilities], [...shares]);
  assert.deepEqual([...starts[0].about], [...mean, ...mean]);
  assertAllClose(mixture.parameters.weights, [0.25, 0.75], { rtol: 1e-12 });
});

Deno.test("startingMixture() has responsibilities of 1 for the clusters of k-means, by a seed per restart", async () => {
  const seen = new Set<string>();
  for (const restart of [0, 1, 2]) {
    const { starts } = await startOf({ components: 5, seed: 9 }, restart);
    const seed = random(9).split(restart).integer(2 ** 31);
    using model = await kMeans(x, { clusters: 5, seed });
    const expected = [...model.labels].flatMap((label) =>
      [0, 1, 2, 3, 4].map((c) => Number(c === label))
    );
    assert.deepEqual([...starts[0].responsibilities], expected);
    seen.add(String(expected));
  }
  assert.ok(seen.size > 1);
});

Deno.test("startingMixture() hands its signal on to k-means", async () => {
  const options = { components: 5, signal: AbortSignal.abort() };
  await assert.rejects(startOf(options, 0), { name: "AbortError" });
});

Deno.test("startingMixture() draws random responsibilities for every row, by a stream per restart", async () => {
  for (const restart of [0, 3]) {
    const { starts } = await startOf({ components: 3, init: "random", seed: 4 }, restart);
    const source = random(4).split(restart);
    const drawn = Array.from({ length: 30 }, () => [source.next(), source.next(), source.next()]);
    const expected = drawn.flatMap((row) => row.map((share) => share / (row[0] + row[1] + row[2])));
    assertAllClose(starts[0].responsibilities, expected, { rtol: 1e-12 });
  }
});

Deno.test("startingMixture() regularizes what it computes, and leaves given parameters as they are", async () => {
  const one = { components: 1, regularization: 0.5 };
  const { mixture } = await startOf(one, 0);
  const { mixture: plain } = await startOf({ ...one, regularization: 0 }, 0);
  const expected = plain.parameters.covariances.map((value, at) =>
    value + (at % 3 === 0 ? 0.5 : 0)
  );
  assertAllClose(mixture.parameters.covariances, expected, { rtol: 1e-12 });
  const init = { weights: [1], means: [3, 5], covariances: [4, 1, 1, 2] };
  const { mixture: given, starts } = await startOf({ ...one, init }, 0);
  assert.deepEqual(given, mixtureOf(init, 2));
  assert.deepEqual(starts, []);
});

Deno.test("gaussianMixture() tries a new start in every restart, and keeps the first of the best", async () => {
  const bounds: number[][] = [];
  const options = { components: 5, seed: 9, tolerance: 0, maxIterations: 3 };
  using model = await gaussianMixture(x, {
    ...options,
    restarts: 3,
    onIteration: ({ restart, lowerBound }) => (bounds[restart] ??= []).push(lowerBound),
  });
  assert.equal(bounds.length, 3);
  assert.ok(new Set(bounds.map(([first]) => first)).size > 1);
  const best = bounds.map((history) => history.at(-1)!);
  const kept = best.indexOf(Math.max(...best));
  assert.deepEqual([...model.lowerBoundHistory], bounds[kept]);
  using single = await gaussianMixture(x, options);
  assert.deepEqual([...single.lowerBoundHistory], bounds[0]);
});

Deno.test("gaussianMixture() goes on where one restart collapses, and tells of the first where all do", async () => {
  // Without regularization, one of two groups is a point: no start is possible.
  const values = Float64Array.of(0, 0.5, 1, 2, 70, 70, 70);
  const point = { values, shape: [7, 1] } as const;
  const options = { components: 2, regularization: 0 };
  const single = await gaussianMixture(point, options).catch(({ message }) => message);
  assert.match(single, /component \d has a variance of 0/);
  await assert.rejects(gaussianMixture(point, { ...options, restarts: 3 }), { message: single });
});
