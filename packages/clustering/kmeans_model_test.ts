import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { type HostMatrix, jupyterDisplay, useBackend } from "@mixtape/tensor-utils";
import { kMeans } from "./kmeans.ts";
import { kMeansFromJSON } from "./kmeans_from_json.ts";
import { KMeansModel } from "./kmeans_model.ts";

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
  assert.deepEqual(distances.values, Float32Array.of(0, 9, 5, Math.sqrt(52)));
  const wide = await model.transform([[0, 1], [3, 5]]);
  assert.deepEqual(wide.values, Float64Array.of(0, 9, 5, Math.sqrt(52)));
});

function modelAt(...values: number[]): KMeansModel {
  return new KMeansModel({
    centroids: { values: Float64Array.from(values), shape: [values.length, 1] },
    labels: Int32Array.of(0, 2, 2),
    inertia: 1,
    inertiaHistory: Float64Array.of(1),
    iterations: 1,
    converged: true,
  });
}

Deno.test("KMeansModel.transform() gives the distances of every block, at any scale", async () => {
  // A block has 131,072 distances: 131 rows of 1,000, of which there are three.
  const model = modelAt(...Array.from({ length: 1000 }, (_, j) => j * j));
  const values = Float64Array.from({ length: 300 }, (_, i) => i % 10 === 9 ? i * 1e200 : 3 * i);
  const rows: HostMatrix = { values, shape: [300, 1] };
  const distances = await model.transform(rows);
  assert.deepEqual(distances.shape, [300, 1000]);
  for (const row of [0, 129, 130, 131, 132, 139, 261, 262, 269, 299]) {
    const expected = model.centroids.values.map((centroid) => Math.abs(values[row] - centroid));
    const actual = distances.values.subarray(row * 1000, row * 1000 + 1000);
    assertAllClose(actual, expected, { rtol: 1e-12 });
  }
});

Deno.test("KMeansModel.transform() refuses distances beyond float64", async () => {
  const model = modelAt(1.7e308, 0);
  const x: HostMatrix = { values: Float64Array.of(0, -1.7e308), shape: [2, 1] };
  await assert.rejects(model.transform(x), {
    name: "RangeError",
    message: /^Cannot compute distances: it exceeds 1.8e308/,
  });
  const single = { values: Float32Array.of(0, 1), shape: [2, 1] } as const;
  await assert.rejects(model.transform(single), {
    name: "RangeError",
    message: /^Cannot compute distances: it exceeds 3.4e38, the largest float32, divide x/,
  });
});

Deno.test("KMeansModel.predict() takes the lowest of equally near centroids, clusterSizes counts the rows of the fit", async () => {
  const model = modelAt(8, 4, 0, 4);
  const labels = await model.predict({ values: Float64Array.of(6, 4, 2, 1, 9), shape: [5, 1] });
  assert.deepEqual([...labels], [0, 1, 1, 2, 0]);
  assert.deepEqual([...model.clusterSizes], [1, 0, 2, 0]);
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
  [{ format: "other" }, /^Cannot read a k-means model: format "other"/],
  [{ version: 2 }, /version 2 was given/],
  [
    { centroids: [] },
    /^Cannot read a k-means model: cannot use centroids: a list with at least one entry/,
  ],
  [
    { centroids: [[1], [1, 2]] },
    /^Cannot read a k-means model: cannot use centroids\[1\]: it has 2 numbers, 1 are needed/,
  ],
  [{ centroids: [[1], ["2"]] }, /^Cannot read a k-means model: cannot use centroids\[1\]\[0\]/],
  [
    { labels: [0, 2, 0, 0] },
    /^Cannot read a k-means model: cannot use labels: row 1 has 2, a number from 0 to 1 is needed/,
  ],
  [{ labels: null }, /^Cannot read a k-means model: cannot use labels/],
  [{ labels: [-1, 0, 0, 0] }, /^Cannot read a k-means model: cannot use labels: row 0 has -1/],
  [{ inertia: -1 }, /^Cannot read a k-means model: cannot use inertia/],
  [
    { classes: { kind: "string", names: ["a"] } },
    /^Cannot read a k-means model: cannot use classes: there are 1, 2 are needed, one per centroid/,
  ],
  [{ classes: ["a", "b"] }, /^Cannot read a k-means model: cannot use classes/],
  [{ iterations: 0 }, /^Cannot read a k-means model: cannot use iterations/],
  [
    { converged: "yes" },
    /^Cannot read a k-means model: cannot use converged: "yes" was given, true or false is needed/,
  ],
];

for (const [change, message] of damages) {
  Deno.test(`kMeansFromJSON() refuses a damaged model: ${message.source}`, async () => {
    using model = await kMeans(x, { clusters: 2, init });
    assert.throws(() => kMeansFromJSON({ ...model.toJSON(), ...change }), {
      name: "SyntaxError",
      message,
    });
  });
}

Deno.test("kMeansFromJSON() refuses what is not a model", () => {
  assert.throws(() => kMeansFromJSON(null), SyntaxError);
  assert.throws(() => kMeansFromJSON("{}"), SyntaxError);
});

Deno.test("KMeansModel shows its centroids and sizes in a notebook", async () => {
  using model = await kMeans([[0, 1], [0, 3], [9, 9]], { clusters: 2, init: [[0, 2], [9, 9]] });
  assert.deepEqual(model[jupyterDisplay]()["text/plain"].split("\n"), [
    "k-means: 2 clusters, inertia 2.00000, 1 iteration",
    "cluster\trows\tcolumn 0\tcolumn 1",
    "0\t2\t0\t2",
    "1\t1\t9\t9",
  ]);
});
