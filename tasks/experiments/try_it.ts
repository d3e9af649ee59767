import { mlpFromSafetensors, type MlpModel } from "@mixtape/classifier";
import {
  contingencyTable,
  kMeans,
  kMeansFromJSON,
  KMeansModel,
  majorityClasses,
} from "@mixtape/clustering";
import {
  conformalPValues,
  type Detector,
  detectorFromJSON,
  detectorNamed,
  type FitOptions,
} from "@mixtape/ood";
import type { TryItImage, TryItPayload } from "@mixtape/results";
import { type HostMatrix, squaredDistances, takeRows } from "@mixtape/tensor-utils";
import { defineExperiment, type Profile, type RunContext } from "./experiment.ts";
import { type LabelledImages, splitAt } from "./image_dataset.ts";
import { evidenceOf } from "./leaderboard_evidence.ts";
import { measureFrame } from "./measure_frame.ts";
import { indicesOf, percent, proportion } from "./numbers.ts";
import { scoreHistogram } from "./score_histogram.ts";
import { trainClassifier } from "./train_classifier.ts";
import { choosePresets, firstOfEachClass, type Preset } from "./try_it_presets.ts";

const shared = {
  learningRate: 0.002,
  // The density of the pixels themselves is what notices scribbles most reliably, and 40 of its components are small
  // enough to be loaded with a page.
  detector: "ppca",
  components: 40,
  alpha: 0.05,
  clusters: 10,
  heldOutRows: 2000,
  neighborsPerClass: 100,
  shownNeighbors: 5,
};
const profiles = {
  quick: { ...shared, trainRows: 20000, testRows: 2000, batchSize: 256, epochs: 4 },
  full: { ...shared, trainRows: null, testRows: null, batchSize: 1024, epochs: 20 },
};

type Context = RunContext<typeof profiles[Profile]>;

/** What the page needs to run the models on what the reader draws. */
export const tryItExperiment = defineExperiment({
  id: "try-it",
  answers: "What do the models say of what you draw? (makes the models of the page that asks)",
  seconds: 15,
  profiles,
  sample: {
    trainRows: null,
    testRows: null,
    batchSize: 32,
    epochs: 30,
    components: 10,
    heldOutRows: 200,
    neighborsPerClass: 40,
  },
  headline: ({ detector: { name, otherFound, alpha } }) =>
    `${name} finds ${percent(otherFound.value)} of the other data set at p ≤ ${alpha}`,
  async run(context) {
    const { inDistribution: { train, test }, parameters } = context;
    const rows = train.labels.length;
    const [fitted, heldOut] = splitAt(train, rows - parameters.heldOutRows);
    using model = await context.stage("train", () => trainModel(fitted, context));
    using detector = await context.stage(
      "fit the detector",
      () => fitDetector(model, fitted, heldOut, context),
    );
    using clusters = await context.stage("cluster", () => fitClusters(fitted, context));
    return await context.stage(
      "judge",
      () => judge({ model, detector, clusters, fitted, heldOut, test }, context),
    );
  },
});

function trainModel(train: LabelledImages, context: Context): Promise<MlpModel> {
  const { inDistribution: dataset, parameters, seed, signal } = context;
  return trainClassifier({
    train,
    dataset,
    parameters,
    weightDecay: 0,
    seed,
    signal,
    onProgress: (fraction, note) => context.update(0.6 * fraction, note),
  });
}

async function fitDetector(
  model: MlpModel,
  train: LabelledImages,
  heldOut: LabelledImages,
  { parameters: { detector, components }, seed, signal }: Context,
): Promise<Detector> {
  const training = { ...await evidenceOf(model, train.images), labels: train.labels };
  const options: FitOptions & { components: number } = {
    components,
    seed,
    signal,
    heldOut: await evidenceOf(model, heldOut.images),
  };
  return detectorNamed(detector).fit(training, options);
}

function fitClusters(train: LabelledImages, context: Context): Promise<KMeansModel> {
  const { parameters: { clusters }, seed, signal } = context;
  context.update(0.7);
  return kMeans(train.images, { clusters, seed, signal });
}

interface Fitted {
  readonly model: MlpModel;
  readonly detector: Detector;
  readonly clusters: KMeansModel;
  readonly fitted: LabelledImages;
  readonly heldOut: LabelledImages;
  readonly test: LabelledImages;
}

