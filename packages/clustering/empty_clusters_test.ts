import assert from "node:assert/strict";
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

Deno.test("relocateEmptyClusters() moves nothing when all rows are at their centroids", () => {
  const moments = { sums: Float64Array.of(3, 100, 0), counts: Float64Array.of(3, 1, 0) };
  assert.equal(relocateEmptyClusters(x, labels, new Float64Array(4), moments), false);
  assert.deepEqual([...moments.counts], [3, 1, 0]);
});
