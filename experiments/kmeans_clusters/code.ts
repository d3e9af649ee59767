// deno-lint-ignore-file no-console -- it prints what it found
import { adjustedMutualInformation, kMeans, silhouette } from "@mixtape/clustering";
import { loadDataset } from "@mixtape/datasets";

const { train } = await loadDataset("digits-8x8");

for (const clusters of [2, 5, 8, 10, 12, 15, 20]) {
  using model = await kMeans(train.images, { clusters });
  const { mean } = await silhouette(train.images, model.labels);
  console.log({
    clusters,
    inertia: Math.round(model.inertia),
    silhouette: mean.toFixed(3),
    ami: adjustedMutualInformation(train.labels, model.labels).toFixed(3),
  });
}
