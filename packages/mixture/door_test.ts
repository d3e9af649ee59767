import assert from "node:assert/strict";
import vm from "node:vm";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { gaussianMixture } from "./gaussian_mixture.ts";
import { mixtureLogLikelihood } from "./likelihood.ts";
import { selectMixture } from "./select_mixture.ts";

await useBackend("cpu");

const values = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i) + 30 * (i % 2));
const x: HostMatrix = { values, shape: [20, 1] };

const fits = {
  gaussianMixture: (options: unknown) => gaussianMixture(x, options as { components: number }),
  selectMixture: (options: unknown) => selectMixture(x, options as { components: number[] }),
};

for (const [name, fit] of Object.entries(fits)) {
  Deno.test(`${name}() rejects unknown options and a signal that is none`, async () => {
    const components = name === "gaussianMixture" ? 2 : [2];
    await assert.rejects(fit(undefined), { name: "TypeError" });
    await assert.rejects(fit(null), /null was given, an object of options is needed/);
    await assert.rejects(fit({ components, tolerence: 1 }), {
      name: "TypeError",
      message:
        `Cannot use the option tolerence: ${name} has none of that name, the nearest is tolerance`,
    });
    await assert.rejects(fit({ components, signal: {} }), /an AbortSignal is needed/);
  });
}

Deno.test("selectMixture() rejects the option covariance of gaussianMixture()", async () => {
  await assert.rejects(
    fits.selectMixture({ components: [1], covariance: "tied" }),
    /nearest is cov/,
  );
});

Deno.test("gaussianMixture() uses the default of every option when it is undefined", async () => {
  using plain = await gaussianMixture(x, { components: 2 });
  using same = await gaussianMixture(x, {
    components: 2,
    covariance: undefined,
    init: undefined,
    regularization: undefined,
    tolerance: undefined,
    maxIterations: undefined,
    restarts: undefined,
    seed: undefined,
    onIteration: undefined,
    signal: undefined,
  });
  assert.deepEqual(same.toJSON(), plain.toJSON());
});

Deno.test("gaussianMixture() and mixtureLogLikelihood() accept lists of rows, and arrays of another realm", async () => {
  const rows = Array.from(values, (value) => [value]);
  const init = { weights: [0.5, 0.5], means: [[0], [30]], covariances: [[[1]], [[1]]] };
  const foreign = vm.runInNewContext(`({
    weights: Float64Array.of(.5, .5),
    means: { values: Float32Array.of(0, 30), shape: [2, 1] },
    covariances: { values: Float32Array.of(1, 1), shape: [2, 1, 1] },
  })`);
  using plain = await gaussianMixture(x, { components: 2, init });
  using model = await gaussianMixture(rows, { components: 2, init: foreign });
  assert.deepEqual(model.toJSON(), plain.toJSON());
  assert.deepEqual(await model.logDensity(rows), await plain.logDensity(x));
  assert.equal(await mixtureLogLikelihood(rows, foreign), await mixtureLogLikelihood(x, init));
});
