// deno-lint-ignore-file no-console -- it prints what it found
import { kMeansMissing } from "@mixtape/clustering";
import { random } from "@mixtape/tensor-utils";

const source = random(0);
const shape = [200, 4] as const;
const values = Float64Array.from({ length: 800 }, (_, at) => {
  const centre = Math.floor(at / 4) % 2 === 0 ? -3 : 3;
  return source.next() < 0.3 ? NaN : centre + source.normal();
});

using model = await kMeansMissing({ values, shape }, {
  clusters: 2,
  method: "gaussian-prior",
  priorMean: "feature-mean",
});
console.log(`missing cells: ${model.missingCount}`);
const costs = [...model.inertiaHistory];
const isFalling = costs.every((cost, at) => at === 0 || cost <= costs[at - 1] * (1 + 1e-9));
console.log("the cost never rises:", isFalling, costs.map((cost) => cost.toFixed(2)));
