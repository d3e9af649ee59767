import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import { source, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { batchStep } from "../../testing/batch_step.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { openBatchMeans } from "../batch_means.ts";
import * as structures from "./structures.ts";

withoutTurns();

guardMemory();

const [one, three] = [1, 3].map((threads) => {
  return new SimdRuntime({ threads, shared: true, relaxed: true });
});

const problem = fc.record({
  d: fc.constantFrom(5, 33, 70),
  k: fc.constantFrom(2, 16, 47, 48, 61),
  kind: fc.constantFrom("dense", "sparse", "wide", "huge"),
  weighted: fc.boolean(),
  seed: fc.nat(10_000),
});

Deno.test("openBatchMeans() property: a step depends on no former one, nor on threads, bit by bit", () => {
  fc.assert(
    fc.property(problem, ({ d, k, kind, weighted, seed }) => {
      const n = 150;
      const next = source(seed);
      const numbers = Float64Array.from({ length: n * d }, () => {
        const value = kind === "sparse" && next() < 0.9 ? 0 : 4 * next() - 2;
        return kind === "huge" ? 1e30 * value : value;
      });
      const values = kind === "wide" ? numbers : Float32Array.from(numbers);
      const x: HostMatrix = { values, shape: [n, d] };
      const sampleWeight = weighted ? Float64Array.from({ length: n }, next) : undefined;
      const open = (runtime: SimdRuntime) =>
        openBatchMeans({ inputs: {}, attrs: { x, sampleWeight }, backend: { runtime } });
      using session = open(three);
      const centroids = Float64Array.from({ length: k * d }, (_, at) => values[at]);
      const seen = new Float64Array(k);
      // The larger batches are worth more than one thread.
      for (const size of [2 * k, Math.ceil(2 ** 21 / (d * k))]) {
        let fresh = { centroids: centroids.slice(), seen: seen.slice() };
        let steps = 0;
        now(session.steps(centroids, seen, {
          size,
          draw: () => Uint32Array.from({ length: size }, () => Math.floor(n * next())),
          after(rows, inertia) {
            using other = open(one);
            const expected = now(batchStep(other, rows, fresh.centroids, fresh.seen));
            assert.equal(inertia, expected, `step ${steps}`);
            assert.deepEqual({ centroids, seen }, fresh, `step ${steps}`);
            if (++steps === 4) return "end";
            if (steps === 2) return "unchanged";
            // As a caller moves a centroid that has seen few rows.
            const [from, to] = [Math.floor(n * next()), Math.floor(k * next())];
            centroids.set(values.subarray(from * d, from * d + d), to * d);
            fresh = { centroids: centroids.slice(), seen: seen.slice() };
            return "changed";
          },
        }));
        assert.equal(steps, 4);
      }
    }),
    { seed: testSeed(), numRuns: 20 },
  );
});

Deno.test("MixtapeBatchMeans leaves the centroids placed that it moves, and places those again that its caller may have changed", () => {
  const [n, d, k] = [400, 33, 50];
  const next = source(1);
  const values = Float32Array.from({ length: n * d }, next);
  const x: HostMatrix = { values, shape: [n, d] };
  using session = openBatchMeans({ inputs: {}, attrs: { x }, backend: { runtime: one } });
  const centroids = Float64Array.from(values.subarray(0, k * d));
  const seen = new Float64Array(k);
  const names: string[] = [];
  const { run } = one;
  one.run = function (module, name, ...rest) {
    if (name.startsWith("place")) names.push(name);
    return run.call(this, module, name, ...rest);
  };
  try {
    const rows = Uint32Array.from({ length: n }, (_, i) => i);
    const told = ["unchanged", "changed", "unchanged", "end"] as const;
    for (let call = 0; call < 2; call++) {
      let step = 0;
      const after = () => told[step++];
      now(session.steps(centroids, seen, { size: n, draw: () => rows, after }));
    }
  } finally {
    one.run = run;
  }
  assert.deepEqual(names, ["placeCentroids", "placeChanged", "placeChanged", "placeChanged"]);
});

Deno.test("MixtapeBatchMeans places centroids in all forms again once 8-bit integers leave rows open", () => {
  const [n, d, k] = [600, 40, 48];
  const next = source(testSeed());
  const values = Float32Array.from({ length: n * d }, () => 4 * next() - 2);
  const x: HostMatrix = { values, shape: [n, d] };
  const open = () => openBatchMeans({ inputs: {}, attrs: { x }, backend: { runtime: one } });
  // True for each step whose centroids have panels.
  const forms: boolean[] = [];
  const panels = Object.keys(structures.data).length +
    Object.keys(structures.centroids).indexOf("panels");
  const { run } = one;
  one.run = function (module, name, args, ...rest) {
    if (name === "labelBatch") forms.push(args[panels] > 0);
    return run.call(this, module, name, args, ...rest);
  };
  try {
    using session = open();
    const centroids = Float64Array.from(values.subarray(0, k * d));
    const seen = new Float64Array(k);
    let fresh = { centroids: centroids.slice(), seen: seen.slice() };
    let step = 0;
    const told: boolean[] = [];
    now(session.steps(centroids, seen, {
      size: 3 * k,
      draw: () => Uint32Array.from({ length: 3 * k }, () => Math.floor(n * next())),
      after(rows, inertia) {
        told.push(forms.at(-1)!);
        using other = open();
        assert.equal(inertia, now(batchStep(other, rows, fresh.centroids, fresh.seen)));
        assert.deepEqual({ centroids, seen }, fresh, `step ${step}`);
        // From the third on, all are next to each other, so that bounds rule out none.
        if (++step === 3) {
          for (let i = 0; i < k * d; i++) centroids[i] = values[i % d] + 1e-5 * next();
        }
        if (step === 3) seen.fill(1e9);
        fresh = { centroids: centroids.slice(), seen: seen.slice() };
        return step === 6 ? "end" : step === 3 ? "changed" : "unchanged";
      },
    }));
    assert.deepEqual(told, [true, false, false, false, true, true]);
  } finally {
    one.run = run;
  }
});
