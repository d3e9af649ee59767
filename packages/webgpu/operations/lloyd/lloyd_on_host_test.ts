import assert from "node:assert/strict";
import { assertAllClose, plainStep, source, testSeed } from "@mixtape/tensor-utils/testing";
import { Inertia, SumsOfLabels } from "./lloyd_on_host.ts";

const [n, d, k] = [300, 4, 3];

/** Rows within 1e-3 of a point that is 1e8 from 0 along each axis. */
function farRows() {
  const next = source(testSeed());
  const values = Float64Array.from({ length: n * d }, () => 1e8 + 1e-3 * next());
  return { values, shape: [n, d] as const };
}

Deno.test("Inertia keeps its digits on rows far from 0", async () => {
  const x = farRows();
  const centroids = x.values.slice(0, k * d);
  const { labels, inertia } = plainStep(x, centroids);
  const step = new SumsOfLabels(x, undefined).of(labels, k);
  const found = await new Inertia(x, undefined)
    .of(centroids, step, () => Promise.resolve(labels));
  assertAllClose([found], [inertia], { rtol: 1e-12 });
});

Deno.test("SumsOfLabels leaves nothing in a cluster that lost its rows", () => {
  const x = farRows();
  const sums = new SumsOfLabels(x, undefined);
  sums.of(Int32Array.from({ length: n }, (_, i) => i % k), k);
  const { sums: after } = sums.of(new Int32Array(n), k);
  assert.deepEqual(after.subarray(d), new Float64Array((k - 1) * d));
});
