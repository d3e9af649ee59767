import { type MixtureCovariance, mixtureShapes, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import { withShapes } from "./fixtures/mixture_of.ts";
import { plainEm, score } from "./fixtures/plain_em.ts";
import { gaussianMixture } from "./mod.ts";
import type { FlatParameters } from "./parameters.ts";

/** A start from which one step rests on responsibilities that are usually left out. */
interface Case {
  readonly rows: readonly (readonly number[])[];
  readonly start: Required<FlatParameters>;
}

const source = random(3);
const cloud = Array.from({ length: 1000 }, () => [source.normal(), source.normal()]);

/** Covariances of the shape from a variance per component. */
function shaped(covariance: MixtureCovariance, ...variances: number[]): number[] {
  const { block } = mixtureShapes[covariance];
  return variances.flatMap((v) => ({ matrix: [v, 0, 0, v], diagonal: [v, v], scalar: [v] })[block]);
}

function casesOf(covariance: MixtureCovariance): Record<string, Case> {
  const equal = shaped(covariance, 1, 1);
  const shrinking = (place: (e: number) => number[]) => ({
    rows: [...cloud, ...[-1.5, -0.5, 0.5, 1.5].map((e) => place(e).map((value) => 360 + value))],
    start: {
      covariance,
      weights: [0.997, 0.003],
      means: [0, 0, 360, 360],
      covariances: shaped(covariance, 1, 99 ** 2),
    },
  });
  return {
    // The far row is 9e-14 of the first component's, at 1e16 of its variances.
    "a row 1e8 widths away": {
      rows: [...cloud.slice(0, 99), [1e8, 0]],
      start: { covariance, weights: [0.5, 0.5], means: [0, 0, 3e-7, 0], covariances: equal },
    },
    // Each row of the cloud is about 1e-16 of the second component's, at 1e15 of the variances it is left with.
    "a wide component that closes in on one row": {
      rows: [...cloud.slice(0, 99), [3e7, 0]],
      start: {
        covariance,
        weights: [0.5, 0.5],
        means: [0, 0, 3e7, 0],
        covariances: shaped(covariance, 1, 1e14),
      },
    },
    // Each row of the cloud is about 1e-13 of the second component's, which is to keep four.
    "a component that shrinks 80 times in a column": shrinking((e) => [90 * e, e ** 2]),
  };
}

for (const backend of ["cpu", "simd"] as const) {
  for (const covariance of covarianceNames.filter((name) => !mixtureShapes[name].shared)) {
    for (const [name, { rows, start }] of Object.entries(casesOf(covariance))) {
      Deno.test(`gaussianMixture() on ${backend} leaves out no responsibility that matters, ${covariance}: ${name}`, async () => {
        await useBackend(backend);
        const x = { values: Float64Array.from(rows.flat()), shape: [rows.length, 2] } as const;
        const problem = { x, covariance, components: 2 };
        const { responsibilities } = score(problem, {
          covariance,
          weights: Float64Array.from(start.weights),
          means: Float64Array.from(start.means),
          covariances: Float64Array.from(start.covariances),
        });
        const regularization = 1e-6;
        const { parameters, logDensity } = plainEm({
          ...problem,
          responsibilities,
          regularization,
          iterations: 0,
        });
        using model = await gaussianMixture(x, {
          components: 2,
          covariance,
          init: withShapes(start),
          regularization,
          maxIterations: 1,
        });
        const close = { rtol: 1e-6, atol: 1e-9 };
        assertAllClose(model.means.values, parameters.means, close);
        assertAllClose(model.covariances.values, parameters.covariances, {
          rtol: 1e-6,
          atol: 1e-6,
        });
        assertAllClose(await model.logDensity(x), logDensity, { rtol: 3e-7 });
      });
    }
  }
}
