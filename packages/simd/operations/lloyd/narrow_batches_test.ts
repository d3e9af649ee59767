import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import { source, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { openBatchMeans } from "../batch_means.ts";

withoutTurns();

guardMemory();

const runtimes = [true, false].map((relaxed) => {
  return new SimdRuntime({ threads: 1, shared: true, relaxed });
});

/** Rows that float32 tells apart, or hardly, or not at all. */
const kinds = {
  "blobs": (value: number) => value,
  "huge": (value: number) => 1e30 * value,
  "tiny": (value: number) => 1e-30 * value,
  "far from 0": (value: number) => value + 3000,
  "few numbers": (value: number) => Math.round(value),
};

const problem = fc.record({
  d: fc.integer({ min: 1, max: 4 }),
  k: fc.constantFrom(1, 2, 5, 16, 33),
  size: fc.constantFrom(1, 3, 255, 256, 300),
  kind: fc.constantFrom(...Object.keys(kinds) as (keyof typeof kinds)[]),
  wide: fc.boolean(),
  seed: fc.nat(10_000),
});

Deno.test("openBatchMeans() property: moves centroids alike whether a batch of few columns is done at once or shared", async () => {
  let moved = 0;
  await fc.assert(
    fc.property(problem, ({ d, k, size, kind, wide, seed }) => {
      const n = 80;
      const next = source(seed);
      const numbers = Float64Array.from({ length: n * d }, () => kinds[kind](4 * next() - 2));
      const values = wide ? numbers : Float32Array.from(numbers);
      const x: HostMatrix = { values, shape: [n, d] };
      // The last row weighs nothing: a batch that ends with it many times differs in its length alone.
      const sampleWeight = Float64Array.from({ length: n }, (_, i) => i + 1 < n ? next() : 0);
      const rows = Uint32Array.from({ length: size }, () => Math.floor(next() * (n - 1)));
      const shared = new Uint32Array(Math.ceil(2 ** 21 / (d * k))).fill(n - 1);
      shared.set(rows);
      const start = Float64Array.from({ length: k * d }, (_, at) => {
        return values[at % (n * d)] + (next() < 0.3 ? 0 : kinds[kind](next()) - kinds[kind](0));
      });
      for (const runtime of runtimes) {
        const [one, other] = [rows, shared].map((batch) => {
          const centroids = start.slice();
          const seen = Float64Array.from({ length: k }, (_, j) => j % 3);
          using session = openBatchMeans({
            inputs: {},
            attrs: { x, sampleWeight },
            backend: { runtime },
          });
          const inertias = [0, 1].map(() => now(session.step(batch, centroids, seen)));
          return { centroids, seen, inertias };
        });
        assert.deepEqual(one, other);
        if (one.centroids.some((value, at) => value !== start[at])) moved++;
      }
    }),
    { seed: testSeed(), numRuns: 40 },
  );
  assert.ok(moved > 0);
});
