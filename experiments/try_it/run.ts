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
import type { Asset, TryItImage, TryItPayload } from "@mixtape/results";
import { type HostMatrix, squaredDistances, takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { type LabelledImages, splitAt } from "../run/image_dataset.ts";
import { evidenceOf } from "../run/leaderboard_evidence.ts";
import { indicesOf } from "../indices_of.ts";
import { measureAccuracy } from "../run/measure_separation.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { proportion } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { training } from "../run/training_settings.ts";
import { measureFrame } from "./run/measure_frame.ts";
import { choosePresets, firstOfEachClass, type Preset } from "./run/try_it_presets.ts";

const shared = {
  learningRate: 0.002,
  // The density of the pixels themselves is what notices scribbles most reliably, and 40 of its components are small
  // enough to be loaded with a page.
  detector: "ppca",
  components: 40,
  alpha: 0.05,
  clusters: 10,
  heldOutRows: 2000,
  // The nearest of 400 images look like the drawing, and leave the page under 600 kB with its models.
  neighborsPerClass: 40,
  shownNeighbors: 5,
};
const profiles = {
  quick: { ...shared, ...training.quick, testRows: 2000 },
  full: { ...shared, ...training.full },
};

type Context = RunContext<typeof profiles[Profile]>;

/** Runs the experiment: prepares the models that the page runs on the reader's drawings. */
export const run = defineRun({
  answers: "What do the models say of what you draw? (makes the models of the page that asks)",
  seconds: 15,
  profiles,
  sample: { ...training.sample, components: 10, heldOutRows: 200 },
  async run(context): Promise<TryItPayload> {
    const { inDistribution: { train, test }, parameters } = context;
    const rows = train.labels.length;
    const [fitted, heldOut] = splitAt(train, rows - parameters.heldOutRows);
    using trained = await context.stage("train", () => trainModel(fitted, context));
    // From here on all is said of the models as the page reads them, so that page and result agree.
    const classifier = storeClassifier(trained, context);
    using model = classifier.model;
    using fit = await context.stage(
      "fit the detector",
      () => fitDetector(model, fitted, heldOut, context),
    );
    const detector = storeDetector(fit, context);
    using _detector = detector.model;
    using found = await context.stage("cluster", () => fitClusters(fitted, context));
    const clusters = storeClusters(found, context);
    using _clusters = clusters.model;
    return await context.stage(
      "judge",
      () => judge({ classifier, detector, clusters, fitted, heldOut, test }, context),
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

/** A model as the page has it: written to a file, and read back. */
interface Stored<Model> {
  readonly file: Asset;
  readonly model: Model;
}

/** Half precision is as good to predict with, and half as much to load. */
function storeClassifier(model: MlpModel, { asset }: Context): Stored<MlpModel> {
  const bytes = model.toSafetensors({ dtype: "F16" });
  return { file: asset("classifier.safetensors", bytes), model: mlpFromSafetensors(bytes) };
}

function storeDetector(detector: Detector, { asset }: Context): Stored<Detector> {
  const text = JSON.stringify(detector);
  return { file: asset("detector.json", utf8(text)), model: detectorFromJSON(JSON.parse(text)) };
}

function storeClusters(clusters: KMeansModel, { asset }: Context): Stored<KMeansModel> {
  const text = JSON.stringify(withoutRows(clusters));
  return { file: asset("clusters.json", utf8(text)), model: kMeansFromJSON(JSON.parse(text)) };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
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

interface ToJudge {
  readonly classifier: Stored<MlpModel>;
  readonly detector: Stored<Detector>;
  readonly clusters: Stored<KMeansModel>;
  readonly fitted: LabelledImages;
  readonly heldOut: LabelledImages;
  readonly test: LabelledImages;
}

async function judge(all: ToJudge, context: Context): Promise<TryItPayload> {
  const { fitted, heldOut, test } = all;
  const [model, detector, clusters] = [
    all.classifier.model,
    all.detector.model,
    all.clusters.model,
  ];
  const { inDistribution, outOfDistribution, parameters, asset } = context;
  const { classNames } = inDistribution;
  const neighbors = firstOfEachClass(fitted, classNames.length, parameters.neighborsPerClass);
  const clusterOf = await clusters.predict(fitted.images);
  const scoresOf = async (images: HostMatrix) => detector.score(await evidenceOf(model, images));
  const heldOutScores = (await scoresOf(heldOut.images)).toSorted();
  const inside = await scoresOf(test.images);
  const outside = await scoresOf(outOfDistribution.test.images);
  const found = conformalPValues(heldOutScores, outside).filter((p) => p <= parameters.alpha);
  const presets = choosePresets(context);
  const pixels = Uint8Array.from(presets.flatMap((preset) => [...preset.pixels]));
  const verdicts = await judgePresets(presets, pixels, { model, detector, clusters }, {
    heldOutScores,
    neighbors: neighbors.images,
    shown: parameters.shownNeighbors,
  });
  return {
    classifier: {
      weights: all.classifier.file,
      testAccuracy: await measureAccuracy(model, test),
    },
    detector: {
      name: detector.name,
      fitted: all.detector.file,
      heldOutScores: [...heldOutScores],
      alpha: parameters.alpha,
      histogram: scoreHistogram(inside, outside, 40),
      otherFound: proportion(found.length, outside.length),
    },
    clusters: {
      fitted: all.clusters.file,
      majorityClasses: majorityOf(fitted.labels, clusterOf, clusters.centroids.shape[0]),
    },
    neighbors: {
      images: asset("neighbors.bin", Uint8Array.from(neighbors.images.values)),
      labels: [...neighbors.labels],
    },
    presets: { ...storePresets(pixels, context), verdicts },
    frame: measureFrame(inDistribution),
  };
}

/** The most frequent class of each cluster; 0 for one without rows. */
function majorityOf(classes: ArrayLike<number>, clusterOf: Int32Array, clusters: number): number[] {
  const table = contingencyTable(classes, clusterOf);
  const majority = majorityClasses(table);
  return Array.from({ length: clusters }, (_, j) => majority[table.clusters.indexOf(j)] ?? 0);
}

function storePresets(values: Uint8Array, context: Context) {
  const { inDistribution: { imageShape, maxValue }, image, asset } = context;
  return {
    images: asset("presets.bin", values),
    sprite: image("presets", { values, shape: imageShape, maxValue, columns: 5 }),
  };
}

async function judgePresets(
  presets: readonly Preset[],
  values: Uint8Array,
  { model, detector, clusters }: {
    readonly model: MlpModel;
    readonly detector: Detector;
    readonly clusters: KMeansModel;
  },
  { heldOutScores, neighbors, shown }: {
    readonly heldOutScores: Float64Array;
    readonly neighbors: HostMatrix;
    readonly shown: number;
  },
): Promise<TryItImage[]> {
  const x: HostMatrix = { values, shape: [presets.length, neighbors.shape[1]] };
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
