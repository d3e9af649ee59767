import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { covarianceNames } from "./covariances/shapes.ts";
import { gaussianMixture } from "./mod.ts";

const source = random(0);
const [n, d, groups] = [20_000, 25, 10];
const means = Float32Array.from({ length: groups * d }, () => 3 * source.normal());
const x: HostMatrix = {
  values: Float32Array.from({ length: n * d }, (_, at) => {
    return means[Math.floor(at / d) % groups * d + at % d] + source.normal();
  }),
  shape: [n, d],
};
const values = Float32Array.from({ length: n * groups }, () => 0.5 + source.next());
for (let i = 0; i < values.length; i += groups) {
  const row = values.subarray(i, i + groups);
  const sum = row.reduce((total, value) => total + value, 0);
  row.forEach((value, c) => row[c] = value / sum);
}
const init = { responsibilities: { values, shape: [n, groups] } } as const;

await useBackend("simd");

for (const covariance of covarianceNames) {
  Deno.bench(`10 iterations, 20000 × 25, 10 components, ${covariance}`, async () => {
    const options = { components: groups, covariance, init, tolerance: 0, maxIterations: 10 };
    using _model = await gaussianMixture(x, options);
  });
}

using model = await gaussianMixture(x, { components: groups, init, maxIterations: 5 });

Deno.bench("logDensity of 20000 × 25, 10 full components", async () => {
  await model.logDensity(x);
});
