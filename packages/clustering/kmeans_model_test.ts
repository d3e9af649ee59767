import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { kMeans } from "./kmeans.ts";
import { kMeansFromJSON } from "./kmeans_from_json.ts";

await useBackend("cpu");

const x: HostMatrix = { values: new Float64Array([0, 0, 0, 2, 9, 0, 9, 2]), shape: [4, 2] };
const init: HostMatrix = { values: new Float64Array([0, 0, 9, 0]), shape: [2, 2] };

Deno.test("KMeansModel.transform() gives Euclidean distances to all centroids", async () => {
  using model = await kMeans(x, { clusters: 2, init });
  const distances = await model.transform({
    values: new Float32Array([0, 1, 3, 5]),
    shape: [2, 2],
  });
  assert.deepEqual(distances.shape, [2, 2]);
  assert.deepEqual([...distances.values], [0, 9, 5, Math.sqrt(52)]);
});

Deno.test("KMeansModel.predict() refuses data with other columns", async () => {
  using model = await kMeans(x, { clusters: 2, init });
  const narrow: HostMatrix = { values: new Float32Array(2), shape: [2, 1] };
  await assert.rejects(model.predict(narrow), {
    name: "RangeError",
    message: /it has 1 columns, 2 are needed/,
  });
  await assert.rejects(model.transform(narrow), RangeError);
});

Deno.test("KMeansModel cannot be assigned to", async () => {
  using model = await kMeans(x, { clusters: 2, init });
  assert.throws(() => Object.assign(model, { inertia: 0 }), TypeError);
});

Deno.test("kMeansFromJSON() reads what toJSON() wrote", async () => {
  using model = await kMeans(x, { clusters: 2, seed: 3 });
  using again = kMeansFromJSON(JSON.parse(JSON.stringify(model)));
  assert.deepEqual(again.toJSON(), model.toJSON());
  assert.deepEqual(again.centroids, model.centroids);
});

const damages: [change: Record<string, unknown>, message: RegExp][] = [
  [{ format: "other" }, /^Cannot read a k-means model: format other/],
  [{ version: 2 }, /version 2 was given/],
  [{ centroids: [] }, /^Cannot use centroids: a list with at least one entry/],
  [{ centroids: [[1], [1, 2]] }, /^Cannot use centroids\[1\]: it has 2 numbers, 1 are needed/],
  [{ centroids: [[1], ["2"]] }, /^Cannot use centroids\[1\]\[0\]/],
  [{ labels: [0, 2, 0, 0] }, /^Cannot use labels: row 1 has 2, a number from 0 to 1 is needed/],
  [{ labels: null }, /^Cannot use labels/],
  [{ inertia: -1 }, /^Cannot use inertia/],
  [{ iterations: 0 }, /^Cannot use iterations/],
  [{ converged: "yes" }, /^Cannot use converged: yes/],
];

for (const [change, message] of damages) {
  Deno.test(`kMeansFromJSON() refuses a damaged model: ${message.source}`, async () => {
    using model = await kMeans(x, { clusters: 2, init });
    assert.throws(() => kMeansFromJSON({ ...model.toJSON(), ...change }), { message });
  });
}

Deno.test("kMeansFromJSON() refuses what is not a model", () => {
  assert.throws(() => kMeansFromJSON(null), TypeError);
  assert.throws(() => kMeansFromJSON("{}"), TypeError);
});
