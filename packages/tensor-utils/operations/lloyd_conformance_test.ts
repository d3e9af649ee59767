import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix, LloydSession } from "@mixtape/operations";
import { conform, conformThreads } from "../testing/backends.ts";
import {
  assertAllClose,
  assertNoLeak,
  clusteredRows,
  meansOf,
  type PlainStep,
  plainStep,
  plainSteps,
  type RowKind,
  rowKinds,
  source,
  stepWithLabels,
} from "../testing/mod.ts";
import { openLloyd, openLloydOnce } from "./lloyd.ts";
import { nearest, nearestLabels, nearestWithSum } from "./nearest.ts";

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly kind: RowKind;
  readonly magnitude: number;
  readonly offset: number;
  readonly weighted: boolean;
  readonly seed: number;
}

/** The farthest that data lies from the origin, in units of its spread. */
const OFFSET = 1e4;

/** The error of a squared distance from rounding coordinates near {@linkcode OFFSET} to float64. */
const DISTANCE = { rtol: 4 * OFFSET * 2 ** -52 };

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  d: fc.integer({ min: 1, max: 37 }),
  k: fc.integer({ min: 1, max: 30 }),
  kind: fc.constantFrom(...rowKinds),
  magnitude: fc.constantFrom(1e-30, 1e-6, 1, 1e6, 1e15, 1e30),
  offset: fc.constantFrom(0, 1, OFFSET),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
});

const usual: Problem = {
  ...{ n: 33, d: 7, k: 5, kind: "float32", seed: 1 },
  ...{ magnitude: 1, offset: 0, weighted: false },
};

/** The cases that are tried on every backend before the random ones. */
const edges: Problem[] = [
  { ...usual, n: 1, d: 1, k: 1 },
  { ...usual, n: 1, k: 3 },
  { ...usual, k: 1, kind: "bytes" },
  { ...usual, n: 23, k: 23 },
  { ...usual, n: 23, k: 23, kind: "sparse bytes" },
  { ...usual, d: 67, kind: "sparse float32", weighted: true },
  { ...usual, d: 1, kind: "float64" },
  { ...usual, kind: "grid", weighted: true },
  { ...usual, magnitude: 1e-30, offset: OFFSET },
  { ...usual, magnitude: 1e30, weighted: true },
];

/** Data, a start near its first rows (some of them exactly), and weights. */
function pose({ n, d, k, kind, magnitude, offset, weighted, seed }: Problem) {
  const values = clusteredRows(kind, n, d, seed, { magnitude, offset });
  const next = source(seed + 1000);
  const start = Float64Array.from({ length: k * d }, (_, at) => {
    const row = Math.floor(at / d) % n;
    return values[row * d + at % d] + (next() < 0.5 ? 0 : magnitude * next());
  });
  const weights = Float64Array.from({ length: n }, () => Math.floor(3 * next()));
  const x: HostMatrix = { values, shape: [n, d] };
  return { x, start, weights: weighted ? weights : undefined };
}

