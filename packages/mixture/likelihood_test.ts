import assert from "node:assert/strict";
import { mixtureShapes, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import { withShapes } from "./fixtures/mixture_of.ts";
import {
  gaussianMixture,
  type MixtureCovariance,
  mixtureLogLikelihood,
  mixtureLogLikelihoodGradient,
} from "./mod.ts";

await useBackend("cpu");

const source = random(1);
const x = {
  values: Float64Array.from({ length: 60 }, (_, i) => source.normal() + (i < 30 ? 0 : 3)),
  shape: [30, 2],
} as const;

const parameters = {
  weights: [0.4, 0.6],
  means: [0.1, -0.2, 2.5, 3.5],
  covariances: {
    full: [1.2, 0.3, 0.3, 0.9, 1.5, -0.4, -0.4, 1.1],
    tied: [1.2, 0.3, 0.3, 0.9],
    diagonal: [1.2, 0.9, 1.5, 1.1],
    "tied-diagonal": [1.2, 0.9],
    spherical: [1.2, 0.8],
  },
};

function flatOf(covariance: MixtureCovariance) {
  return { ...parameters, covariance, covariances: parameters.covariances[covariance] };
}

const parametersOf = (covariance: MixtureCovariance) => withShapes(flatOf(covariance));

/** Central differences by one field; `mirror` moves the mirrored element of a matrix along. */
async function differences(
  covariance: MixtureCovariance,
  field: "means" | "covariances",
): Promise<number[]> {
  const step = 1e-5;
  const start = flatOf(covariance);
  const matrices = field === "covariances" && mixtureShapes[covariance].block === "matrix";
  const results: number[] = [];
  for (let at = 0; at < start[field].length; at++) {
    const mirror = matrices && (at % 4 === 1 || at % 4 === 2) ? at - at % 4 + 3 - at % 4 : at;
    const moved = async (by: number) => {
      const values = start[field].map((v, i) => i === at || i === mirror ? v + by : v);
      return await mixtureLogLikelihood(x, withShapes({ ...start, [field]: values }));
    };
    const slope = (await moved(step) - await moved(-step)) / (2 * step);
    results.push(mirror === at ? slope : slope / 2);
  }
  return results;
}

for (const covariance of covarianceNames) {
  Deno.test(`mixtureLogLikelihoodGradient() matches finite differences, ${covariance}`, async () => {
    const gradient = await mixtureLogLikelihoodGradient(x, parametersOf(covariance));
    const tolerance = { rtol: 1e-6, atol: 1e-6 };
    assertAllClose(gradient.means.values, await differences(covariance, "means"), tolerance);
    assertAllClose(
      gradient.covariances.values,
      await differences(covariance, "covariances"),
      tolerance,
    );
  });

  Deno.test(`mixtureLogLikelihoodGradient() vanishes when the fit has converged, ${covariance}`, async () => {
    const options = { components: 2, covariance, regularization: 0, tolerance: 0 };
    using model = await gaussianMixture(x, { ...options, maxIterations: 400 });
    const gradient = await mixtureLogLikelihoodGradient(x, model);
    assertAllClose(gradient.means.values, new Float64Array(4), { atol: 1e-3 });
    assertAllClose(gradient.logits, new Float64Array(2), { atol: 1e-3 });
    assertAllClose(gradient.weights, [30, 30], { rtol: 1e-4 });
    const flat = new Float64Array(gradient.covariances.values.length);
    assertAllClose(gradient.covariances.values, flat, { atol: 1e-3 });
  });
}

Deno.test("mixtureLogLikelihoodGradient() by the logits matches finite differences", async () => {
  const at = (logit: number) => {
    const weights = [Math.exp(logit), 1].map((value) => value / (Math.exp(logit) + 1));
    return mixtureLogLikelihood(x, { ...parametersOf("full"), weights });
  };
  const logit = Math.log(0.4 / 0.6);
  const slope = (await at(logit + 1e-5) - await at(logit - 1e-5)) / 2e-5;
  const gradient = await mixtureLogLikelihoodGradient(x, parametersOf("full"));
  assertAllClose([gradient.logits[0]], [slope], { rtol: 1e-6 });
});

Deno.test("mixtureLogLikelihoodGradient() by the weights is that by the logits and n·π, divided by π", async () => {
  for (const covariance of covarianceNames) {
    const { weights, logits } = await mixtureLogLikelihoodGradient(x, parametersOf(covariance));
    assertAllClose(
      weights.map((slope, c) => slope * parameters.weights[c]),
      logits.map((slope, c) => slope + 30 * parameters.weights[c]),
      { rtol: 1e-12 },
    );
    assertAllClose([logits[0] + logits[1]], [0], { atol: 1e-12 });
    assert.ok(Math.abs(logits[0]) > 0.1);
  }
});

Deno.test("mixtureLogLikelihood() equals the lower bound that a fit reports", async () => {
  using model = await gaussianMixture(x, { components: 2, maxIterations: 5, tolerance: 0 });
  using next = await gaussianMixture(x, { components: 2, init: model, maxIterations: 1 });
  assertAllClose([await mixtureLogLikelihood(x, model) / 30], [next.lowerBound], { rtol: 1e-6 });
});

Deno.test("mixtureLogLikelihood() rejects parameters that are not a mixture", async () => {
  const wrong = { ...parametersOf("full"), weights: [0.4, 0.4] };
  await assert.rejects(mixtureLogLikelihood(x, wrong), /their sum is 0.8/);
  const flat = { ...parametersOf("spherical"), covariances: [1, 0] };
  await assert.rejects(mixtureLogLikelihood(x, flat), /component 1 has a variance of 0/);
});

Deno.test("mixtureLogLikelihood() says that parameters are needed", async () => {
  await assert.rejects(mixtureLogLikelihood([[1]], undefined as never), {
    name: "TypeError",
    message: "Cannot use parameters: undefined was given, " +
      "an object with weights, means and covariances is needed",
  });
});
