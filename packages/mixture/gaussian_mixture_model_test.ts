import assert from "node:assert/strict";
import fc from "fast-check";
import { cholesky, jsonNumber, jupyterDisplay, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import {
  gaussianMixture,
  gaussianMixtureFromJSON,
  type GaussianMixtureModel,
  type MixtureCovariance,
} from "./mod.ts";

await useBackend("cpu");

/** Two components in two dimensions, in the layout that each shape of covariances has. */
const written = {
  full: [[[2, 0.5], [0.5, 1]], [[1, -0.3], [-0.3, 0.5]]],
  tied: [[2, 0.5], [0.5, 1]],
  diagonal: [[2, 1], [1, 0.5]],
  "tied-diagonal": [2, 1],
  spherical: [2, 0.5],
};

function modelOf(covariance: MixtureCovariance): GaussianMixtureModel {
  return gaussianMixtureFromJSON({
    format: "mixtape-gaussian-mixture",
    version: 2,
    dimensions: 2,
    covariance,
    weights: [0.3, 0.7],
    means: [[0, 0], [5, -3]],
    covariances: written[covariance],
    lowerBound: -1,
    lowerBoundHistory: [-2, -1],
    converged: true,
    notes: [],
  });
}

Deno.test("sample() has the moments of its component", async () => {
  const expected = {
    full: [[2, 0.5, 1], [1, -0.3, 0.5]],
    tied: [[2, 0.5, 1], [2, 0.5, 1]],
    diagonal: [[2, 0, 1], [1, 0, 0.5]],
    "tied-diagonal": [[2, 0, 1], [2, 0, 1]],
    spherical: [[2, 0, 2], [0.5, 0, 0.5]],
  };
  for (const covariance of covarianceNames) {
    const { x: { values }, labels } = await modelOf(covariance).sample(20_000, { seed: 1 });
    const means = [[0, 0], [5, -3]];
    const counts = [0, 0];
    const moments = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]];
    labels.forEach((c, i) => {
      const [a, b] = [values[2 * i] - means[c][0], values[2 * i + 1] - means[c][1]];
      counts[c]++;
      [a, b, a * a, a * b, b * b].forEach((value, m) => moments[c][m] += value);
    });
    assertAllClose([counts[0] / 20_000], [0.3], { atol: 0.015 });
    moments.forEach((sums, c) => {
      const actual = sums.map((sum) => sum / counts[c]);
      assertAllClose(actual, [0, 0, ...expected[covariance][c]], { atol: 0.1 });
    });
  }
});

Deno.test("sample() draws a component and then each column, from the first row on", async () => {
  const { x, labels } = await modelOf("diagonal").sample(20, { seed: 6 });
  const source = random(6);
  const deviations = written.diagonal.flat().map(Math.sqrt);
  for (let i = 0; i < 20; i++) {
    const c = source.next() < 0.3 ? 0 : 1;
    const row = [0, 1].map((j) =>
      [0, 0, 5, -3][2 * c + j] + deviations[2 * c + j] * source.normal()
    );
    assert.equal(labels[i], c);
    assertAllClose(x.values.slice(2 * i, 2 * i + 2), row, { rtol: 1e-14 });
  }
});

Deno.test("sample() draws the same rows for the same seed and rejects a count below 1", async () => {
  const model = modelOf("full");
  const few = await model.sample(3, { seed: 2 });
  const many = await model.sample(9, { seed: 2 });
  assert.deepEqual(await model.sample(9, { seed: 2 }), many);
  assert.notDeepEqual(await model.sample(9, { seed: 3 }), many);
  assert.equal((await model.sample(1, { seed: 2 })).labels.length, 1);
  await assert.rejects(model.sample(0), RangeError);
  assert.deepEqual(few.x.values, many.x.values.slice(0, 6));
  assert.deepEqual(few.labels, many.labels.slice(0, 3));
  assert.deepEqual(few.x.shape, [3, 2]);
  assert.deepEqual(await model.sample(3), await model.sample(3, { seed: 0 }));
});

Deno.test("logDensity() integrates to 1", async () => {
  for (const covariance of covarianceNames) {
    const step = 0.25;
    const side = 100;
    const values = new Float64Array(2 * side * side);
    for (let i = 0; i < side * side; i++) {
      values[2 * i] = (i % side - side / 2) * step + 2;
      values[2 * i + 1] = (Math.floor(i / side) - side / 2) * step - 1;
    }
    const density = await modelOf(covariance).logDensity({ values, shape: [side * side, 2] });
    const mass = density.reduce((sum, value) => sum + Math.exp(value) * step * step, 0);
    assertAllClose([mass], [1], { rtol: 1e-4 });
  }
});

