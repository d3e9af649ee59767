import assert from "node:assert/strict";
import { useBackend } from "@mixtape/tensor-utils";
import { gaussianMixture, type GaussianMixtureOptions, type MixtureCovariance } from "./mod.ts";

await useBackend("cpu");

const sixRows = {
  values: new Uint8Array([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]),
  shape: [6, 2],
} as const;

Deno.test("gaussianMixture() rejects invalid arguments before it starts, with a reason", async () => {
  const x = {
    values: Float64Array.from({ length: 14 }, (_, i) => Math.sin(i)),
    shape: [7, 2],
  } as const;
  const parameters = { weights: [1], means: [0, 0], covariances: [1, 0, 0, 1] };
  const cases: [Partial<GaussianMixtureOptions>, RegExp][] = [
    [
      { components: 12 },
      /^Cannot fit 12 components: x has 7 rows, components must be between 1 and 7$/,
    ],
    [{ components: 0 }, /components: 0 was given/],
    [{ components: 1.5 }, /components: 1.5 was given/],
    [{ components: undefined }, /components/],
    [{ covariance: "diag" as MixtureCovariance }, /covariance: "diag" was given/],
    [{ init: "kmeans" as "k-means" }, /init: "kmeans" was given/],
    [{ regularization: -1 }, /regularization: -1/],
    [{ tolerance: NaN }, /tolerance: NaN/],
    [{ maxIterations: -1 }, /maxIterations: -1/],
    [{ restarts: 0 }, /restarts: 0/],
    [{ seed: 0.5 }, /seed: 0.5/],
    [{ init: parameters }, /init: it has 1 components with full covariances, 2 with full/],
    [{ init: parameters, components: 1, restarts: 2 }, /Cannot restart 2 times/],
    [{ init: { ...parameters, weights: [0.5] } }, /weights: their sum is 0.5/],
    [{ init: { ...parameters, weights: [2, -1] } }, /weights: element 1 is -1/],
    [{ init: { ...parameters, means: [0] } }, /means: 1 numbers were given, 2 are needed/],
    [{ init: { ...parameters, means: [0, NaN] } }, /means: element 1 is NaN/],
    [{ init: { ...parameters, covariances: [1] } }, /covariances: 1 numbers were given, 4/],
    [{ init: { ...parameters, covariances: [1, 2, 0, 1] } }, /symmetric matrices are needed/],
    [{ init: { responsibilities: sixRows } }, /its shape is \[6,2\], \[7, 2\] is needed/],
    [
      { init: { responsibilities: { values: new Float32Array(14), shape: [7, 2] } } },
      /row 0 has sum 0/,
    ],
  ];
  for (const [options, message] of cases) {
    await assert.rejects(
      gaussianMixture(x, { components: 2, ...options } as GaussianMixtureOptions),
      (error: Error) => {
        assert.match(error.message, message);
        assert.ok(error instanceof RangeError || error instanceof TypeError);
        return true;
      },
    );
  }
  const broken = { values: new Float64Array([1, NaN]), shape: [2, 1] } as const;
  await assert.rejects(gaussianMixture(broken, { components: 1 }), RangeError);
});
