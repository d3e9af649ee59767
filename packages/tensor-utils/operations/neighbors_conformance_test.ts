import assert from "node:assert/strict";
import fc from "fast-check";
import { openNeighbors, random } from "../mod.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";

/** Rows of length 1, in clusters so narrow that float32 cannot order their distances. */
function clustered(seed: number, rows: number, d: number, width: number): Float64Array {
  const source = random(seed);
  const values = new Float64Array(rows * d);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * d, (i + 1) * d).map((_, j) => {
      return (j === i % Math.min(d, 3) ? 1 : 0) + width * source.normal();
    });
    const length = Math.hypot(...row);
    values.set(row.map((value) => value / length), i * d);
  }
  return values;
}

interface Problem {
  readonly n: number;
  readonly d: number;
  /** The neighbour asked for, as a share of n. */
  readonly share: number;
  readonly width: number;
  readonly seed: number;
}

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  n: fc.integer({ min: 1, max: 400 }),
  d: fc.integer({ min: 1, max: 90 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  width: fc.constantFrom(1, 0.01, 1e-6, 1e-20),
  seed: fc.nat(),
});

/** One point, one coordinate, the nearest and the farthest, and clusters that float32 cannot order. */
const edges: Problem[] = [
  { n: 1, d: 1, share: 1, width: 1, seed: 1 },
  { n: 37, d: 1, share: 0.5, width: 1, seed: 2 },
  { n: 53, d: 66, share: 0, width: 0.01, seed: 3 },
  { n: 53, d: 66, share: 1, width: 0.01, seed: 4 },
  { n: 200, d: 30, share: 0.1, width: 1e-6, seed: 5 },
  // 128 of its coordinates hold all but a little.
  { n: 41, d: 130, share: 0.2, width: 1, seed: 6 },
];

function plainKthDistance(points: Float32Array, query: Float64Array, k: number): number {
  const d = query.length;
  const distances = Float64Array.from({ length: points.length / d }, (_, i) => {
    return query.reduce((sum, value, j) => sum + (points[i * d + j] - value) ** 2, 0);
  });
  return distances.sort()[k - 1];
}

conform("MixtapeNeighbors", "finds what sorting float64 distances finds", async (backend) => {
  const property = fc.asyncProperty(anyProblem, async ({ n, d, share, width, seed }) => {
    const points = Float32Array.from(clustered(seed, n, d, width));
    const queries = clustered(seed + 1, 4, d, width);
    queries.fill(0, 3 * d); // a row of zeros keeps its length
    const k = Math.max(1, Math.ceil(share * n));
    const expected = [0, 1, 2, 3].map((q) =>
      plainKthDistance(points, queries.subarray(q * d, (q + 1) * d), k)
    );
    await assertNoLeak(async () => {
      using search = await openNeighbors(points, d, k);
      // Exact but for the order in which d float64 squares are added.
      assertAllClose(await search.kthDistances(queries, 4), expected, { rtol: d * 2 ** -52 });
    });
  });
  const numRuns = edges.length + backend.cases;
  await fc.assert(property, { seed: 0, numRuns, examples: edges.map((edge) => [edge]) });
});

conform("MixtapeNeighbors", "takes fewer queries than there is room for", async () => {
  using search = await openNeighbors(Float32Array.of(1, 0, 0, 1), 2, 1);
  assert.deepEqual([...await search.kthDistances(Float64Array.of(0, 1, 9, 9), 1)], [0]);
});

conform("MixtapeNeighbors", "gives a query the same bits alone and among others", async () => {
  const [n, d, rows] = [301, 70, 20];
  const points = Float32Array.from(clustered(1, n, d, 0.2));
  const queries = clustered(2, rows, d, 0.3);
  using search = await openNeighbors(points, d, 9);
  const together = await search.kthDistances(queries, rows);
  const alone = await search.kthDistances(queries.slice(7 * d, 8 * d), 1);
  assert.equal(alone[0], together[7]);
});

conformThreads("MixtapeNeighbors", async () => {
  const [n, d, rows] = [3001, 100, 300];
  using search = await openNeighbors(Float32Array.from(clustered(1, n, d, 0.2)), d, 9);
  return await search.kthDistances(clustered(2, rows, d, 0.3), rows);
});