Deno.test("responsibilities() sum to 1 in every row, and predict() returns the largest", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 }),
      fc.constantFrom(...covarianceNames),
      async (numbers, covariance) => {
        const n = Math.floor(numbers.length / 2);
        const x = { values: Float64Array.from(numbers.slice(0, 2 * n)), shape: [n, 2] } as const;
        const model = modelOf(covariance);
        const { values, shape } = await model.responsibilities(x);
        assert.deepEqual(shape, [n, 2]);
        const predicted = await model.predict(x);
        for (let i = 0; i < n; i++) {
          assertAllClose([values[2 * i] + values[2 * i + 1]], [1]);
          assert.equal(predicted[i], values[2 * i + 1] > values[2 * i] ? 1 : 0);
        }
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("bic() and aic() count the free parameters", async () => {
  const x = { values: new Float64Array([0, 0, 5, -3, 1, 1]), shape: [3, 2] } as const;
  const counted = { full: 11, tied: 8, diagonal: 9, "tied-diagonal": 7, spherical: 7 };
  for (const covariance of covarianceNames) {
    const model = modelOf(covariance);
    const density = await model.logDensity(x);
    const total = density[0] + density[1] + density[2];
    assertAllClose([await model.aic(x)], [2 * counted[covariance] - 2 * total]);
    assertAllClose([await model.bic(x)], [Math.log(3) * counted[covariance] - 2 * total]);
  }
});

Deno.test("predict() returns the first of components that are equally probable", async () => {
  const twins = gaussianMixtureFromJSON({
    ...modelOf("spherical").toJSON(),
    weights: [0.2, 0.4, 0.4],
    means: [[50, 50], [0, 1], [0, 1]],
    covariances: [1, 2, 2],
  });
  const x = { values: Float64Array.of(0, 0, 50, 50), shape: [2, 2] } as const;
  assert.deepEqual([...await twins.predict(x)], [1, 0]);
  const { values, shape } = await twins.responsibilities(x);
  assert.deepEqual(shape, [2, 3]);
  assertAllClose(values, [0, 0.5, 0.5, 1, 0, 0], { atol: 1e-12 });
});

Deno.test("gaussianMixtureFromJSON() gives back every field, none in another's place", () => {
  const json = { ...modelOf("diagonal").toJSON(), converged: false, notes: ["a", "b"] };
  const model = gaussianMixtureFromJSON(json);
  assert.deepEqual([model.components, model.dimensions, model.iterations], [2, 2, 2]);
  assert.deepEqual([model.lowerBound, [...model.lowerBoundHistory]], [-1, [-2, -1]]);
  assert.deepEqual([model.converged, model.notes, model.covariance], [
    false,
    ["a", "b"],
    "diagonal",
  ]);
  assert.deepEqual([...model.weights, ...model.means.values], [0.3, 0.7, 0, 0, 5, -3]);
  assert.deepEqual([...model.covariances.values], written.diagonal.flat());
  assert.deepEqual([model.means.shape, model.covariances.shape], [[2, 2], [2, 2]]);
  for (const list of [model.notes, model]) {
    assert.ok(Object.isFrozen(list));
  }
});

Deno.test("toJSON() and gaussianMixtureFromJSON() keep every digit", async () => {
  const { x } = await modelOf("full").sample(60, { seed: 4 });
  for (const covariance of covarianceNames) {
    using model = await gaussianMixture(x, { components: 2, covariance });
    using copy = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(model)));
    assert.deepEqual(copy.toJSON(), model.toJSON());
    assert.equal(copy.iterations, model.iterations);
    assert.deepEqual(await copy.logDensity(x), await model.logDensity(x));
  }
});

Deno.test("gaussianMixtureFromJSON() gives densities the bits of the fitted model where kernels invert covariances", async () => {
  await useBackend("simd", { threads: 1 });
  try {
    const source = random(testSeed());
    const x = {
      values: Float64Array.from({ length: 8000 }, () => source.normal()),
      shape: [160, 50],
    } as const;
    for (const covariance of ["full", "tied"] as const) {
      using model = await gaussianMixture(x, { components: 2, covariance });
      using copy = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(model)));
      assert.deepEqual(await copy.logDensity(x), await model.logDensity(x));
      assert.deepEqual(await copy.responsibilities(x), await model.responsibilities(x));
    }
  } finally {
    await useBackend("cpu");
  }
});

