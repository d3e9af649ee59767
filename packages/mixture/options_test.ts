import assert from "node:assert/strict";
import { useBackend } from "@mixtape/tensor-utils";
import { gaussianMixture, type GaussianMixtureOptions, type MixtureCovariance } from "./mod.ts";
import { checkOptions } from "./options.ts";

await useBackend("cpu");

const sixRows = {
  values: new Uint8Array([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]),
  shape: [6, 2],
} as const;

/** A start in which every row is 0.5, 0.5, but the one whose last number stands at an index. */
function responsibilities(last: number, row: readonly number[]) {
  const values = new Float64Array(14).fill(0.5);
  values.set(row, last - 1);
  return { init: { responsibilities: { values, shape: [7, 2] as const } } };
}

Deno.test("checkOptions() fills in the defaults that the options state", async () => {
  const { onIteration, ...defaults } = await checkOptions({ components: 2 }, sixRows);
  assert.deepEqual(defaults, {
    components: 2,
    covariance: "full",
    init: { kind: "k-means" },
    restarts: 1,
    regularization: 1e-6,
    tolerance: 1e-3,
    maxIterations: 100,
    seed: 0,
    signal: undefined,
  });
  assert.equal(onIteration({ restart: 0, iteration: 1, lowerBound: 0, change: 0 }), undefined);
  const { signal } = new AbortController();
  const given = {
    components: 6,
    covariance: "spherical",
    restarts: 3,
    regularization: 0,
    tolerance: 0,
    maxIterations: 0,
    seed: -3,
    onIteration: () => {},
    signal,
  } as const;
  assert.deepEqual(await checkOptions({ ...given, init: "random" }, sixRows), {
    ...given,
    init: { kind: "random" },
  });
  const { init } = await checkOptions(
    { components: 2, init: { responsibilities: sixRows } },
    sixRows,
  );
  assert.deepEqual(init, { kind: "responsibilities", responsibilities: sixRows });
});

Deno.test("checkOptions() takes responsibilities and weights whose sums are off by rounding", async () => {
  const seven = { values: new Float64Array(14), shape: [7, 2] } as const;
  for (const share of [0.49991, 0.50009]) {
    await checkOptions({ components: 2, ...responsibilities(7, [0.5, share]) }, seven);
  }
  const init = { weights: [0.5, 0.5000009], means: [0, 0, 1, 1], covariances: [1, 1, 1, 1] };
  const diagonal = { components: 2, covariance: "diagonal" } as const;
  await checkOptions({ ...diagonal, init: { ...init, covariance: "diagonal" } }, seven);
  await assert.rejects(
    checkOptions({
      ...diagonal,
      init: { ...init, covariance: "diagonal", weights: [0.5, 0.4999989] },
    }, seven),
    /their sum is 0.9999989/,
  );
});

Deno.test("gaussianMixture() rejects invalid arguments before it starts, with a reason", async () => {
  const x = {
    values: Float64Array.from({ length: 14 }, (_, i) => Math.sin(i)),
    shape: [7, 2],
  } as const;
  const parameters = { weights: [1], means: [[0, 0]], covariances: [[[1, 0], [0, 1]]] };
  const two = [...parameters.covariances, ...parameters.covariances];
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
    [{ init: 5 as unknown as "random" }, /init.weights/],
    [{ init: { ...parameters, weights: [0.5] } }, /weights: their sum is 0.5/],
    [
      { init: { ...parameters, weights: [2, -1], means: [[0, 0], [1, 1]], covariances: two } },
      /weights: element 1 is -1/,
    ],
    [
      { init: { ...parameters, means: [0, 0] as unknown as number[][] } },
      /init.means: its row 0 is 0/,
    ],
    [{ init: { ...parameters, means: [[0, 0], [1, 1]] } }, /means: its shape is \[2, 2\], 1 rows/],
    [
      { init: { ...parameters, means: [[0]], covariances: [[[1]]] } },
      /means: 1 numbers were given, 2 are needed/,
    ],
    [{ init: { ...parameters, means: [[0, NaN]] } }, /init.means: .* column 1 is NaN/],
    [
      { init: { ...parameters, covariances: [1, 0, 0, 1] } },
      /covariances: its shape is \[4\], \[1, 2, 2\] is needed for full covariances/,
    ],
    [
      { init: { ...parameters, covariances: [[[1, 0], [0]]] } },
      /covariances\[0\]: entry 1 has shape \[1\] and entry 0 \[2\], all must have the same/,
    ],
    [
      { init: { ...parameters, covariances: [[[1, 0], [0, "1" as unknown as number]]] } },
      /covariances\[0\]\[1\]: entry 1 is "1", a number is needed/,
    ],
    [{ init: { ...parameters, covariances: [[[1, 0], [0, NaN]]] } }, /element 3 is NaN/],
    [{ init: { ...parameters, covariances: undefined as unknown as [] } }, /init.covariances/],
    [{ init: { ...parameters, covariances: [[[1, 2], [0, 1]]] } }, /symmetric matrices are needed/],
    [{ init: { responsibilities: sixRows } }, /its shape is \[6,2\], \[7, 2\] is needed/],
    [
      { init: { responsibilities: { values: new Float32Array(14), shape: [7, 2] } } },
      /row 0 has sum 0/,
    ],
    [responsibilities(13, [1.5, -0.5]), /row 6 has sum 1, numbers from 0 with sum 1 are needed/],
    [responsibilities(5, [0.5, 0.49]), /row 2 has sum 0.99/],
    [responsibilities(1, [0.5, 0.50011]), /row 0 has sum 1.00011/],
    [{ init: { ...parameters, weights: [0] } }, /weights: element 0 is 0, numbers above 0/],
    [{ init: { ...parameters, weights: [1.0000011] } }, /their sum is 1.0000011/],
    [
      { init: { ...parameters, covariance: "diagonal", covariances: [[1, 1]] }, components: 1 },
      /it has 1 components with diagonal covariances, 1 with full are to be fitted/,
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
