// deno-lint-ignore-file no-console -- it prints what it found
import { kMeans, silhouette } from "@mixtape/clustering";
import { readTable } from "@mixtape/datasets/table";
import { standardize } from "@mixtape/datasets/preparation";
import { selectMixture } from "@mixtape/mixture";

const table = await readTable("examples/wine/wine.csv", { exclude: ["cultivar"] });
const { x } = await standardize(table.x);

for (const clusters of [2, 3, 4, 5, 6]) {
  using model = await kMeans(x, { clusters, restarts: 10 });
  const { mean } = await silhouette(x, model.labels);
  console.log({ clusters, silhouette: mean.toFixed(3) });
}

const { model, candidates } = await selectMixture(x, {
  components: [1, 2, 3, 4, 5],
  covariances: ["full", "diagonal"],
  criterion: "bic",
  regularization: 1e-3,
});
using best = model;
for (const { covariance, components, score } of candidates) {
  console.log({ covariance, components, bic: score.toFixed(1) });
}
console.log(`components by BIC: ${best.weights.length}`);
