// deno-lint-ignore-file no-console -- cells of a notebook print
/* The code of the exercise's notebook: a cell below each line `// %% name`, as editors show them. */

// %% data
import { chooseDataset } from "@mixtape/datasets";

const { used, inDistribution: digits, outOfDistribution: clothes } = await chooseDataset("sample", {
  cacheDir: "data/cache",
  dataDir: Deno.env.get("MIXTAPE_DATA_DIR"),
});
const most = 60_000; // images of each split: fewer take less time
const [train, test, clothesTrain, clothesTest] = [digits, clothes]
  .flatMap((set) => [set.train, set.test])
  .map(({ images: { values, shape: [n, pixels] }, labels }) => {
    const rows = Math.min(n, most);
    const images = { values: values.subarray(0, rows * pixels), shape: [rows, pixels] } as const;
    return { images, labels: labels.subarray(0, rows) };
  });
console.log(`${digits.title}: ${train.labels.length} training, ${test.labels.length} test images`);
console.log(`${clothes.title}: ${clothesTest.labels.length} test images`);

// %% k-means
import {
  adjustedRandIndex,
  kMeans,
  normalizedMutualInformation,
  purity,
} from "@mixtape/clustering";

const plan = [
  ...[0, 1, 2, 3, 4].map((seed) => ({ init: "random", seed } as const)),
  ...[0, 1, 2, 3, 4].map((seed) => ({ init: "k-means++", seed } as const)),
  { init: "class-means", seed: 0 } as const,
];
const fits = await Array.fromAsync(plan, async (start) => ({
  ...start,
  model: await kMeans(train.images, {
    ...start,
    labels: train.labels,
    clusters: 10,
    tolerance: 0,
    maxIterations: 500,
  }),
}));
const perImage = 1 / (train.labels.length * digits.maxValue ** 2); // with pixels from 0 to 1
const runs = fits.map(({ init, seed, model }) => ({
  init,
  seed,
  iterations: model.iterations,
  inertia: model.inertia * perImage,
  purity: purity(train.labels, model.labels),
  nmi: normalizedMutualInformation(train.labels, model.labels),
  ari: adjustedRandIndex(train.labels, model.labels),
}));
const short = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(5)) : value,
    ]),
  );
console.table(runs.map(short));

// %% centroids
const best = fits.reduce((a, b) => a.model.inertia <= b.model.inertia ? a : b).model;
best;

// %% pictures
import { encode } from "fast-png";

const { height, width } = digits.imageShape;
const sheet = new Uint8Array(height * width * 10);
best.centroids.values.forEach((value, at) => {
  const [cluster, pixel] = [Math.floor(at / (height * width)), at % (height * width)];
  const [y, x] = [Math.floor(pixel / width), pixel % width];
  sheet[y * width * 10 + cluster * width + x] = 255 * (1 - value / digits.maxValue);
});
const png = encode({ width: width * 10, height, data: sheet, channels: 1 });
const picture = { [Symbol.for("Jupyter.display")]: () => ({ "image/png": png.toBase64() }) };
picture;

// %% recall
import { perClassRecall } from "@mixtape/clustering";

const recalls = fits.map(({ model }) => perClassRecall(train.labels, model.labels));
console.table(
  digits.classNames.map((name, label) => ({
    class: name,
    least: Math.min(...recalls.map((recall) => recall[label])),
    most: Math.max(...recalls.map((recall) => recall[label])),
  })).map(short),
);

// %% classifier
import { mlpClassifier } from "@mixtape/classifier";

const recipe = {
  classes: 10,
  inputScale: 1 / digits.maxValue,
  learningRate: 0.002,
  batchSize: used === "mnist" ? 1024 : 32,
  epochs: used === "mnist" ? 20 : 30,
  seed: 0,
};
const network = await mlpClassifier(train.images, train.labels, { ...recipe, weightDecay: 1e-4 });
const accuracy = await network.accuracy(test.images, test.labels);
const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
console.log(`test accuracy: ${percent(accuracy)}`);

