// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { gaussianMixture } from "@mixtape/mixture";
import { aurocInterval } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

using network = await mlpClassifier(digits.train.images, digits.train.labels, { batchSize: 32 });

const fitted = await network.activations(digits.train.images, "penultimate");
const inside = await network.activations(digits.test.images, "penultimate");
const outside = await network.activations(clothes.test.images, "penultimate");
for (const components of [1, 2, 5, 10]) {
  using mixture = await gaussianMixture(fitted, { components, regularization: 1e-4 });
  const { auroc, low, high } = aurocInterval(
    await mixture.logDensity(inside),
    await mixture.logDensity(outside),
  );
  console.log({ components, bic: Math.round(await mixture.bic(fitted)), auroc, low, high });
}
