// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { gaussianMixture } from "@mixtape/mixture";
import { conformalPValues } from "@mixtape/ood";
import { takeRows } from "@mixtape/tensor-utils";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

const { images, labels } = digits.train;
using network = await mlpClassifier(images, labels, { batchSize: 32 });
// One density per digit: an image belongs as well as it does to the digit that suits it best.
const densities = await Array.fromAsync(digits.classNames.keys(), (digit) => {
  const own = takeRows(images, [...labels.keys()].filter((row) => labels[row] === digit));
  return gaussianMixture(own, { components: 1, regularization: 1 });
});
const score = async (x: typeof images) => {
  const each = await Promise.all(densities.map((density) => density.logDensity(x)));
  return each[0].map((_, row) => Math.max(...each.map((logs) => logs[row])));
};
const heldOut = await score(digits.test.images);
for (const { title, train: { images } } of [digits, clothes]) {
  const image = takeRows(images, [0]);
  const [digit] = await network.predict(image);
  console.log(title, { digit, p: conformalPValues(heldOut, await score(image))[0] });
}
