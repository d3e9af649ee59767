import assert from "node:assert/strict";
import { openMixture, useBackend } from "@mixtape/tensor-utils";
import { MixtureComposition } from "./mixture_composition.ts";

for (const covariance of ["full", "spherical"] as const) {
  Deno.test(`a composed step of EM finds what the operation does, ${covariance}`, async () => {
    await useBackend("cpu");
    const [n, d, k] = [200, 3, 2];
    const values = Float32Array.from({ length: n * d }, (_, at) => Math.sin(at * at));
    const lower = [2, 0, 0, 0.5, 1, 0, -0.3, 0.2, 1.5];
    const factors = {
      k,
      logWeights: Float64Array.of(Math.log(0.3), Math.log(0.7)),
      means: Float64Array.from(values.subarray(0, k * d)),
      precisionFactors: Float64Array.from(covariance === "full" ? [...lower, ...lower] : [2, 3]),
    };
    const x = { values, shape: [n, d] } as const;
    using session = openMixture(x, covariance);
    const { logLikelihood, counts, sums, scatter } = await session.step(factors);
    using composition = new MixtureComposition(x, covariance, factors);
    const found = await composition.step();
    const wanted = [logLikelihood, ...counts, ...sums, ...scatter];
    assert.equal(found.length, wanted.length);
    wanted.forEach((value, at) => assert.ok(Math.abs(found[at] - value) < 1e-4 * n, `${at}`));
  });
}
