import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { observedCentroids } from "./fixtures/observed_centroids.ts";
import { missingEntries } from "./missing_entries.ts";
import { nearestObserved } from "./observed_distance.ts";
import { openObservedLloyd } from "./observed_lloyd.ts";

await useBackend("cpu");

/** Rows of which entries are missing at random, and in row 2 all. */
function holed(seed: number, n: number, d: number, kind: "bytes" | "float32" | "float64") {
  const source = random(seed);
  const mask = Uint8Array.from(
    { length: n * d },
    (_, i) => Number(Math.floor(i / d) === 2 || source.next() < 0.4),
  );
  const draw = () => 40 + 20 * source.integer(4) + 3 * source.normal();
  const numbers = Array.from({ length: n * d }, draw);
  const Values = { bytes: Uint8Array, float32: Float32Array, float64: Float64Array }[kind];
  const x: HostMatrix = { values: Values.from(numbers), shape: [n, d] };
  return missingEntries(x, mask);
}

/** Squared distance of a row to a centroid over its observed entries. */
function plainDistance(row: number[], hidden: boolean[], centroid: number[]): number {
  return row.reduce((sum, value, p) => hidden[p] ? sum : sum + (value - centroid[p]) ** 2, 0);
}

Deno.test("openObservedLloyd() property: labels, means, inertia and distances are those of observed entries, step by step", async () => {
  const problem = fc.record({
    seed: fc.nat({ max: 1e6 }),
    n: fc.integer({ min: 8, max: 30 }),
    d: fc.integer({ min: 1, max: 4 }),
    k: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom("bytes" as const, "float32" as const, "float64" as const),
  });
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, n, d, k, kind }) => {
      const entries = await holed(seed, n, d, kind);
      const source = random(seed + 1);
      using session = await openObservedLloyd(entries);
      // Rows that show nothing are as near to every centroid, and stay with the first.
      const begin = Int32Array.from(
        { length: n },
        (_, i) => entries.missing.subarray(i * d, i * d + d).includes(0) ? -1 : 0,
      );
      let previous = begin;
      for (let step = 0; step < 4; step++) {
        if (step === 3) {
          session.reset();
          previous = begin;
        }
        const centroids = Float64Array.from({ length: k * d }, () => 30 + 100 * source.next());
        const { labels, sums, counts, inertia, changed } = await session.step(centroids);
        const rows = Array.from(
          { length: n },
          (_, i) => [...entries.x.values.slice(i * d, i * d + d)],
        );
        const best = rows.map((row, i) => {
          const hidden = Array.from(entries.missing.subarray(i * d, i * d + d), Boolean);
          const all = Array.from(
            { length: k },
            (_, j) => plainDistance(row, hidden, [...centroids.slice(j * d, j * d + d)]),
          );
          const nearest = Math.min(...all);
          return { nearest, label: all.indexOf(nearest), isHidden: hidden.every(Boolean) };
        });
        best.forEach(({ label, isHidden }, i) => {
          if (!isHidden) assert.equal(labels[i], label, `step ${step}, row ${i}`);
        });
        assert.equal(labels[2], 0);
        assert.deepEqual(labels, await nearestObserved(entries, centroids));
        const total = best.reduce((sum, { nearest }) => sum + nearest, 0);
        assertAllClose([inertia], [total], { rtol: 1e-6 });
        assertAllClose(await session.distances(), best.map(({ nearest }) => nearest), {
          rtol: 1e-12,
        });
        const wasChanged = labels.filter((label, i) => label !== previous[i]).length;
        const sizes = Array.from(counts, (_, j) => labels.filter((label) => label === j).length);
        if (!sizes.includes(0)) {
          assert.deepEqual([...counts], sizes);
          const means = sums.map((sum, at) => sum / counts[Math.floor(at / d)]);
          assertAllClose(means, observedCentroids(entries, labels, centroids), { rtol: 1e-5 });
          assert.equal(changed, wasChanged);
        }
        previous = labels.slice();
      }
    }),
    { seed: testSeed(), numRuns: 60 },
  );
});

Deno.test("openObservedLloyd() leaves a coordinate that a cluster's rows do not show where it is", async () => {
  const values = Float64Array.of(1, NaN, 3, NaN, 10, 7, 12, 9);
  const entries = await missingEntries({ values, shape: [4, 2] });
  using session = await openObservedLloyd(entries);
  const { sums, counts } = await session.step(Float64Array.of(2, 5, 11, 9));
  assert.deepEqual([...counts], [2, 2]);
  assertAllClose(sums, [4, 10, 22, 16], { rtol: 1e-12 });
});

Deno.test("openObservedLloyd() gives an empty cluster the row farthest in what it shows, and has it go on", async () => {
  const values = Float64Array.of(0, NaN, 1, 1, 2, 50, NaN, 30);
  const entries = await missingEntries({ values, shape: [4, 2] });
  using session = await openObservedLloyd(entries);
  const centroids = Float64Array.of(1, 1, 1e3, 1e3);
  const first = await session.step(centroids);
  assert.deepEqual([...first.counts], [3, 1]);
  assertAllClose(first.sums.slice(2), [2, 50], { rtol: 1e-9 });
  // Means of the others: 0 and 1, 1 and 30, three times each.
  assertAllClose(first.sums.slice(0, 2), [1.5, 46.5], { rtol: 1e-9 });
  assert.equal(first.changed, 4);
  const second = await session.step(centroids);
  assert.equal(second.changed, 1, "a relocated row has yet to change its label");
});
