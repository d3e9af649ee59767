import assert from "node:assert/strict";
import fc from "fast-check";
import type { BatchMeansSession, HostMatrix } from "@mixtape/operations";
import { takeRows } from "../matrix.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import {
  assertAllClose,
  assertNoLeak,
  clusteredRows,
  plainStep,
  type RowKind,
  rowKinds,
  source,
} from "../testing/mod.ts";
import { openBatchMeans } from "./batch_means.ts";

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly size: number;
  readonly kind: RowKind;
  readonly magnitude: number;
  readonly offset: number;
  readonly weighted: boolean;
  readonly seed: number;
}

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  d: fc.integer({ min: 1, max: 37 }),
  k: fc.integer({ min: 1, max: 30 }),
  size: fc.integer({ min: 1, max: 150 }),
  kind: fc.constantFrom(...rowKinds),
  magnitude: fc.constantFrom(1e-30, 1, 1e15),
  offset: fc.constantFrom(0, 1, 1e4),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
});

const usual: Problem = {
  ...{ n: 33, d: 7, k: 5, size: 64, kind: "float32", seed: 1 },
  ...{ magnitude: 1, offset: 0, weighted: false },
};

/** The cases that are tried on every backend before the random ones: edges of blocks, and few columns. */
const edges: Problem[] = [
  { ...usual, n: 1, d: 1, k: 1, size: 1 },
  ...[1, 2, 3, 4, 5, 8, 9].map((d) => ({ ...usual, d, size: 65, weighted: d % 2 === 0 })),
  { ...usual, d: 3, kind: "float64", offset: 1e4, size: 129 },
  { ...usual, d: 19, kind: "float64", magnitude: 1e15, weighted: true },
  { ...usual, d: 24, k: 13, kind: "sparse bytes", size: 130, weighted: true },
  { ...usual, d: 70, k: 13, kind: "sparse float32", size: 130, weighted: true },
  { ...usual, kind: "grid", k: 23 },
];

/** Data, centroids and what they have seen, and a batch that has some rows several times. */
function pose({ n, d, k, size, kind, magnitude, offset, weighted, seed }: Problem) {
  const x: HostMatrix = {
    values: clusteredRows(kind, n, d, seed, { magnitude, offset }),
    shape: [n, d],
  };
  const next = source(seed + 1000);
  const whole = (below: number) => Math.floor(below * next());
  const start = Float64Array.from({ length: k * d }, (_, at) => {
    const value = x.values[Math.floor(at / d) % n * d + at % d];
    return value + (next() < 0.5 ? 0 : magnitude * next());
  });
  const seen = Float64Array.from({ length: k }, () => whole(4));
  const batches = [0, 1, 2, 3].map(() => Uint32Array.from({ length: size }, () => whole(n)));
  const weights = Float64Array.from({ length: n }, () => whole(3));
  return { x, start, seen, batches, weights: weighted ? weights : undefined };
}

async function stepsOf(
  session: BatchMeansSession,
  { start, seen, batches }: ReturnType<typeof pose>,
) {
  const state = { centroids: start.slice(), seen: seen.slice() };
  const outcomes: { inertia: number; centroids: Float64Array; seen: Float64Array }[] = [];
  let drawn = 0;
  await session.steps(state.centroids, state.seen, {
    size: batches[0].length,
    draw: () => batches[drawn++],
    after(rows, inertia) {
      assert.equal(rows, batches[outcomes.length]);
      outcomes.push({ inertia, centroids: state.centroids.slice(), seen: state.seen.slice() });
      return "unchanged";
    },
  });
  assert.equal(outcomes.length, batches.length);
  return outcomes;
}

conform(
  "MixtapeBatchMeans",
  "moves centroids to the means of what they have seen",
  async (backend) => {
    const property = fc.asyncProperty(anyProblem, async (problem) => {
      const given = pose(problem);
      const { x, batches, weights } = given;
      const { d, k, magnitude, offset } = problem;
      await assertNoLeak(async () => {
        using session = openBatchMeans(x, weights);
        const outcomes = await stepsOf(session, given);
        let [centroids, seen]: Float64Array[] = [given.start, given.seen];
        for (const [at, rows] of batches.entries()) {
          const own = weights && Float64Array.from(rows, (row) => weights[row]);
          const { sums, counts, inertia } = plainStep(takeRows(x, rows), centroids, own);
          const after = seen.map((weight, j) => weight + counts[j]);
          const expected = centroids.map((value, p) => {
            const j = Math.floor(p / d);
            return counts[j] === 0 ? value : (value * seen[j] + sums[p]) / after[j];
          });
          const outcome = outcomes[at];
          assert.deepEqual(outcome.seen, after);
          assertAllClose(outcome.centroids, expected, {
            rtol: 1e-12,
            atol: 1e-12 * magnitude * (1 + offset),
          });
          assertAllClose([outcome.inertia], [inertia], { rtol: 1e-9 });
          // The next batch begins with the very bits of this one.
          [centroids, seen] = [outcome.centroids, after];
        }
        assert.equal(seen.length, k);
      });
    });
    const numRuns = edges.length + backend.cases;
    await fc.assert(property, { seed: 1, numRuns, examples: edges.map((edge) => [edge]) });
  },
);

conform("MixtapeBatchMeans", "gives rows of other data the same bits", async () => {
  // Whole data are taken for sparse or for dense, whatever a batch of them would be taken for.
  const [n, d] = [300, 40];
  const next = source(3);
  const bytes = Uint8Array.from(
    { length: n * d },
    (_, at) => next() < at / (n * d) ? 1 + 9 * next() : 0,
  );
  const singles = Float32Array.from(
    { length: n * 70 },
    (_, at) => next() < 0.6 * at / (n * 70) ? 9 * next() : 0,
  );
  const kinds = [
    bytes,
    singles,
    clusteredRows("float32", n, d, 5),
    clusteredRows("float64", n, 3, 5),
  ];
  for (const values of kinds) {
    const x: HostMatrix = { values, shape: [n, values.length / n] };
    const start = Float64Array.from(values.subarray(0, 6 * x.shape[1]), (value) => value + next());
    for (const first of [0, n - 70]) {
      const rows = Uint32Array.from({ length: 70 }, (_, i) => first + (i * i) % 70);
      const given = { x, start, seen: new Float64Array(6), weights: undefined };
      using whole = openBatchMeans(x);
      using part = openBatchMeans(takeRows(x, rows));
      assert.deepEqual(
        await stepsOf(part, { ...given, batches: [Uint32Array.from(rows.keys())] }),
        await stepsOf(whole, { ...given, batches: [rows] }),
      );
    }
  }
});

conformThreads("MixtapeBatchMeans", async () => {
  const [n, d, k] = [5000, 70, 40];
  const outcomes: unknown[] = [];
  for (const kind of ["float32", "sparse bytes", "sparse float32"] as const) {
    const x: HostMatrix = { values: clusteredRows(kind, n, d, 9), shape: [n, d] };
    const start = Float64Array.from(x.values.subarray(0, k * d));
    const batches = [7, 11].map((turn) =>
      Uint32Array.from({ length: 5000 }, (_, i) => (i * i * turn) % n)
    );
    using session = openBatchMeans(x);
    const given = { x, start, seen: new Float64Array(k), batches, weights: undefined };
    outcomes.push(...await stepsOf(session, given));
  }
  return outcomes;
});
