import assert from "node:assert/strict";
import fc from "fast-check";
import type { AfterStep, HostMatrix } from "@mixtape/operations";
import { source, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { batchStep } from "../../testing/batch_step.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { openBatchMeans } from "../batch_means.ts";

withoutTurns();

guardMemory();

const runtimes = [1, 2].map((threads) => {
  return new SimdRuntime({ threads, shared: true, relaxed: threads === 1, worthWaking: 0 });
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
  steps: fc.integer({ min: 1, max: 12 }),
  seed: fc.nat(10_000),
});

/** Centroids, what they have seen, and the inertia of each step so far. */
interface Run {
  readonly centroids: Float64Array;
  readonly seen: Float64Array;
  readonly inertias: number[];
}

/** Changes centroids and what they have seen, as a caller may between steps. */
function change({ centroids, seen }: Run, next: () => number): AfterStep {
  const k = seen.length;
  const d = centroids.length / k;
  const [from, to] = [Math.floor(k * next()), Math.floor(k * next())];
  const kind = next();
  if (kind < 0.1) centroids.copyWithin(to * d, from * d, from * d + d);
  else if (kind < 0.2) centroids.fill(1e100, to * d, to * d + d);
  else if (kind < 0.25) centroids.fill(0, to * d, to * d + d);
  else if (kind < 0.5) seen[to] += 3;
  return kind < 0.5 ? "changed" : "unchanged";
}

Deno.test("openBatchMeans() property: steps with batches of few columns depend neither on the job that makes them nor on what their caller does between them", async () => {
  let [moved, ended] = [0, 0];
  await fc.assert(
    fc.property(problem, ({ d, k, size, kind, wide, steps, seed }) => {
      const n = 80;
      const next = source(seed);
      const numbers = Float64Array.from({ length: n * d }, () => kinds[kind](4 * next() - 2));
      const values = wide ? numbers : Float32Array.from(numbers);
      const x: HostMatrix = { values, shape: [n, d] };
      // The last row weighs nothing: a batch that ends with it many times differs in its length alone.
      const sampleWeight = Float64Array.from({ length: n }, (_, i) => i + 1 < n ? next() : 0);
      const batches = Array.from({ length: steps }, () => {
        return Uint32Array.from({ length: size }, () => Math.floor(next() * (n - 1)));
      });
      const start = Float64Array.from({ length: k * d }, (_, at) => {
        return values[at % (n * d)] + (next() < 0.3 ? 0 : kinds[kind](next()) - kinds[kind](0));
      });
      // Some calls end before the last batch.
      const last = Math.ceil(steps * Math.min(1, 1.5 * next()));
      const begin = (): Run => ({
        centroids: start.slice(),
        seen: Float64Array.from({ length: k }, (_, j) => j % 3),
        inertias: [],
      });
      for (const runtime of runtimes) {
        const attrs = { x, sampleWeight };
        const [one, shared] = [begin(), begin()];
        const [nextOne, nextShared] = [source(seed + 1), source(seed + 1)];
        using session = openBatchMeans({ inputs: {}, attrs, backend: { runtime } });
        let drawn = 0;
        now(session.steps(one.centroids, one.seen, {
          size,
          draw: () => batches[drawn++],
          after(rows, inertia) {
            assert.equal(rows, batches[one.inertias.length]);
            one.inertias.push(inertia);
            const told = change(one, nextOne);
            return one.inertias.length < last ? told : "end";
          },
        }));
        using other = openBatchMeans({ inputs: {}, attrs, backend: { runtime } });
        for (const batch of batches.slice(0, last)) {
          const rows = new Uint32Array(Math.ceil(2 ** 21 / (d * k))).fill(n - 1);
          rows.set(batch);
          shared.inertias.push(now(batchStep(other, rows, shared.centroids, shared.seen)));
          change(shared, nextShared);
        }
        assert.deepEqual(one, shared);
        if (one.centroids.some((value, at) => value !== start[at])) moved++;
        if (last < steps) ended++;
      }
    }),
    { seed: testSeed(), numRuns: 25 },
  );
  assert.ok(Math.min(moved, ended) > 0);
});

/** Makes steps with batches of 8 rows; returns the work of the jobs, and how many batches were drawn ahead of steps. */
function makeSteps(steps: number, k: number, told: AfterStep) {
  const [n, d, size] = [4 * k, 2, 8];
  const next = source(3);
  const values = Float32Array.from({ length: n * d }, next);
  const [runtime] = runtimes;
  let [work, drawn, made, ahead] = [0, 0, 0, 0];
  const { run } = runtime;
  runtime.run = function (module, name, args, blocks, options) {
    work += options?.multiplyAdds ?? 0;
    run.call(runtime, module, name, args, blocks, options);
  };
  try {
    const attrs = { x: { values, shape: [n, d] } } as const;
    using session = openBatchMeans({ inputs: {}, attrs, backend: { runtime } });
    now(session.steps(Float64Array.from(values.subarray(0, k * d)), new Float64Array(k), {
      size,
      draw() {
        drawn++;
        return Uint32Array.from({ length: size }, () => Math.floor(n * next()));
      },
      after() {
        ahead = Math.max(ahead, drawn - made++);
        return made === steps ? "end" : told;
      },
    }));
  } finally {
    runtime.run = run;
  }
  return { work, ahead };
}

Deno.test("openBatchMeans() makes few steps in vain for a caller who changes centroids after each", () => {
  const [changed, unchanged] = (["changed", "unchanged"] as const).map((told) => {
    return makeSteps(3000, 16, told);
  });
  assert.ok(changed.work < 3 * unchanged.work, `${changed.work} and ${unchanged.work}`);
});

Deno.test("openBatchMeans() makes fewer steps at a time where there are many centroids", () => {
  const [few, many] = [16, 5000].map((k) => makeSteps(3000, k, "unchanged").ahead);
  assert.ok(few > 1000 && many < 200, `${few} and ${many} batches ahead`);
});
