import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import { ComponentCollapseError, gaussianMixture, mixtureLogLikelihood } from "./mod.ts";

await useBackend("cpu");

function groups(seed: number, n: number, d: number, k: number): HostMatrix {
  const source = random(seed);
  const means = Float64Array.from({ length: k * d }, () => 4 * source.normal());
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const c = source.integer(k);
    for (let j = 0; j < d; j++) values[i * d + j] = means[c * d + j] + source.normal();
  }
  return { values, shape: [n, d] };
}

function startOf(x: HostMatrix, k: number, seed: number): HostMatrix {
  const source = random(seed);
  const values = new Float64Array(x.shape[0] * k);
  for (let i = 0; i < x.shape[0]; i++) values[i * k + source.integer(k)] = 1;
  for (let c = 0; c < k; c++) values.fill(0, c * k, c * k + k)[c * k + c] = 1;
  return { values, shape: [x.shape[0], k] };
}

Deno.test("gaussianMixture() never lowers the likelihood, from any start", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom(...covarianceNames),
      fc.constantFrom("random" as const, "k-means" as const),
      async (seed, covariance, init) => {
        const x = groups(seed, 60, 3, 3);
        const fixed = { components: 3, tolerance: 0, maxIterations: 15, regularization: 0 };
        const fit = gaussianMixture(x, {
          ...fixed,
          covariance,
          init,
          seed,
          onIteration: ({ change }) => assert.ok(change > -2e-6, `${covariance}: ${change}`),
        });
        // Without regularization a component may end on few points; until then the bound has risen.
        await fit.catch((error) => assert.ok(error instanceof ComponentCollapseError, error));
      },
    ),
    { seed: 1, numRuns: 32 },
  );
});

Deno.test("gaussianMixture() returns the mean and covariance of the sample when there is one component", async () => {
  const x = groups(4, 50, 3, 2);
  const mean = [0, 1, 2].map((j) => {
    let sum = 0;
    for (let i = 0; i < 50; i++) sum += x.values[i * 3 + j];
    return sum / 50;
  });
  const covariance = Array.from({ length: 9 }, (_, at) => {
    const [a, b] = [Math.floor(at / 3), at % 3];
    let sum = 0;
    for (let i = 0; i < 50; i++) {
      sum += (x.values[i * 3 + a] - mean[a]) * (x.values[i * 3 + b] - mean[b]);
    }
    return sum / 50;
  });
  const diagonal = [0, 4, 8].map((at) => covariance[at]);
  const expected = {
    full: covariance,
    tied: covariance,
    diagonal,
    "tied-diagonal": diagonal,
    spherical: [(diagonal[0] + diagonal[1] + diagonal[2]) / 3],
  };
  for (const shape of covarianceNames) {
    const options = { components: 1, covariance: shape, regularization: 0 };
    using model = await gaussianMixture(x, options);
    assertAllClose(model.weights, [1]);
    assertAllClose(model.means.values, mean, { rtol: 1e-6, atol: 1e-6 });
    assertAllClose(model.covariances.values, expected[shape], { rtol: 1e-5, atol: 1e-5 });
    assert.ok(model.converged);
  }
});

Deno.test("gaussianMixture() with tied-diagonal covariances equals tied in one column, and diagonal with one component", async () => {
  for (const [d, components, other] of [[1, 3, "tied"], [4, 1, "diagonal"]] as const) {
    const x = groups(3, 60, d, components);
    const init = { responsibilities: startOf(x, components, 2) };
    using model = await gaussianMixture(x, { components, init, covariance: "tied-diagonal" });
    using twin = await gaussianMixture(x, { components, init, covariance: other });
    assertAllClose(model.means.values, twin.means.values, { rtol: 1e-12, atol: 1e-12 });
    assertAllClose(model.covariances.values, twin.covariances.values, { rtol: 1e-12 });
    assertAllClose([await model.bic(x)], [await twin.bic(x)], { rtol: 1e-12 });
  }
});

Deno.test("gaussianMixture() with tied-diagonal covariances scales with the units of the columns", async () => {
  const x = groups(4, 90, 3, 2);
  const units = [1e-3, 1, 1e4];
  const scaled = { values: x.values.map((value, at) => value * units[at % 3]), shape: x.shape };
  const init = { responsibilities: startOf(x, 2, 2) };
  const options = { components: 2, covariance: "tied-diagonal", regularization: 0, init } as const;
  using model = await gaussianMixture(x, options);
  using other = await gaussianMixture(scaled, options);
  assert.equal(model.covariances.values.length, 3);
  assertAllClose(
    other.covariances.values,
    model.covariances.values.map((v, j) => v * units[j] ** 2),
    {
      rtol: 1e-9,
    },
  );
  assertAllClose([other.lowerBound], [model.lowerBound - Math.log(1e-3 * 1e4)], { rtol: 1e-9 });
});