Deno.test("sample() has the bits of plain loops for any number of rows and columns", async () => {
  const source = random(testSeed());
  for (const [n, d] of [[1, 3], [7, 5], [30, 40]]) {
    const x = {
      values: Float64Array.from({ length: 3 * d * d }, () => source.normal()),
      shape: [3 * d, d],
    } as const;
    const model = await gaussianMixture(x, { components: 2, init: "random", regularization: 0.1 });
    const { x: { values }, labels } = await model.sample(n, { seed: 4 });
    const factors = [0, 1].map((c) =>
      cholesky(model.covariances.values.subarray(c * d * d, (c + 1) * d * d), d)
    );
    const draws = random(4);
    for (let i = 0; i < n; i++) {
      assert.equal(labels[i], draws.next() < model.weights[0] ? 0 : 1);
      const z = Float64Array.from({ length: d }, () => draws.normal());
      for (let j = 0; j < d; j++) {
        let sum = 0;
        for (let p = 0; p <= j; p++) sum += factors[labels[i]][j * d + p] * z[p];
        assert.equal(values[i * d + j], model.means.values[labels[i] * d + j] + sum);
      }
    }
  }
});

Deno.test("toJSON() and gaussianMixtureFromJSON() keep −0 and numbers near the ends of float64", () => {
  const means = [-0, 5e-324, 1e308, -1e-310];
  const json = {
    ...modelOf("full").toJSON(),
    means: [means.slice(0, 2).map(jsonNumber), means.slice(2).map(jsonNumber)],
  };
  const copy = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(json)));
  const again = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(copy)));
  for (const model of [copy, again]) {
    means.forEach((mean, i) => assert.ok(Object.is(model.means.values[i], mean)));
  }
});

Deno.test("gaussianMixtureFromJSON() rejects JSON that is not a model", () => {
  const good = modelOf("full").toJSON();
  const cases: [unknown, RegExp][] = [
    [null, /format undefined/],
    [{ ...good, format: "k-means" }, /format "k-means"/],
    [{ ...good, version: 1 }, /version 1 was given, .* version 2 is needed/],
    [{ ...good, dimensions: 0 }, /dimensions: 0/],
    [{ ...good, covariance: "round" }, /covariance: "round"/],
    [{ ...good, covariance: undefined }, /covariance: undefined/],
    [{ ...good, weights: undefined }, /weights: a list of numbers is needed, at least 1/],
    [{ ...good, weights: [0.3, "0.7"] }, /weights\[1\]: "0.7"/],
    [{ ...good, means: [[null, 0], [5, -3]] }, /means\[0\]\[0\]: null/],
    [
      { ...good, covariances: [[[2, 0.5], [0.5, 1]], [[1, null], [null, 0.5]]] },
      /covariances\[1\]\[0\]\[1\]: null/,
    ],
    [{ ...good, lowerBoundHistory: [null] }, /lowerBoundHistory\[0\]: null/],
    [{ ...good, weights: [0.3, 0.3] }, /their sum is 0.6/],
    [{ ...good, means: [[0, 0]] }, /means: it has 1 entries, 2 are needed/],
    [{ ...good, means: [0, 0, 5, -3] }, /means: it has 4 entries, 2 are needed/],
    [{ ...good, means: [0, 5] }, /means\[0\]: a list of 2 is needed/],
    [{ ...good, covariances: [[[1, 0], [0, -1]], [[1, 0], [0, 1]]] }, /not positive definite/],
    [{ ...good, lowerBoundHistory: undefined }, /lowerBoundHistory: a list of numbers is needed/],
    [{ ...good, lowerBound: null }, /lowerBound: null/],
    [{ ...good, notes: [1] }, /cannot use model\.notes: a list/],
    [{ ...good, converged: "yes" }, /cannot use model\.converged: "yes" was given, true or false/],
  ];
  for (const [json, message] of cases) {
    assert.throws(() => gaussianMixtureFromJSON(json), { name: "SyntaxError", message });
  }
});

Deno.test("logDensity() rejects data with another number of columns", async () => {
  const x = { values: new Float64Array(3), shape: [1, 3] } as const;
  await assert.rejects(modelOf("full").logDensity(x), /it has 3 columns, 2 are needed/);
});

Deno.test("GaussianMixtureModel shows its weights and means in a notebook", async () => {
  using model = await gaussianMixture([[0, 1], [2, 3], [4, 8]], { components: 1 });
  const lines = model[jupyterDisplay]()["text/plain"].split("\n");
  assert.match(
    lines[0],
    /^Gaussian mixture: 1 component, full covariances, mean log-likelihood -?\d/,
  );
  assert.deepEqual(lines.slice(1), ["component\tweight\tmean 0\tmean 1", "0\t1\t2\t4"]);
});
