// deno-lint-ignore-file no-console -- it prints what it found
import { kMeans, normalizedMutualInformation, purity } from "@mixtape/clustering";
import { loadDataset } from "@mixtape/datasets";

const { train } = await loadDataset("digits-8x8");

for (const init of ["random", "k-means++", "class-means"] as const) {
  // The class means need the labels, and nothing that is drawn: the seed changes nothing there.
  for (const seed of init === "class-means" ? [0] : [0, 1, 2]) {
    using model = await kMeans(train.images, {
      clusters: 10,
      init,
      labels: train.labels,
      seed,
      restarts: 1,
      tolerance: 0,
    });
    const { iterations, inertia, labels } = model;
    const share = purity(train.labels, labels).toFixed(3);
    const nmi = normalizedMutualInformation(train.labels, labels).toFixed(3);
    console.log(init, { seed, iterations, inertia: Math.round(inertia), purity: share, nmi });
  }
}
