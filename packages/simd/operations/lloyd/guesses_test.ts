import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import { assertAllClose, plainStep, source, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { batchStep } from "../../testing/batch_step.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { atOnce } from "../../turns.ts";
import { openBatchMeans } from "../batch_means.ts";
import { nearest } from "../lloyd.ts";
import { holdData } from "./shared_data.ts";

withoutTurns();

guardMemory();

const runtimes = [true, false].map((relaxed) => {
  return new SimdRuntime({ threads: 1, shared: true, relaxed });
});

/** Rows around centres that lie far from each other, or hardly apart. */
const kinds = {
  "apart": (centre: number, noise: number) => 9 * centre + noise,
  "close": (centre: number, noise: number) => centre + noise,
  "huge": (centre: number, noise: number) => 1e30 * (9 * centre + noise),
  "tiny": (centre: number, noise: number) => 1e-30 * (9 * centre + noise),
  "far from 0": (centre: number, noise: number) => 3000 + 9 * centre + noise,
  "few numbers": (centre: number, noise: number) => Math.round(2 * centre + noise),
};

const problem = fc.record({
  d: fc.constantFrom(5, 8, 33, 70),
  k: fc.constantFrom(16, 17, 33, 40),
  kind: fc.constantFrom(...Object.keys(kinds) as (keyof typeof kinds)[]),
  wide: fc.boolean(),
  seed: fc.nat(10_000),
});

function rowsOf(
  n: number,
  d: number,
  { kind, wide, seed }: { kind: keyof typeof kinds; wide: boolean; seed: number },
): HostMatrix {
  const next = source(seed);
  const centres = Float64Array.from({ length: 12 * d }, () => 2 * next() - 1);
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    return kinds[kind](centres[Math.floor(at / d) % 12 * d + at % d], next() - 0.5);
  });
  return { values: wide ? values : Float32Array.from(values), shape: [n, d] };
}

/** Names of the jobs that work ran. */
function jobsOf(runtime: SimdRuntime, work: () => void): string[] {
  const names: string[] = [];
  const { run } = runtime;
  runtime.run = function (module, name, ...rest) {
    names.push(name);
    return run.call(this, module, name, ...rest);
  };
  try {
    work();
  } finally {
    runtime.run = run;
  }
  return names;
}

Deno.test("openBatchMeans() property: labels that begin with guesses are those of float64, wherever centroids go", () => {
  fc.assert(
    fc.property(problem, ({ d, k, ...given }) => {
      const n = 150;
      const x = rowsOf(n, d, given);
      for (const runtime of runtimes) {
        const next = source(given.seed + 1);
        const backend = { runtime };
        using session = openBatchMeans({ inputs: {}, attrs: { x }, backend });
        const centroids = Float64Array.from(x.values.subarray(0, k * d));
        const seen = new Float64Array(k);
        for (let step = 0; step < 12; step++) {
          const rows = Uint32Array.from({ length: 4 * k }, () => Math.floor(n * next()));
          const values = Float64Array.from(
            [...rows].flatMap((i) => [...x.values.subarray(i * d, i * d + d)]),
          );
          const expected = plainStep({ values, shape: [rows.length, d] }, centroids);
          const before = seen.slice();
          const inertia = now(batchStep(session, rows, centroids, seen));
          assert.deepEqual(seen.map((weight, j) => weight - before[j]), expected.counts, `${step}`);
          assertAllClose([inertia], [expected.inertia], { rtol: 1e-9, atol: 1e-300 });
          const labels = plainStep(x, centroids).labels;
          const found = now(nearest({ inputs: {}, attrs: { x, centroids, k }, backend }));
          assert.deepEqual(found.labels, labels, `nearest after step ${step}`);
          // Some centroids are moved to a row, or to where another one is.
          const [from, to] = [Math.floor(n * next()), Math.floor(k * next())];
          if (step % 3 === 0) centroids.set(x.values.subarray(from * d, from * d + d), to * d);
          if (step % 4 === 1) centroids.copyWithin(to * d, 0, d);
        }
        const few = centroids.subarray(0, 5 * d);
        const found = now(nearest({ inputs: {}, attrs: { x, centroids: few, k: 5 }, backend }));
        assert.deepEqual(found.labels, plainStep(x, few).labels);
      }
    }),
    { seed: testSeed(), numRuns: 25 },
  );
});