/** Takes the steps of plain Lloyd and finds what it finds. */
async function follow(session: LloydSession, x: HostMatrix, steps: PlainStep[]): Promise<void> {
  const extent = Float64Array.from(x.values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  // Sums may be kept by adding and taking away rows: they err by what was in them.
  const sumError = { rtol: 1e-12, atol: 4 * x.shape[0] * extent * 2 ** -52 };
  for (const [at, expected] of steps.entries()) {
    const actual = await stepWithLabels(session, expected.centroids);
    assert.deepEqual(actual.labels, expected.labels, `step ${at}`);
    assertAllClose(actual.sums, expected.sums, sumError);
    assert.deepEqual(Float64Array.from(actual.counts), expected.counts);
    assertAllClose([actual.inertia], [expected.inertia], { rtol: 1e-9 });
    const before = steps[at - 1]?.labels;
    assert.equal(
      actual.changed,
      expected.labels.filter((label, i) => label !== before?.[i]).length,
    );
    assertAllClose(await session.distances(), expected.distances, DISTANCE);
  }
}

conform(
  "MixtapeLloyd",
  "takes the steps of float64 Lloyd, again after a reset",
  async (backend) => {
    const property = fc.asyncProperty(anyProblem, async (problem) => {
      const { x, start, weights } = pose(problem);
      const steps = plainSteps(x, start, 3, weights);
      await assertNoLeak(async () => {
        using session = openLloyd(x, weights);
        await follow(session, x, steps);
        session.reset();
        await follow(session, x, steps.slice(0, 1));
        using once = openLloydOnce(x, weights);
        for (const step of steps) {
          await follow(once, x, [step]);
          once.reset();
        }
      });
    });
    const numRuns = edges.length + backend.cases;
    await fc.assert(property, { seed: 1, numRuns, examples: edges.map((edge) => [edge]) });
  },
);

conform("MixtapeLloyd", "decides as float64 does where float32 sees no difference", async () => {
  const close = { values: new Float64Array([0, 1]), shape: [2, 1] } as const;
  using session = openLloyd(close);
  const step = await stepWithLabels(session, new Float64Array([0.5 + 1e-12, 0.5 - 1e-12]));
  assert.deepEqual([...step.labels], [1, 0]);
  using tied = openLloyd({ values: new Uint8Array([5]), shape: [1, 1] });
  assert.deepEqual([...(await stepWithLabels(tied, new Float64Array([9, 6, 4]))).labels], [1]);
  using tiny = openLloyd({ values: new Float64Array([1, 1, -1, -1]), shape: [2, 2] });
  const almostNothing = new Float64Array([2.3e-45, 0, 1.1e-45, 1.1e-45]);
  assert.deepEqual([...(await stepWithLabels(tiny, almostNothing)).labels], [0, 0]);
});

conform("MixtapeLloyd", "tells near twins apart, whatever float32 makes of them", async () => {
  const [n, d] = [100, 16];
  for (const length of [1, 1e-3]) {
    for (const apart of [1e-4, 1e-6, 1e-7, 1e-8, 1e-10]) {
      const x: HostMatrix = { values: clusteredRows("float32", n, d, 3), shape: [n, d] };
      const next = source(4);
      const centroids = Float64Array.from({ length: 2 * d }, () => length * 4 * next());
      for (let p = 0; p < d; p++) centroids[d + p] = centroids[p] + apart * (next() - 0.5);
      using session = openLloyd(x);
      const { labels } = await stepWithLabels(session, centroids);
      assert.deepEqual(labels, plainStep(x, centroids).labels, `${apart} apart`);
    }
  }
});

conform("MixtapeLloyd", "assigns to centroids that lie absurdly far away", async () => {
  using session = openLloyd({ values: new Float32Array([0, 1]), shape: [2, 1] });
  const step = await stepWithLabels(session, new Float64Array([1e200, 1e30, -1e30]));
  assert.deepEqual([...step.labels], [1, 1]);
  assert.ok(Number.isFinite(step.inertia));
});

conformThreads("MixtapeLloyd", async () => {
  const [n, d, k] = [5000, 70, 12];
  const seen: number[] = [];
  for (const kind of ["float32", "sparse bytes", "sparse float32", "float64"] as const) {
    const x: HostMatrix = { values: clusteredRows(kind, n, d, 9), shape: [n, d] };
    // A row far out leaves the first cluster of one kind.
    if (kind === "float64") x.values.fill(1e9, 70 * d, 71 * d);
    using session = openLloyd(x);
    let centroids: Float64Array = Float64Array.from(x.values.subarray(0, k * d));
    for (let step = 0; step < 8; step++) {
      const { sums, counts, inertia, changed } = await session.step(centroids);
      centroids = meansOf(sums, counts, centroids);
      seen.push(inertia, changed, ...sums);
    }
    seen.push(...await session.distances());
    using once = openLloydOnce(x);
    const { labels, sums, inertia } = await once.step(centroids);
    seen.push(inertia, ...labels, ...sums);
  }
  return seen;
});

conform("MixtapeNearest", "finds what float64 finds", async (backend) => {
  const property = fc.asyncProperty(anyProblem, async (problem) => {
    const { x, start } = pose(problem);
    const expected = plainStep(x, start);
    await assertNoLeak(async () => {
      const { labels, distances } = await nearest(x, start, problem.k);
      assert.deepEqual(Int32Array.from(labels), expected.labels);
      assertAllClose(distances, expected.distances, DISTANCE);
      const centroids = { values: start, shape: [problem.k, problem.d] } as const;
      assert.deepEqual(await nearestLabels(x, centroids), expected.labels);
      for (const weights of [undefined, distances.map((_, row) => row % 3)]) {
        const found = await nearestWithSum(x, start, problem.k, { from: 0.1, weights });
        assert.deepEqual(found.labels, labels);
        const sum = distances.reduce((a, b, row) => a + b * (weights?.[row] ?? 1), 0.1);
        assert.equal(found.sum, sum, "row by row, with the same bits");
      }
    });
  });
  const numRuns = edges.length + backend.cases;
  await fc.assert(property, { seed: 2, numRuns, examples: edges.map((edge) => [edge]) });
});

conform("MixtapeNearest", "refuses numbers that are not finite, and names the first", async () => {
  for (const d of [1, 2, 3, 4, 5, 40]) {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const values = new Float32Array(300 * d).map((_, at) => at % 7);
      values[299 * d] = values[300 * d - 1] = bad;
      const centroids = { values: Float64Array.from(values.subarray(0, 2 * d)), shape: [2, d] };
      await assert.rejects(nearestLabels({ values, shape: [300, d] }, centroids as never), {
        name: "RangeError",
        message: new RegExp(`the value in row 299, column 0 is ${bad}`),
      });
    }
  }
});

conform("MixtapeNearest", "reads the data before it returns its promise", async () => {
  for (const d of [2, 20]) {
    const values = new Float32Array(2 * d).fill(9, d);
    const centroids = { values: Float64Array.from(values), shape: [2, d] } as const;
    const promise = nearestLabels({ values, shape: [2, d] }, centroids);
    values.reverse();
    assert.deepEqual([...await promise], [0, 1]);
  }
});

conformThreads("MixtapeNearest", async () => {
  const [n, d, k] = [5000, 40, 12];
  const x: HostMatrix = { values: clusteredRows("float32", n, d, 9), shape: [n, d] };
  const { labels, distances } = await nearest(x, Float64Array.from(x.values.subarray(0, k * d)), k);
  return [...labels, ...distances];
});
