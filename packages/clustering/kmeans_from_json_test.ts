import assert from "node:assert/strict";
import fc from "fast-check";
import { useBackend } from "@mixtape/tensor-utils";
import { holedRows } from "./fixtures/holed_rows.ts";
import { kMeansFromJSON } from "./kmeans_from_json.ts";
import { kMeansMissing } from "./kmeans_missing.ts";
import { KMeansMissingModel, type MissingMethod } from "./kmeans_missing_model.ts";
import { KMeansModel } from "./kmeans_model.ts";

await useBackend("cpu");

const methods: MissingMethod[] = ["gaussian-prior", "mean-imputation", "complete-rows", "k-pod"];
const x = holedRows(3, 30, 2, 0.3);

for (const method of methods) {
  Deno.test(`kMeansFromJSON() gives back a model of data with missing entries, by ${method}`, async () => {
    using model = await kMeansMissing(x, { clusters: 3, method, priorMean: "feature-mean" });
    using again = kMeansFromJSON(JSON.parse(JSON.stringify(model)));
    assert.ok(again instanceof KMeansMissingModel);
    assert.deepEqual(again, model);
    assert.deepEqual(await again.predict(x), await model.predict(x));
  });
}

Deno.test("kMeansFromJSON() gives back every bit of the numbers, −0 and subnormal ones included (property)", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const values = fc.float64Array({
    minLength: 4,
    maxLength: 4,
    noNaN: true,
    noDefaultInfinity: true,
  });
  fc.assert(
    fc.property(values, values, finite, (centroids, priorMean, inertia) => {
      const model = new KMeansMissingModel({
        centroids: { values: centroids, shape: [1, 4] },
        labels: Int32Array.of(0),
        inertia: Math.abs(inertia),
        inertiaHistory: Float64Array.of(Math.abs(inertia)),
        iterations: 1,
        converged: true,
        method: "gaussian-prior",
        objective: Math.abs(inertia),
        objectiveHistory: Float64Array.of(Math.abs(inertia)),
        missingCount: 0,
        fittedRows: 1,
        priorMean,
      });
      const again = kMeansFromJSON(JSON.parse(JSON.stringify(model))) as KMeansMissingModel;
      const bits = ({ buffer }: Float64Array) => new BigUint64Array(buffer);
      assert.deepEqual(bits(again.centroids.values), bits(centroids));
      assert.deepEqual(bits(again.priorMean!), bits(priorMean));
      assert.equal(again.inertia, model.inertia);
    }),
    {
      seed: 0,
      examples: [[Float64Array.of(-0, 0, 5e-324, 1e308), new Float64Array([-0, 1, 2, 3]), 1]],
    },
  );
});

const damages: [method: MissingMethod, change: Record<string, unknown>, message: RegExp][] = [
  ["k-pod", { method: "knn" }, /: cannot use method: "knn" was given/],
  ["k-pod", { method: undefined }, /: cannot use method: undefined was given/],
  ["k-pod", { method: "gaussian-prior" }, /: cannot use priorMean: a list with at least one/],
  ["k-pod", { priorMean: [0, 0] }, /: cannot use priorMean: the method k-pod has none/],
  ["k-pod", { objective: null }, /: cannot use objective: null/],
  ["k-pod", { objectiveHistory: [1] }, /: cannot use objectiveHistory: it has 1 numbers, \d+ are/],
  ["k-pod", { objectiveHistory: [-1] }, /: cannot use objectiveHistory\[0\]: -1/],
  ["k-pod", { missingCount: -1 }, /: cannot use missingCount: -1/],
  ["k-pod", { fittedRows: 0 }, /: cannot use fittedRows: 0/],
  ["k-pod", { inertiaHistory: [1] }, /: cannot use inertiaHistory: it has 1 numbers, \d+ are/],
  ["gaussian-prior", { priorMean: [0] }, /: cannot use priorMean: it has 1 numbers, 2 are needed/],
  ["gaussian-prior", { priorMean: [0, null] }, /: cannot use priorMean\[1\]: null/],
  ["gaussian-prior", { priorMean: undefined }, /: cannot use priorMean: a list/],
];

for (const [method, change, message] of damages) {
  Deno.test(`kMeansFromJSON() refuses a damaged model by ${method}: ${message.source}`, async () => {
    using model = await kMeansMissing(x, { clusters: 3, method });
    assert.throws(() => kMeansFromJSON({ ...model.toJSON(), ...change }), {
      name: "SyntaxError",
      message,
    });
  });
}

Deno.test("kMeansFromJSON() reads a plain model for one that never saw missing entries", () => {
  const fit = {
    centroids: { values: Float64Array.of(1, 2), shape: [1, 2] as const },
    labels: Int32Array.of(0),
    inertia: 0,
    inertiaHistory: Float64Array.of(0),
    iterations: 1,
    converged: true,
  };
  const again = kMeansFromJSON(JSON.parse(JSON.stringify(new KMeansModel(fit))));
  assert.equal(again.constructor, KMeansModel);
});