Deno.test("gaussianMixture() permutes its components as the start permutes them", async () => {
  const x = groups(7, 80, 2, 3);
  const start = startOf(x, 3, 1);
  const swapped = {
    values: start.values.map((_, at) => start.values[Math.floor(at / 3) * 3 + (at + 1) % 3]),
    shape: start.shape,
  };
  // (at + 1) % 3 reads the next component of the same row only because a row starts at a multiple of 3.
  using model = await gaussianMixture(x, { components: 3, init: { responsibilities: start } });
  using other = await gaussianMixture(x, { components: 3, init: { responsibilities: swapped } });
  const order = [1, 2, 0];
  assertAllClose(other.weights, order.map((c) => model.weights[c]), { rtol: 1e-5 });
  assertAllClose(
    other.means.values,
    order.flatMap((c) => [...model.means.values.subarray(2 * c, 2 * c + 2)]),
    {
      rtol: 1e-5,
      atol: 1e-5,
    },
  );
  assertAllClose([other.lowerBound], [model.lowerBound]);
});

Deno.test("gaussianMixture() with full covariances follows an affine map of the data", async () => {
  const x = groups(9, 100, 2, 2);
  const [a, b, c, e] = [2, 0.5, -1, 3];
  const mapped = new Float64Array(200);
  for (let i = 0; i < 200; i += 2) {
    mapped[i] = a * x.values[i] + b * x.values[i + 1] + 10;
    mapped[i + 1] = c * x.values[i] + e * x.values[i + 1] - 20;
  }
  const init = { responsibilities: startOf(x, 2, 3) };
  const options = { components: 2, init, regularization: 0, tolerance: 0, maxIterations: 10 };
  using model = await gaussianMixture(x, options);
  using image = await gaussianMixture({ values: mapped, shape: [100, 2] }, options);
  const logDeterminant = Math.log(a * e - b * c);
  assertAllClose([image.lowerBound], [model.lowerBound - logDeterminant], { rtol: 1e-5 });
  const [u, v] = model.means.values;
  assertAllClose(image.means.values.slice(0, 2), [a * u + b * v + 10, c * u + e * v - 20], {
    rtol: 1e-4,
  });
});

Deno.test("gaussianMixture() keeps the best of several restarts", async () => {
  const x = groups(11, 120, 2, 6);
  const bounds = [0, 0, 0, 0];
  using model = await gaussianMixture(x, {
    components: 6,
    init: "random",
    restarts: 4,
    seed: 3,
    onIteration: ({ restart, lowerBound }) => bounds[restart] = lowerBound,
  });
  assert.equal(model.lowerBound, Math.max(...bounds));
  assert.equal(new Set(bounds).size, 4);
});

Deno.test("gaussianMixture() returns the same numbers for the same seed", async () => {
  const x = groups(12, 60, 2, 3);
  using first = await gaussianMixture(x, { components: 3, seed: 5 });
  using second = await gaussianMixture(x, { components: 3, seed: 5 });
  assert.deepEqual(second.toJSON(), first.toJSON());
});

Deno.test("gaussianMixture() continues from a fitted model", async () => {
  const x = groups(13, 60, 2, 3);
  using first = await gaussianMixture(x, { components: 3, tolerance: 1e-9, maxIterations: 500 });
  using second = await gaussianMixture(x, { components: 3, init: first });
  assert.equal(second.iterations, 2);
  assert.ok(second.lowerBound >= first.lowerBound - 1e-6);
});

Deno.test("gaussianMixture() reports each iteration", async () => {
  const x = groups(14, 60, 2, 3);
  const bounds: number[] = [];
  using model = await gaussianMixture(x, {
    components: 3,
    onIteration({ iteration, lowerBound, change }) {
      bounds.push(lowerBound);
      assert.equal(iteration, bounds.length - 1);
      assert.equal(change, iteration === 0 ? Infinity : lowerBound - bounds[iteration - 1]);
    },
  });
  assert.deepEqual(bounds, [...model.lowerBoundHistory]);
  assert.equal(model.iterations, bounds.length);
  assert.equal(model.lowerBound, bounds[bounds.length - 1]);
});