Deno.test("MixtapeBatchMeans measures distances between centroids after 8 steps, 16, 32 and each 64, and passes guesses over that settle few rows", () => {
  const [n, d, k] = [400, 40, 16];
  const [runtime] = runtimes;
  for (
    const [kind, expected] of [["apart", [0, 8, 24, 56, 120, 184]], ["close", [
      0,
      18,
      26,
      42,
    ]]] as const
  ) {
    const x = rowsOf(n, d, { kind, wide: false, seed: 3 });
    using session = openBatchMeans({ inputs: {}, attrs: { x }, backend: { runtime } });
    const centroids = Float64Array.from(x.values.subarray(0, k * d));
    const seen = new Float64Array(k);
    const rows = Uint32Array.from({ length: n }, (_, i) => i);
    const measured = Array.from({ length: kind === "apart" ? 200 : 50 }, (_, step) => step).filter(
      () =>
        jobsOf(runtime, () => now(batchStep(session, rows, centroids, seen))).includes(
          "measureCentroids",
        ),
    );
    assert.deepEqual(measured, expected, kind);
  }
});

Deno.test("openBatchMeans() passes over guesses among the clusters of another fit, which labelled rows meanwhile", () => {
  const [n, d, k] = [400, 33, 16];
  const x = rowsOf(n, d, { kind: "apart", wide: false, seed: 5 });
  for (const runtime of runtimes) {
    using session = openBatchMeans({ inputs: {}, attrs: { x }, backend: { runtime } });
    using hold = holdData(runtime, x);
    const { guesses } = atOnce(hold.data.finish());
    const rows = Uint32Array.from({ length: n }, (_, i) => i);
    const centroids = Float64Array.from(x.values.subarray(0, k * d));
    for (const guess of [2 ** 26, 2 ** 31 - 1, k]) {
      guesses.pause = 0;
      runtime.memory.int32(guesses.among(k), n).fill(guess);
      const expected = plainStep(x, centroids);
      const seen = new Float64Array(k);
      const inertia = now(batchStep(session, rows, centroids, seen));
      assert.deepEqual(seen, expected.counts, `${guess}`);
      assertAllClose([inertia], [expected.inertia], { rtol: 1e-9 });
    }
  }
});

Deno.test("nearest() with guesses labels as float64 does where squares of distances underflow in float32", () => {
  const [n, k] = [400, 16];
  for (const d of [5, 33]) {
    for (const gap of [1e-20, 1e-22, 2.7e-23]) {
      const next = source(testSeed());
      const places = Float64Array.from({ length: n }, () => k * (next() - 0.5));
      const rows = (unit: number, far: number) => {
        const values = Float64Array.from(
          { length: n * d },
          (_, at) => unit * places[Math.floor(at / d)],
        );
        // Of the sampled rows, so that the spread is theirs and the mean is 0.
        return { values: values.fill(far, 0, d).fill(-far, 4 * d, 5 * d), shape: [n, d] as const };
      };
      const centroidsAt = (unit: number, shift: number) =>
        Float64Array.from({ length: k * d }, (_, at) => {
          return unit * (Math.floor(at / d) - k / 2 + shift);
        });
      const x = rows(gap, 1);
      for (const runtime of runtimes) {
        const backend = { runtime };
        using session = openBatchMeans({ inputs: {}, attrs: { x }, backend });
        const all = Uint32Array.from({ length: n }, (_, i) => i);
        now(batchStep(session, all, centroidsAt(gap, 0), new Float64Array(k)));
        const centroids = centroidsAt(gap, 0.6);
        const found = now(nearest({ inputs: {}, attrs: { x, centroids, k }, backend }));
        const expected = plainStep(rows(1, 1000), centroidsAt(1, 0.6)).labels;
        // All centroids are equally far from these two, as float64 has it.
        found.labels[0] = expected[0];
        found.labels[4] = expected[4];
        assert.deepEqual(found.labels, expected, `${d} columns, ${gap} apart`);
      }
    }
  }
});
