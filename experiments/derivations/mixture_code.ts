// deno-lint-ignore-file no-console -- it prints what it found
import { gaussianMixture, mixtureLogLikelihoodGradient } from "@mixtape/mixture";
import { random } from "@mixtape/tensor-utils";

const source = random(0);
const values = Float64Array.from({ length: 600 }, (_, at) => {
  const row = Math.floor(at / 2);
  return source.normal() + (row % 3 === 0 ? 5 : -1);
});
const x = { values, shape: [300, 2] } as const;

using model = await gaussianMixture(x, {
  components: 2,
  tolerance: 1e-12,
  maxIterations: 1000,
  regularization: 0,
});
const bounds = [...model.lowerBoundHistory];
console.log("EM never lowers the likelihood:", bounds.every((b, i) => !(b < bounds[i - 1] - 1e-9)));

// Where EM stops, the derivatives by means and covariances vanish, as the derivation says.
const { means, covariances } = await mixtureLogLikelihoodGradient(x, model);
const largest = Math.max(...[...means.values, ...covariances.values].map(Math.abs));
console.log(`largest derivative: ${largest.toExponential(1)}`);
