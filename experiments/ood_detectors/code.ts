// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { detectorNamed, separation } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");
const clothes = await loadDataset("fashion-8x8");

using network = await mlpClassifier(digits.train.images, digits.train.labels, { batchSize: 32 });

const training = {
  ...await network.evidence(digits.train.images),
  labels: digits.train.labels,
};
const inside = await network.evidence(digits.test.images);
const outside = await network.evidence(clothes.test.images);
for (const name of ["msp", "energy", "mahalanobis++", "knn", "vim"]) {
  using detector = await detectorNamed(name)(training);
  const { auroc, fprAtIdTpr95 } = separation(
    await detector.score(inside),
    await detector.score(outside),
  );
  console.log({ name, auroc: auroc.toFixed(3), fpr95: fprAtIdTpr95.toFixed(3) });
}
