import { mlpFromSafetensors, type MlpModel } from "@mixtape/classifier";
import { kMeans, kMeansFromJSON, KMeansModel } from "@mixtape/clustering";
import { conformalPValues } from "@mixtape/ood";
import { capitalImages, ClassDensities, digitImages } from "@mixtape/report-site/try-it";
import type { Asset, TryItImage, TryItPayload } from "@mixtape/results";
import { type HostMatrix, squaredDistances, takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { type LabelledImages, splitAt } from "../run/image_dataset.ts";
import { indicesOf } from "../indices_of.ts";
import { majorityOf } from "../run/majority_of.ts";
import { measureAccuracy } from "../run/measure_separation.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { proportion } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { training } from "../run/training_settings.ts";
import { measureFrame } from "./run/measure_frame.ts";
import { choosePresets, firstOfEachClass, type Preset } from "./run/try_it_presets.ts";

const shared = {
  learningRate: 0.002,
  // On five unseen alphabets, drawn with the pen of the page and judged by models of the quick profile on MNIST, one
  // density of all classes with 40 components let 27% to 68% of the letters pass and every dot; one per class with 15
  // let 12% to 35% pass and no dot, at the same size.
  detector: "ppca",
  components: 15,
  pooling: 2,
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
  sample: { ...training.sample, components: 10, pooling: 1, heldOutRows: 200 },
  async run(context): Promise<TryItPayload> {
    const { inDistribution: { train, test }, parameters } = context;
    const rows = train.labels.length;
    const [fitted, heldOut] = splitAt(train, rows - parameters.heldOutRows);
    using trained = await context.stage("train", () => trainModel(fitted, context));
    // From here on all is said of the models as the page reads them, so that page and result agree.
    const classifier = storeClassifier(trained, context);
    using _classifier = classifier.model;
    const fit = await context.stage("fit the detector", () => fitDetector(fitted, context));
    const detector = storeDetector(fit, context);
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

function fitDetector(
  { images, labels }: LabelledImages,
  { parameters, seed, signal, inDistribution }: Context,
): Promise<ClassDensities> {
  const { detector, components, pooling } = parameters;
  const divides = inDistribution.imageShape.width % pooling === 0;
  return ClassDensities.fit(images, labels, {
    detector,
    components,
    pooling: divides ? pooling : 1,
    seed,
    signal,
  });
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

function storeDetector(detector: ClassDensities, { asset }: Context): Stored<ClassDensities> {
  const text = JSON.stringify(detector);
  const model = ClassDensities.fromJSON(JSON.parse(text));
  return { file: asset("detector.json", utf8(text)), model };
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
  readonly detector: Stored<ClassDensities>;
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
  const heldOutScores = (await detector.score(heldOut.images)).toSorted();
  const inside = await detector.score(test.images);
  const outside = await detector.score(outOfDistribution.test.images);
  const calledOut = (scores: Float64Array) => {
    const pValues = conformalPValues(heldOutScores, scores);
    return proportion(pValues.filter((p) => p <= parameters.alpha).length, scores.length);
  };
  const frame = measureFrame(inDistribution);
  const letters = calledOut(await detector.score(capitalImages(frame)));
  const drawn = digitImages(frame);
  const drawnClasses = await model.predict(drawn.images);
  const refused = calledOut(await detector.score(drawn.images));
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
      name: parameters.detector,
      fitted: all.detector.file,
      heldOutScores: [...heldOutScores],
      alpha: parameters.alpha,
      histogram: scoreHistogram(inside, outside, 40),
      falseAlarms: calledOut(inside),
      otherFound: calledOut(outside),
      letters: { drawn: letters.trials, found: letters.successes },
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
    frame,
    drawnDigits: {
      drawn: refused.trials,
      classified: drawn.digits.filter((digit, at) => digit === drawnClasses[at]).length,
      accepted: refused.trials - refused.successes,
    },
  };
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
    readonly detector: ClassDensities;
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
  const scores = await detector.score(x);
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
