import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/operations";
import { meansOf, plainStep, source, testSeed } from "@mixtape/tensor-utils/testing";
import { SimdRuntime } from "../../runtime.ts";
import { guardMemory } from "../../testing/guard_memory.ts";
import { now, withoutTurns } from "../../testing/now.ts";
import { openLloyd } from "../lloyd.ts";
import { centroids as structure, data, sketch } from "./structures.ts";

withoutTurns();

guardMemory();

const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const backend = { runtime };

/** Rows in all directions: products with centroids hardly differ. */
const kinds = {
  "of length 1": (value: number) => value,
  "of several lengths": (value: number, i: number) => value * (1 + i % 5),
  "far from 0": (value: number) => value + 50,
  "with one far out": (value: number, i: number) => i === 3 ? 1e4 * value : value,
  "huge": (value: number) => 1e25 * value,
  "tiny": (value: number) => 1e-25 * value,
};

type Kind = keyof typeof kinds;

function rowsOf(n: number, d: number, kind: Kind, next: () => number): HostMatrix {
  const values = Float32Array.from({ length: n * d }, () => next() + next() - 1);
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    const length = Math.hypot(...row);
    row.forEach((value, p) => row[p] = kinds[kind](value / length, i));
  }
  return { values, shape: [n, d] };
}

/** Returns the argument `moves` of the job that assigns rows while a step is made. */
function movesOf(step: () => void): number | undefined {
  const { runInPieces } = SimdRuntime.prototype;
  const before = Object.keys({ ...data, ...sketch }).length;
  const at = before + Object.keys(structure).indexOf("moves");
  let moves: number | undefined;
  Object.assign(runtime, {
    runInPieces(...given: Parameters<SimdRuntime["runInPieces"]>) {
      const [, job, args] = given;
      if (String(job) === "assign") moves = args[at];
      return runInPieces.apply(runtime, given);
    },
  });
  try {
    step();
  } finally {
    Reflect.deleteProperty(runtime, "runInPieces");
  }
  return moves;
}

Deno.test("MixtapeLloyd adds products with moves to bounds once moves are short, of the centroids that move alone", () => {
  const [n, d, k] = [2000, 256, 40];
  const x = rowsOf(n, d, "of length 1", source(3));
  using session = openLloyd({ inputs: {}, attrs: { x }, backend });
  let means: Float64Array = Float64Array.from(x.values.subarray(0, k * d));
  const step = (centroids: Float64Array) => {
    return movesOf(() => {
      const { labels, sums, counts } = now(session.step(centroids));
      assert.deepEqual(Int32Array.from(labels), plainStep(x, centroids).labels);
      means = meansOf(sums, counts, centroids);
    });
  };
  // Means are far from the rows that they start at.
  assert.deepEqual([step(means), step(means)], [-1, -1]);
  for (let i = 0; i < 8; i++) step(means);
  const last = means.slice();
  assert.ok(step(last)! >= 0);
  const moved = (clusters: number) => {
    return last.map((value, at) => at < clusters * d ? 1.01 * value : value);
  };
  assert.equal(step(moved(3)), 3);
  assert.equal(step(moved(3)), 0);
  // Most have moved, so all of them are multiplied.
  assert.equal(step(moved(35)), k);
});

Deno.test("MixtapeLloyd property: labels are those of float64 where few or all centroids move, a little or far", () => {
  const problem = fc.record({
    n: fc.constantFrom(77, 300),
    d: fc.constantFrom(256, 257, 330),
    k: fc.constantFrom(32, 41, 100),
    kind: fc.constantFrom(...Object.keys(kinds) as Kind[]),
    share: fc.constantFrom(0, 0.05, 0.5, 1),
    far: fc.constantFrom(1e-9, 1e-4, 0.02, 0.3),
    seed: fc.nat(10_000),
  });
  fc.assert(
    fc.property(problem, ({ n, d, k, kind, share, far, seed }) => {
      const next = source(seed);
      const x = rowsOf(n, d, kind, next);
      using session = openLloyd({ inputs: {}, attrs: { x }, backend });
      const start = Float64Array.from({ length: k * d }, (_, at) => x.values[at % (n * d)]);
      let centroids: Float64Array = start.map((value) => value * (1 + 0.3 * (next() - 0.5)));
      for (let step = 0; step < 12; step++) {
        const expected = plainStep(x, centroids);
        const { labels } = now(session.step(centroids));
        assert.deepEqual(Int32Array.from(labels), expected.labels, `step ${step}`);
        if (step < 3) {
          centroids = meansOf(expected.sums, expected.counts, centroids);
          continue;
        }
        const moved = [...Array(k)].map(() => next() < share);
        // Some move onto others.
        const onto = step % 4 === 3 ? Math.floor(k * next()) : -1;
        centroids = centroids.map((value, at) => {
          const j = Math.floor(at / d);
          if (j === onto) return centroids[at % d];
          return moved[j] ? value * (1 + far * (next() - 0.5)) : value;
        });
      }
    }),
    { seed: testSeed(), numRuns: 30 },
  );
});
