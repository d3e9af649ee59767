import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import {
  assertAllClose,
  meansOf,
  plainStep,
  source,
  testSeed,
} from "@mixtape/tensor-utils/testing";
import { batchStep } from "../testing/batch_step.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";
import { SimdRuntime } from "../runtime.ts";
import { openBatchMeans } from "./batch_means.ts";
import { nearest, openLloyd } from "./lloyd.ts";
import { losses } from "./lloyd/loss_structures.ts";
import { workspace } from "./lloyd/structures.ts";

withoutTurns();

guardMemory();

const runtimes = [true, false].map((relaxed) => {
  return new SimdRuntime({ threads: 1, shared: true, relaxed });
});

/** Rows that integers tell apart well, or hardly. */
const kinds = {
  "blobs": (value: number) => value,
  "huge": (value: number) => 1e30 * value,
  "tiny": (value: number) => 1e-30 * value,
  "far from 0": (value: number) => value + 20,
  "very far from 0": (value: number) => value + 3000,
  "one huge column": (value: number, _: number, p: number) => p === 3 ? 1e4 * value : value,
  "a column of two huge numbers": (value: number, i: number, p: number) =>
    p === 3 ? 1e6 * (-1) ** i : value,
  "outliers": (value: number, i: number) => i % 50 === 7 ? 1e5 * value : value,
  "small rows": (value: number, i: number) => i % 5 === 1 ? 1e-42 * value : value,
  "equal rows": (_: number, i: number, p: number) => Math.sin(1 + i % 3 + p),
  "few numbers": (value: number) => Math.round(value),
};

type Kind = keyof typeof kinds;

const problem = fc.record({
  n: fc.constantFrom(1, 39, 66, 150),
  d: fc.constantFrom(31, 32, 33, 39, 47, 68, 96, 517),
  k: fc.constantFrom(31, 32, 33, 41, 100, 256, 259),
  kind: fc.constantFrom(...Object.keys(kinds) as Kind[]),
  wide: fc.boolean(),
  apart: fc.constantFrom(0, 1e-9, 1e-5, 1e-3, 0.3),
  seed: fc.nat(10_000),
});

function rowsOf(n: number, d: number, kind: Kind, wide: boolean, next: () => number): HostMatrix {
  const centres = Float64Array.from({ length: 7 * d }, () => 4 * next() - 2);
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    const [i, p] = [Math.floor(at / d), at % d];
    return kinds[kind](centres[i % 7 * d + p] + next() - 0.5, i, p);
  });
  return { values: wide ? values : Float32Array.from(values), shape: [n, d] };
}

/** Takes rows as centroids, every second one close to the one before. */
function centroidsOf(
  { values, shape: [n, d] }: HostMatrix,
  k: number,
  apart: number,
  next: () => number,
) {
  const centroids = new Float64Array(k * d);
  for (let j = 0; j < k; j++) {
    const row = Math.floor(n * next());
    for (let p = 0; p < d; p++) {
      const near = centroids[(j - 1) * d + p];
      centroids[j * d + p] = j % 2 ? near * (1 + apart * (next() - 0.5)) : values[row * d + p];
    }
  }
  return centroids;
}

Deno.test("products of 8-bit and 16-bit integers property: labels are those of float64, however close centroids are", () => {
  fc.assert(
    fc.property(problem, ({ n, d, k, kind, wide, apart, seed }) => {
      const next = source(seed);
      const x = rowsOf(n, d, kind, wide, next);
      const extent = Float64Array.from(x.values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      const start = centroidsOf(x, k, apart, next);
      const rows = Uint32Array.from({ length: 2 * n }, () => Math.floor(n * next()));
      const batch = {
        values: Float64Array.from(
          [...rows].flatMap((i) => [...x.values.subarray(i * d, i * d + d)]),
        ),
        shape: [2 * n, d] as const,
      };
      for (const runtime of runtimes) {
        const backend = { runtime };
        using session = openLloyd({ inputs: {}, attrs: { x }, backend });
        let centroids: Float64Array = start;
        for (let step = 0; step < 4; step++) {
          const expected = plainStep(x, centroids);
          const { labels } = now(session.step(centroids));
          assert.deepEqual(Int32Array.from(labels), expected.labels, `step ${step}`);
          const found = now(nearest({ inputs: {}, attrs: { x, centroids, k }, backend }));
          assert.deepEqual(found.labels, expected.labels, `nearest at step ${step}`);
          centroids = meansOf(expected.sums, expected.counts, centroids);
        }
        using means = openBatchMeans({ inputs: {}, attrs: { x }, backend });
        const moved = start.slice();
        const seen = new Float64Array(k);
        const inertia = now(batchStep(means, rows, moved, seen));
        const { sums, counts, inertia: expected } = plainStep(batch, start);
        assert.deepEqual(seen, counts, "batch");
        assertAllClose(moved, meansOf(sums, counts, start), { rtol: 1e-9, atol: 1e-13 * extent });
        assertAllClose([inertia], [expected], { rtol: 1e-9, atol: 1e-300 });
      }
    }),
    { seed: testSeed() + 1, numRuns: 40 },
  );
});

Deno.test("MixtapeLloyd bounds products by integers until these decide less than half of the rows", () => {
  const [n, d] = [2000, 64];
  for (const k of [32, 256]) {
    for (
      const [kind, expected] of [["blobs", [1, 1, 1]], ["a column of two huge numbers", [
        1,
        0,
        0,
      ]]] as const
    ) {
      const [runtime] = runtimes;
      const x = rowsOf(n, d, kind, false, source(3));
      const start = Float64Array.from(x.values.subarray(0, k * d));
      using session = openLloyd({ inputs: {}, attrs: { x }, backend: { runtime } });
      const screens = [0, 1, 2].map((step) => {
        const centroids = start.map((value) => value * (1 + step / 10));
        return screensOf(runtime, () => now(session.step(centroids)));
      });
      assert.deepEqual(screens, expected, `${kind}, ${k} centroids`);
    }
  }
});

/** Returns the argument `screens` of the job that assigns rows while a step is made. */
function screensOf(runtime: SimdRuntime, step: () => void): number | undefined {
  const { runInPieces } = SimdRuntime.prototype;
  const behind = Object.keys({ ...workspace, ...losses }).length;
  let screens: number | undefined;
  Object.assign(runtime, {
    runInPieces(...given: Parameters<SimdRuntime["runInPieces"]>) {
      const [, job, args] = given;
      // The last argument of the step, before those of the workspace and the losses.
      if (String(job) === "assign") screens = args.at(-1 - behind);
      return runInPieces.apply(runtime, given);
    },
  });
  try {
    step();
  } finally {
    Reflect.deleteProperty(runtime, "runInPieces");
  }
  return screens;
}
