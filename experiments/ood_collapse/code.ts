// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { principalComponents } from "@mixtape/datasets/preparation";
import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

for (const weightDecay of [0, 1e-4, 1e-2]) {
  const { images, labels } = digits.train;
  using network = await mlpClassifier(images, labels, { batchSize: 32, weightDecay });
  const layer = (x: typeof images) => network.activations(x, "penultimate");
  const fitted = await layer(images);
  const { shares } = await principalComponents(fitted);
  // The exponential of the entropy of the spectrum: the number of directions in use.
  const rank = Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p || 1), 0));
  using mixture = await gaussianMixture(fitted, { components: 5, regularization: 1e-4 });
  const inside = await mixture.logDensity(await layer(digits.test.images));
  const outside = await mixture.logDensity(await layer(clothes.test.images));
  console.log({ weightDecay, rank: rank.toFixed(1), auroc: auroc(inside, outside).toFixed(3) });
}