async function judge(all: Fitted, context: Context): Promise<TryItPayload> {
  const { model, detector, fitted, heldOut, test } = all;
  const { inDistribution, outOfDistribution, parameters } = context;
  const neighbors = firstOfEachClass(
    fitted,
    inDistribution.classNames.length,
    parameters.neighborsPerClass,
  );
  const clusters = majorityClasses(contingencyTable(fitted.labels, all.clusters.labels));
  const scoresOf = async (images: HostMatrix) => detector.score(await evidenceOf(model, images));
  const heldOutScores = (await scoresOf(heldOut.images)).toSorted();
  const inside = await scoresOf(test.images);
  const outside = await scoresOf(outOfDistribution.test.images);
  const found = conformalPValues(heldOutScores, outside).filter((p) => p <= parameters.alpha);
  const right = await model.accuracy(test.images, test.labels) * test.labels.length;
  const stored = storeModels(all, neighbors.images, context);
  const presets = choosePresets(context);
  const verdicts = await judgePresets(presets, stored.reread, {
    heldOutScores,
    neighbors: neighbors.images,
    shown: parameters.shownNeighbors,
  });
  return {
    classifier: {
      weights: stored.weights,
      testAccuracy: proportion(Math.round(right), test.labels.length),
    },
    detector: {
      name: detector.name,
      fitted: stored.detector,
      heldOutScores: [...heldOutScores],
      alpha: parameters.alpha,
      histogram: scoreHistogram(inside, outside, 40),
      otherFound: proportion(found.length, outside.length),
    },
    clusters: { fitted: stored.clusters, majorityClasses: [...clusters] },
    neighbors: { images: stored.neighbors, labels: [...neighbors.labels] },
    presets: { ...storePresets(presets, context), verdicts },
    frame: measureFrame(inDistribution),
  };
}

/** Writes the models, and reads them back, so that what is said of presets is what the page says of them. */
function storeModels(
  { model, detector, clusters }: Fitted,
  neighbors: HostMatrix,
  context: Context,
) {
  const weights = model.toSafetensors();
  const detectorText = JSON.stringify(detector);
  const clustersText = JSON.stringify(withoutRows(clusters));
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    weights: context.asset("classifier.safetensors", weights),
    detector: context.asset("detector.json", bytes(detectorText)),
    clusters: context.asset("clusters.json", bytes(clustersText)),
    neighbors: context.asset("neighbors.bin", Uint8Array.from(neighbors.values)),
    reread: {
      model: mlpFromSafetensors(weights),
      detector: detectorFromJSON(JSON.parse(detectorText)),
      clusters: kMeansFromJSON(JSON.parse(clustersText)),
    },
  };
}

/** The model with one label only and rounded centroids: the page needs neither the rows nor 17 digits. */
function withoutRows(model: KMeansModel): KMeansModel {
  const { shape, values } = model.centroids;
  return new KMeansModel({
    ...model,
    centroids: { shape, values: values.map((value) => Math.round(value * 100) / 100) },
    labels: model.labels.slice(0, 1),
  });
}

function storePresets(presets: readonly Preset[], context: Context) {
  const { inDistribution: { imageShape, maxValue }, image, asset } = context;
  const values = Uint8Array.from(presets.flatMap(({ pixels }) => [...pixels]));
  return {
    images: asset("presets.bin", values),
    sprite: image("presets", { values, shape: imageShape, maxValue, columns: 5 }),
  };
}

async function judgePresets(
  presets: readonly Preset[],
  { model, detector, clusters }: Pick<Fitted, "model" | "detector" | "clusters">,
  { heldOutScores, neighbors, shown }: {
    readonly heldOutScores: Float64Array;
    readonly neighbors: HostMatrix;
    readonly shown: number;
  },
): Promise<TryItImage[]> {
  const d = neighbors.shape[1];
  const values = Uint8Array.from(presets.flatMap(({ pixels }) => [...pixels]));
  const x: HostMatrix = { values, shape: [presets.length, d] };
  const probabilities = await model.probabilities(x);
  const predicted = await model.predict(x);
  const scores = await detector.score(await evidenceOf(model, x));
  const pValues = conformalPValues(heldOutScores, scores);
  const nearest = await clusters.predict(x);
  return presets.map(({ kind, trueClass }, row) => ({
    kind,
    trueClass,
    predictedClass: predicted[row],
    probability: Math.min(1, probabilities.values[row * probabilities.shape[1] + predicted[row]]),
    score: scores[row],
    pValue: pValues[row],
    cluster: nearest[row],
    neighbors: nearestRows(takeRows(x, [row]), neighbors).slice(0, shown),
  }));
}

function nearestRows(x: HostMatrix, neighbors: HostMatrix): number[] {
  const [{ values }] = squaredDistances(x, neighbors);
  return indicesOf(neighbors.shape[0]).sort((a, b) => values[a] - values[b] || a - b);
}
