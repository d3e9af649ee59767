import assert from "node:assert/strict";
import { type HostMatrix, type MixtureCovariance, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import fixture from "./fixtures/scikit_learn.json" with { type: "json" };
import { gaussianMixture } from "./mod.ts";

const cases = (["cpu", "simd"] as const).flatMap((backend) =>
  fixture.fits.map((expected) => ({ backend, expected }))
);

for (const { backend, expected } of cases) {
  const { name, components, regularization } = expected;
  const covariance = expected.covariance as MixtureCovariance;

  Deno.test(`gaussianMixture() on ${backend} agrees with scikit-learn: ${name}, ${covariance}`, async () => {
    await useBackend(backend);
    const x = {
      values: Float64Array.from(expected.x),
      shape: expected.shape as [number, number],
    };
    const responsibilities = oneHot(expected.labels, components);
    using model = await gaussianMixture(x, {
      components,
      covariance,
      regularization,
      init: { responsibilities },
    });
    // Where columns outnumber rows only the regularization holds some directions open, and what float32
    // loses beside the large ones is lost there.
    const tolerance = x.shape[0] > x.shape[1] ? 1e-6 : 1e-5;
    const close = { rtol: tolerance, atol: tolerance };
    assert.equal(model.iterations, expected.iterations);
    assert.equal(model.converged, expected.converged);
    assertAllClose([model.lowerBound], [expected.lowerBound], close);
    const density = await model.logDensity(x);
    const mean = density.reduce((sum, value) => sum + value, 0) / density.length;
    assertAllClose([mean], [expected.meanLogLikelihood], close);
    assertAllClose(density.slice(0, 8), expected.logDensity, { rtol: 1e-5, atol: 1e-5 });
    assertAllClose(model.weights, expected.weights, { rtol: 1e-5 });
    assertAllClose(model.means.values, expected.means, { rtol: 1e-5, atol: 1e-5 });
    assertAllClose(model.covariances.values, expected.covariances, { rtol: 1e-4, atol: 1e-5 });
    const first = { values: x.values.slice(0, 8 * x.shape[1]), shape: [8, x.shape[1]] } as const;
    const { values } = await model.responsibilities(first);
    assertAllClose(values, expected.responsibilities, { rtol: 0, atol: 1e-5 });
    assert.deepEqual([...await model.predict(x)], expected.predicted);
    assertAllClose([await model.bic(x), await model.aic(x)], [expected.bic, expected.aic], {
      rtol: 1e-6,
      atol: 1e-4,
    });
  });
}

function oneHot(labels: readonly number[], k: number): HostMatrix {
  const values = Uint8Array.from({ length: labels.length * k }, (_, at) => {
    return labels[Math.floor(at / k)] === at % k ? 1 : 0;
  });
  return { values, shape: [labels.length, k] };
}
