import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type HostMatrix,
  random,
  squaredDistance,
  takeRows,
  useBackend,
} from "@mixtape/tensor-utils";
import { normalMatrix, testSeed } from "@mixtape/tensor-utils/testing";
import { chooseStarts } from "./choose_starts.ts";
import { checkKMeansOptions } from "./kmeans_options.ts";
import { plusPlusStarts } from "./plus_plus_start.ts";
import { randomStart } from "./start_centroids.ts";

await useBackend("cpu");

/** Greedy k-means++ by its definition: draws from the weights times squared distances, one list at a time. */
function plainPlusPlus(x: HostMatrix, clusters: number, seed: number, weights: number[]): number[] {
  const source = random(seed);
  const d = x.shape[1];
  const chosen: number[] = [];
  const closest = (row: number, rows: readonly number[]) =>
    Math.min(...rows.map((other) => squaredDistance(x, row, x, other)));
  const draw = (shares: readonly number[]) => {
    let left = source.next() * shares.reduce((sum, share) => sum + share, 0);
    return shares.findIndex((share) => (left -= share) < 0);
  };
  while (chosen.length < clusters) {
    const shares = weights.map((weight, row) =>
      chosen.length === 0 ? weight : weight * closest(row, chosen)
    );
    const isSpent = shares.every((share) => share === 0);
    const trials = chosen.length === 0 ? 1 : 2 + Math.floor(Math.log(clusters));
    const drawn = Array.from({ length: trials }, () => draw(isSpent ? weights : shares));
    const left = drawn.map((row) =>
      weights.reduce((sum, weight, i) => sum + weight * closest(i, [...chosen, row]), 0)
    );
    chosen.push(drawn[left.indexOf(Math.min(...left))]);
  }
  return chosen.flatMap((row) => [...x.values.slice(row * d, row * d + d)]);
}

Deno.test("plusPlusStarts() property: chooses the rows that greedy k-means++ does, with and without weights", async (t) => {
  const problem = fc.record({
    seed: fc.nat({ max: 1e6 }),
    rows: fc.integer({ min: 4, max: 9 }),
    d: fc.integer({ min: 1, max: 6 }),
    // 3 trials from 3 clusters on, 4 from 8.
    clusters: fc.integer({ min: 1, max: 8 }),
    isWeighted: fc.boolean(),
  });
  for (const name of ["cpu", "simd"] as const) {
    await t.step(name, async () => {
      await useBackend(name);
      await fc.assert(
        fc.asyncProperty(problem, async ({ seed, rows, d, clusters, isWeighted }) => {
          // Row r comes r + 1 times: some distances are 0, there may be fewer rows than clusters, and no
          // two rows are equally good, since potentials are accurate to float32 alone.
          const different = normalMatrix(seed, rows, d, (i) => i % 3);
          const x = takeRows(
            different,
            Array.from({ length: rows }, (_, r) => Array(r + 1).fill(r)).flat(),
          );
          const n = x.shape[0];
          const weights = Array.from(
            { length: n },
            (_, i) => isWeighted ? i % 3 * (1 + i / 97) : 1,
          );
          const sampleWeight = isWeighted ? Float64Array.from(weights) : undefined;
          const sources = [random(seed), random(seed + 1)];
          const starts = await plusPlusStarts(x, clusters, sources, { sampleWeight });
          starts.forEach((start, i) =>
            assert.deepEqual([...start], plainPlusPlus(x, clusters, seed + i, weights))
          );
        }),
        { seed: testSeed(), numRuns: 60 },
      );
    });
  }
  await useBackend("cpu");
});

Deno.test("chooseStarts() stops drawing when its signal is aborted", async () => {
  const x = normalMatrix(3, 30, 2);
  const options = checkKMeansOptions(x, { clusters: 3, signal: AbortSignal.abort() });
  await assert.rejects(chooseStarts(x, options), { name: "AbortError" });
});

Deno.test("chooseStarts() gives every restart a stream of its own of the seed", async () => {
  const x = normalMatrix(3, 30, 2);
  for (const init of ["random", "k-means++"] as const) {
    const options = checkKMeansOptions(x, { clusters: 3, init, restarts: 3, seed: 8 });
    const starts = await chooseStarts(x, options);
    const sources = [0, 1, 2].map((restart) => random(8).split(restart));
    const expected = init === "random"
      ? await Promise.all(sources.map((source) => randomStart(x, 3, source)))
      : await plusPlusStarts(x, 3, sources, {});
    assert.deepEqual(starts, expected);
    assert.equal(new Set(starts.map(String)).size, 3);
  }
});