Deno.test("gaussianMixture() fits degenerate data: one row, one column, constant columns, more columns than rows", async () => {
  const shapes = [[1, 3], [5, 1], [4, 9]] as const;
  for (const covariance of covarianceNames) {
    for (const [n, d] of shapes) {
      using model = await gaussianMixture(groups(1, n, d, 1), { components: 1, covariance });
      assert.ok(Number.isFinite(model.lowerBound), `${covariance} ${n}×${d}`);
    }
    const constant = { values: new Float64Array(20).fill(3), shape: [10, 2] } as const;
    using model = await gaussianMixture(constant, { components: 1, covariance });
    assertAllClose(model.means.values, [3, 3]);
    // A variance of 1e-6 in both columns: −log(2π) − log(1e-6) at the mean.
    assertAllClose([model.lowerBound], [-Math.log(2 * Math.PI) + Math.log(1e6)]);
  }
});

Deno.test("gaussianMixture() names the component that collapsed, and a remedy", async () => {
  const x = { values: new Float64Array([0, 0, 0, 5, 6, 7]), shape: [6, 1] } as const;
  await assert.rejects(
    gaussianMixture(x, { components: 2, regularization: 0, init: { responsibilities: halves() } }),
    (error) => {
      assert.ok(error instanceof ComponentCollapseError);
      assert.equal(error.component, 0);
      assert.match(error.message, /component 0 .* raise regularization/);
      return true;
    },
  );
  using saved = await gaussianMixture(x, { components: 2, init: { responsibilities: halves() } });
  assertAllClose(saved.means.values, [0, 6], { atol: 1e-3 });
});

function halves(): HostMatrix {
  return { values: new Uint8Array([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]), shape: [6, 2] };
}

Deno.test("gaussianMixture() stops when it is aborted", async () => {
  const x = groups(1, 50, 2, 2);
  const controller = new AbortController();
  const fit = gaussianMixture(x, {
    components: 2,
    tolerance: 0,
    maxIterations: 100_000,
    signal: controller.signal,
    onIteration: ({ iteration }) => iteration === 2 && controller.abort(),
  });
  await assert.rejects(fit, { name: "AbortError" });
});

Deno.test("gaussianMixture() leaves no tensors behind, finished or failed", async () => {
  const x = groups(1, 50, 2, 2);
  await assertNoLeak(async () => {
    using model = await gaussianMixture(x, { components: 2 });
    await model.logDensity(x);
    await model.responsibilities(x);
    await model.predict(x);
    await model.bic(x);
  });
  await assertNoLeak(async () => {
    const stop = () => {
      throw new TypeError("stop");
    };
    await assert.rejects(gaussianMixture(x, { components: 2, onIteration: stop }), /stop/);
  });
});

Deno.test("gaussianMixture() accepts a tensor", async () => {
  const x = groups(1, 50, 2, 2);
  const tensor = tf.tensor2d(Float32Array.from(x.values), [50, 2]);
  using model = await gaussianMixture(tensor, { components: 2 });
  assert.equal((await model.logDensity(tensor)).length, 50);
  tensor.dispose();
  await assert.rejects(model.logDensity(tensor), TypeError);
});

Deno.test("gaussianMixture() keeps its digits on collapsed features: tight groups in a subspace", async () => {
  // What weight decay does to a classifier's features: groups 1e-3 wide, far apart, in few directions.
  const source = random(5);
  const [n, d, k] = [600, 12, 4];
  const means = Float64Array.from({ length: k * 2 }, () => 10 * source.normal());
  const basis = Float64Array.from({ length: 2 * d }, () => source.normal());
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    const [c, j] = [Math.floor(at / d) % k, at % d];
    return means[2 * c] * basis[j] + means[2 * c + 1] * basis[d + j] + 1e-3 * source.normal();
  });
  const x = { values, shape: [n, d] } as const;
  for (const backend of ["cpu", "simd"] as const) {
    await useBackend(backend);
    for (const covariance of covarianceNames) {
      const options = { components: k, covariance, regularization: 1e-8, maxIterations: 20 };
      using model = await gaussianMixture(x, options);
      const density = await model.logDensity(x);
      const sum = density.reduce((total, value) => total + value, 0);
      assertAllClose([sum], [await mixtureLogLikelihood(x, model)], { rtol: 1e-5 });
    }
  }
  await useBackend("cpu");
});
