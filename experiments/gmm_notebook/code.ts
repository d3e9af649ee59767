// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

const { images, labels } = digits.train;
using network = await mlpClassifier(images, labels, {
  batchSize: 32,
  weightDecay: 0.01,
});
const inside = await network.activations(digits.test.images, "penultimate");
const outside = await network.activations(clothes.train.images, "penultimate");
using mixture = await gaussianMixture(inside, { components: 1, regularization: 1e-4 });
const [known, strange] = [await mixture.logDensity(inside), await mixture.logDensity(outside)];
// A high density means in-distribution: with the signs exchanged, the curve is mirrored.
console.log("as in the notebook:", auroc(strange, known).toFixed(3));
console.log("the right way round:", auroc(known, strange).toFixed(3));
