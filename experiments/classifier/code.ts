// deno-lint-ignore-file no-console -- it prints what it found
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { wilsonInterval } from "@mixtape/ood";

const digits = await loadDataset("digits-8x8");

using network = await mlpClassifier(digits.train.images, digits.train.labels, { batchSize: 32 });

const { images, labels } = digits.test;
const { values: counts, shape: [k] } = await network.confusionMatrix(images, labels);
const rows = digits.classNames.map((_, label) => [...counts.subarray(label * k, (label + 1) * k)]);
const right = rows.reduce((sum, row, label) => sum + row[label], 0);
const { low, high } = wilsonInterval(right, labels.length);
console.log(
  `right: ${right} of ${labels.length}, 95% interval ${low.toFixed(3)} to ${high.toFixed(3)}`,
);
rows.forEach((row, label) => console.log(digits.classNames[label], row));
