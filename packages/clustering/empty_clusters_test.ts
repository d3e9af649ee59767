import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { relocateEmptyClusters } from "./empty_clusters.ts";

const x: HostMatrix = { values: new Float32Array([0, 1, 2, 100]), shape: [4, 1] };
const labels = Int32Array.of(0, 0, 0, 1);

Deno.test("relocateEmptyClusters() takes the farthest rows, but never a cluster's only one", () => {
  const moments = { sums: Float64Array.of(3, 100, 0), counts: Float64Array.of(3, 1, 0) };
  assert.ok(relocateEmptyClusters(x, labels, Float64Array.of(1, 0, 2, 50), moments));
  assert.deepEqual([...moments.sums], [1, 100, 2]);
  assert.deepEqual([...moments.counts], [2, 1, 1]);
});

Deno.test("relocateEmptyClusters() takes the lower row among equally far ones", () => {
  const moments = { sums: Float64Array.of(3, 100, 0), counts: Float64Array.of(3, 1, 0) };
  relocateEmptyClusters(x, labels, Float64Array.of(1, 0, 1, 50), moments);
  assert.deepEqual([...moments.sums], [3, 100, 0]);
  assert.deepEqual([...moments.counts], [2, 1, 1]);
});

Deno.test("relocateEmptyClusters() ignores rows without weight and weighs the others", () => {
  const weights = Float64Array.of(2, 3, 0, 1);
  const moments = { sums: Float64Array.of(3, 100, 0), counts: Float64Array.of(5, 1, 0) };
  relocateEmptyClusters(x, labels, Float64Array.of(1, 4, 9, 0), moments, weights);
  assert.deepEqual([...moments.sums], [0, 100, 3]);
  assert.deepEqual([...moments.counts], [2, 1, 3]);
});

Deno.test("relocateEmptyClusters() takes the last row of no cluster, where weights hardly sum up", () => {
  // 0.1 + 0.2 − 0.2 leaves 0.1 and a little more: the first row, then alone, has to stay.
  const weights = Float64Array.of(0.1, 0.2, 0, 1);
  const counts = Float64Array.of(0.1 + 0.2, 1, 0, 0);
  const moments = { sums: Float64Array.of(0.2, 100, 0, 0), counts };
  assert.ok(relocateEmptyClusters(x, labels, Float64Array.of(1, 4, 9, 0), moments, weights));
  assert.equal(counts[2], 0.2);
  assert.equal(counts[3], 0);
});

Deno.test("relocateEmptyClusters() fills empty clusters in their order, in every column", () => {
  const plane: HostMatrix = { values: Float64Array.of(1, 2, 3, 4, 5, 7, 8, 9), shape: [4, 2] };
  const moments = {
    sums: Float64Array.of(0, 0, 17, 22, 0, 0),
    counts: Float64Array.of(0, 4, 0),
  };
  const own = Int32Array.of(1, 1, 1, 1);
  assert.ok(relocateEmptyClusters(plane, own, Float64Array.of(2, 8, 1, 5), moments));
  assert.deepEqual([...moments.sums], [3, 4, 6, 9, 8, 9]);
  assert.deepEqual([...moments.counts], [1, 2, 1]);
});

Deno.test("relocateEmptyClusters() moves nothing when all rows are at their centroids", () => {
  const moments = { sums: Float64Array.of(3, 100, 0), counts: Float64Array.of(3, 1, 0) };
  assert.equal(relocateEmptyClusters(x, labels, new Float64Array(4), moments), false);
  assert.deepEqual([...moments.counts], [3, 1, 0]);
});

Deno.test("relocateEmptyClusters() property: takes rows by their distance, and then by their index", () => {
  fc.assert(fc.property(fc.array(fc.nat(5), { minLength: 2, maxLength: 40 }), (given) => {
    const n = given.length;
    const rows: HostMatrix = { values: Float32Array.from(given.keys()), shape: [n, 1] };
    // All rows but one may go to the empty clusters.
    const moments = { sums: new Float64Array(n), counts: new Float64Array(n) };
    moments.counts[0] = n;
    relocateEmptyClusters(rows, new Int32Array(n), Float64Array.from(given), moments);
    const order = [...given.keys()].filter((row) => given[row] > 0)
      .sort((a, b) => given[b] - given[a] || a - b).slice(0, n - 1);
    assert.deepEqual([...moments.sums.subarray(1, order.length + 1)], order);
    assert.equal(moments.counts[0], n - order.length);
  }));
});
