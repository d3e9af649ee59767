import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { openNeighbors } from "./neighbors.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();

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
