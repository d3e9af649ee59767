import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { openNeighbors } from "./neighbors.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

/** A number from -1 to 1 that has no pattern. */
function noise(i: number): number {
  const value = Math.sin(12.9898 * i + 1) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

/** Rows of length 1 whose last columns are noise, and whose first ones tell clusters apart. */
function clustered(
  rows: number,
  d: number,
  clusters: number,
  width: number,
  seed: number,
): Float64Array {
  const values = Float64Array.from({ length: rows * d }, (_, at) => {
    const [i, j] = [Math.floor(at / d), at % d];
    const centre = j < clusters && i % clusters === j ? 1 : 0;
    return centre + width * noise(seed + at);
  });
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    const length = Math.hypot(...row);
    row.forEach((value, j) => row[j] = value / length);
  }
  return values;
}

/** Factors of rows of d numbers, of which the first lead. */
function factorOf(
  rows: Float64Array | Float32Array,
  d: number,
  leading: number,
  last: (square: number) => number,
): Float32Array {
  const squareOf = (row: readonly number[]) => row.reduce((sum, value) => sum + value ** 2, 0);
  return Float32Array.from(
    Array.from({ length: rows.length / d }, (_, i) => {
      const row = [...rows.subarray(i * d, (i + 1) * d)];
      const rest = Math.sqrt(squareOf(row.slice(leading)));
      return [...row.slice(0, leading), rest, last(squareOf(row))];
    }).flat(),
  );
}

const [n, d, k, rows, group] = [90, 5, 4, 11, 8];
const groups = Math.ceil(n / group);
const point = (i: number) => Array.from({ length: d }, (_, j) => 0.4 * Math.sin(i * i * 1.3 + j));
const queries = Array.from({ length: rows }, (_, i) => point(i + 0.3));

/** All coordinates lead, so that nothing is left for the length of the rest. */
function open(runtime: SimdRuntime) {
  const points = Float32Array.from(Array.from({ length: n }, (_, i) => point(i)).flat());
  const pointFactor = new Float32Array(groups * group * (d + 2));
  for (let i = 0; i < groups * group; i++) {
    const own = points.subarray(i * d, (i + 1) * d);
    pointFactor.set(own, i * (d + 2));
    const length = own.reduce((sum, value) => sum + value * value, 0);
    pointFactor[(i + 1) * (d + 2) - 1] = i < n ? -length / 2 : -8;
  }
  const attrs = { points, dimensions: d, k, pointFactor, width: d + 2, group, groups, doubt: 1e-5 };
  return openNeighbors({ inputs: {}, attrs, backend: { runtime } });
}

function search(runtime: SimdRuntime): Float64Array {
  const factor = Float32Array.from(queries.flatMap((query) => [...query, 0, 1]));
  using neighbors = open(runtime);
  return now(neighbors.kthDistances(Float64Array.from(queries.flat()), factor));
}

Deno.test("MixtapeNeighbors finds what sorting finds on any threads and memory, and holds none afterwards", () => {
  const expected = queries.map((query) => {
    const distances = Array.from({ length: n }, (_, i) => {
      return point(i).reduce((sum, value, j) => sum + (Math.fround(value) - query[j]) ** 2, 0);
    });
    return distances.sort((a, b) => a - b)[k - 1];
  });
  const bits = [];
  for (
    const setting of [
      { threads: 1, shared: true, relaxed: true },
      { threads: 2, shared: true, relaxed: true },
      { threads: 2, shared: true, relaxed: false },
      { threads: 1, shared: false, relaxed: true },
    ]
  ) {
    const runtime = new SimdRuntime({ ...setting, worthWaking: 0 });
    const held = search(runtime);
    const regions = runtime.memory.heldRegions;
    held.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= 1e-12 * expected[i]));
    search(runtime);
    assert.equal(runtime.memory.heldRegions, regions);
    bits.push(held);
  }
  for (const other of bits) assert.deepEqual(other, bits[0]);
});

Deno.test("MixtapeNeighbors finds the k nearest where all of them are in one group, whichever", () => {
  const [groups, group, k] = [3, 8, 5];
  const points = Float32Array.from({ length: groups * group }, (_, i) => {
    return Math.floor(i / group) + (i % group) ** 2 / 256;
  });
  const pointFactor = Float32Array.from(
    [...points].flatMap((value) => [value, 0, -(Math.fround(value) ** 2) / 2]),
  );
  const attrs = { points, dimensions: 1, k, pointFactor, width: 3, group, groups, doubt: 1e-5 };
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  using neighbors = openNeighbors({ inputs: {}, attrs, backend: { runtime } });
  const factor = Float32Array.from([0, 0, 1, 1, 0, 1, 2, 0, 1]);
  const found = now(neighbors.kthDistances(Float64Array.of(0, 1, 2), factor));
  assert.deepEqual([...found], [0, 1, 2].map(() => (16 / 256) ** 2));
});

for (
  const { kind, clusters, width, d, leading = d, k } of [
    { kind: "noise", clusters: 0, width: 1, d: 40, k: 7 },
    { kind: "noise of one column", clusters: 0, width: 1, d: 1, k: 3 },
    { kind: "clusters that leading columns tell apart", clusters: 12, width: 0.02, d: 50, k: 30 },
    { kind: "coordinates that are left out", clusters: 3, width: 0.1, d: 30, leading: 20, k: 2 },
    { kind: "clusters whose points integers cannot order", clusters: 2, width: 1e-4, d: 20, k: 5 },
    { kind: "as many neighbours as half the points", clusters: 3, width: 0.1, d: 10, k: 1500 },
  ]
) {
  Deno.test(`MixtapeNeighbors is exact among 3000 points: ${kind}`, () => {
    const points = Float32Array.from(clustered(3000, d, clusters, width, 0));
    const queries = clustered(43, d, clusters, width, 1e6);
    queries.fill(0, 42 * d); // far from all
    const pointFactor = factorOf(points, d, leading, (square) => -square / 2);
    const queryFactor = factorOf(queries, d, leading, () => 1);
    const sizes = { dimensions: d, k, width: leading + 2, group: 4, groups: 750 };
    const attrs = { points, pointFactor, doubt: (leading + 9) * 2 ** -23, ...sizes };
    const [found, plain] = [true, false].map((relaxed) => {
      const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed });
      using neighbors = openNeighbors({ inputs: {}, attrs, backend: { runtime } });
      return now(neighbors.kthDistances(queries, queryFactor));
    });
    assert.deepEqual(plain, found);
    for (let q = 0; q < 43; q++) {
      const query = queries.subarray(q * d, (q + 1) * d);
      const distances = Float64Array.from({ length: 3000 }, (_, i) => {
        return query.reduce((sum, value, j) => sum + (points[i * d + j] - value) ** 2, 0);
      }).sort();
      const error = Math.abs(found[q] - distances[k - 1]);
      assert.ok(error <= 1e-13 * distances[k - 1], `query ${q}: ${found[q]}, ${distances[k - 1]}`);
    }
  });
}
