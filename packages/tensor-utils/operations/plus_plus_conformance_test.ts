import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "../matrix.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import {
  assertAllClose,
  assertNoLeak,
  clusteredRows,
  plainStep,
  type RowKind,
  rowKinds,
} from "../testing/mod.ts";
import { openPlusPlus } from "./plus_plus.ts";

interface Problem {
  readonly n: number;
  readonly d: number;
  readonly kind: RowKind;
  readonly magnitude: number;
  readonly offset: number;
  readonly weighted: boolean;
  readonly seed: number;
}

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  n: fc.integer({ min: 1, max: 40 }),
  d: fc.integer({ min: 1, max: 37 }),
  kind: fc.constantFrom(...rowKinds),
  magnitude: fc.constantFrom(1e-25, 1e-6, 1, 1e6, 1e17),
  offset: fc.constantFrom(0, 100),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
});

const usual: Problem = {
  ...{ n: 33, d: 7, kind: "float32", magnitude: 1, offset: 0, weighted: false, seed: 1 },
};

/** The cases that are tried on every backend before the random ones. */
const edges: Problem[] = [
  { ...usual, n: 1, d: 1 },
  { ...usual, d: 1, kind: "float64" },
  { ...usual, kind: "sparse bytes" },
  { ...usual, d: 67, kind: "sparse float32" },
  { ...usual, kind: "bytes", weighted: true },
  { ...usual, magnitude: 1e-25, offset: 100 },
  { ...usual, magnitude: 1e17 },
];

/**
 * Float32 rounding of |x|² + |y|² − 2x·y over d terms, where the distance is 1/20 of its terms or more; below, it is
 * taken in float64.
 */
function accuracy(d: number) {
  return { rtol: 20 * (d + 4) * 2 ** -24 };
}

/** Squared distances of all rows to one of them. */
function distancesTo(x: HostMatrix, row: number): Float64Array {
  const d = x.shape[1];
  return plainStep(x, Float64Array.from(x.values.subarray(row * d, (row + 1) * d))).distances;
}

conform("MixtapePlusPlus", "measures rows and candidates as float64 does", async (backend) => {
  const property = fc.asyncProperty(anyProblem, async (problem) => {
    const { n, d, kind, seed, magnitude, offset, weighted } = problem;
    const values = clusteredRows(kind, n, d, seed, { magnitude, offset });
    if (n > 1) values.copyWithin((n - 1) * d, 0, d);
    const x: HostMatrix = { values, shape: [n, d] };
    const weights = Float64Array.from({ length: n }, (_, i) => i % 3);
    await assertNoLeak(async () => {
      using session = openPlusPlus(x, weighted ? weights : undefined);
      const closest = new Float64Array(n).fill(Infinity);
      await session.accept(0, closest);
      const toFirst = distancesTo(x, 0);
      assertAllClose(closest, toFirst, accuracy(d));
      assert.deepEqual([closest[0], closest[n - 1]], [0, 0], "equal rows");
      const rows = new Uint32Array([n >> 1, n - 1, n >> 2]);
      const { potentials } = await session.candidates(rows, closest);
      const expected = Array.from(rows, (row) => {
        const toRow = distancesTo(x, row);
        return toFirst.reduce(
          (sum, distance, i) => sum + (weighted ? weights[i] : 1) * Math.min(distance, toRow[i]),
          0,
        );
      });
      assertAllClose(potentials, expected, accuracy(d));
      await session.accept(rows[2], closest);
      const toNext = distancesTo(x, rows[2]);
      assertAllClose(closest, toFirst.map((v, i) => Math.min(v, toNext[i])), accuracy(d));
    });
  });
  const numRuns = edges.length + backend.cases;
  await fc.assert(property, { seed: 1, numRuns, examples: edges.map((edge) => [edge]) });
});

conform("MixtapePlusPlus", "finds 0 between equal rows far from the others", async () => {
  const values = new Float32Array([1e6 + 0.5, 3, 1e6 + 0.5, 3, -1e6, 0]);
  using session = openPlusPlus({ values, shape: [3, 2] });
  const closest = new Float64Array(3).fill(Infinity);
  await session.accept(0, closest);
  assert.equal(closest[1], 0);
});

conform(
  "MixtapePlusPlus",
  "takes a row that was a candidate and one that was not alike",
  async () => {
    const [n, d] = [31, 6];
    const x: HostMatrix = { values: clusteredRows("float32", n, d, 5), shape: [n, d] };
    using session = openPlusPlus(x);
    const tried = new Float64Array(n).fill(Infinity);
    await session.candidates(new Uint32Array([1, 3]), tried);
    await session.accept(3, tried);
    const untried = new Float64Array(n).fill(Infinity);
    await session.accept(0, new Float64Array(n));
    await session.accept(3, untried);
    assert.deepEqual(tried, untried);
  },
);

conformThreads("MixtapePlusPlus", async () => {
  const [n, d] = [6000, 40];
  const seen: number[] = [];
  for (const kind of ["float32", "sparse bytes", "sparse float32"] as const) {
    using session = openPlusPlus({ values: clusteredRows(kind, n, d, 9), shape: [n, d] });
    const closest = new Float64Array(n).fill(Infinity);
    await session.accept(7, closest);
    const { potentials } = await session.candidates(new Uint32Array([5, 4000, 77]), closest);
    await session.accept(4000, closest);
    seen.push(...potentials, ...closest);
  }
  return seen;
});