// %% mixtures
import { gaussianMixture } from "@mixtape/mixture";
import { aurocInterval } from "@mixtape/ood";

const fitted = await network.activations(train.images, "penultimate");
const inside = await network.activations(test.images, "penultimate");
const outside = await network.activations(clothesTest.images, "penultimate");
const counts = Array.from({ length: 20 }, (_, i) => i + 1);
const mixtures = await Array.fromAsync(counts, async (components) => {
  const mixture = await gaussianMixture(fitted, { components, seed: 0, regularization: 1e-4 });
  const scores = [await mixture.logDensity(inside), await mixture.logDensity(outside)] as const;
  return { components, bic: await mixture.bic(fitted), ...aurocInterval(...scores) };
});
console.table(mixtures.map(short));

// %% roc
import { rocPoints } from "@mixtape/ood";

const chosen = mixtures.reduce((a, b) => a.bic <= b.bic ? a : b).components;
const mixture = await gaussianMixture(fitted, {
  components: chosen,
  seed: 0,
  regularization: 1e-4,
});
rocPoints(await mixture.logDensity(inside), await mixture.logDensity(outside));

// %% missing
import { kMeansMissing } from "@mixtape/clustering";
import { random } from "@mixtape/tensor-utils";

const rows = Math.min(2000, train.labels.length);
const [, pixels] = train.images.shape;
const images = {
  values: train.images.values.subarray(0, rows * pixels),
  shape: [rows, pixels],
} as const;
const labels = train.labels.subarray(0, rows);
const methods = ["gaussian-prior", "k-pod", "mean-imputation"] as const;
const trials = [0, 0.3, 0.6, 0.9].flatMap((rate) =>
  [0, 1, 2, 3, 4].flatMap((seed) => methods.map((method) => ({ rate, seed, method })))
);
const missing = await Array.fromAsync(trials, async ({ rate, seed, method }) => {
  const source = random(seed);
  const mask = Uint8Array.from(images.values, () => source.next() < rate ? 1 : 0);
  const model = await kMeansMissing(images, { clusters: 10, mask, method, seed });
  return { rate, seed, method, nmi: normalizedMutualInformation(labels, model.labels) };
});
const settings = Map.groupBy(missing, ({ rate, method }) => `${rate} ${method}`);
console.table(
  [...settings.values()].map((runs) => ({
    rate: runs[0].rate,
    method: runs[0].method,
    ...Object.fromEntries(runs.map(({ seed, nmi }) => [`seed ${seed}`, nmi])),
  })).map(short),
);

// %% mistakes
const decayed = await mlpClassifier(train.images, train.labels, { ...recipe, weightDecay: 0.01 });
const weaker = await mlpClassifier(train.images, train.labels, { ...recipe, weightDecay: 0.001 });
const accuracies = {
  decayed: await decayed.accuracy(test.images, test.labels),
  weaker: await weaker.accuracy(test.images, test.labels),
};
console.log(`test accuracy with weight decay 0.01: ${percent(accuracies.decayed)}`);
console.log(`test accuracy with weight decay 0.001: ${percent(accuracies.weaker)}`);
const collapsed = await decayed.activations(test.images, "penultimate");
const one = await gaussianMixture(collapsed, { components: 1, seed: 0, regularization: 1e-4 });
const asDigits = await one.logDensity(collapsed);
const asClothes = await one.logDensity(
  await decayed.activations(clothesTrain.images, "penultimate"),
);
const corrected = aurocInterval(asDigits, asClothes);
console.log(`as the notebook computed it: ${(1 - corrected.auroc).toFixed(3)}`);
console.log(`the right way round: ${corrected.auroc.toFixed(3)}`);

// %% values
export { accuracies, accuracy, clothes, corrected, digits, missing, mixtures, recalls, runs, used };
