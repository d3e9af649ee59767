/**
 * Checks that every public function that returns a promise reads its arguments before it returns: a caller that
 * refills the same arrays at once, as a ring buffer does, gets the result for their content at the call.
 */
import assert from "node:assert/strict";
import {
  calibrationError,
  mlpClassifier,
  mlpFromSafetensors,
  softmax,
  temperatureScaling,
} from "@mixtape/classifier";
import {
  inertia,
  kMeans,
  kMeansMissing,
  miniBatchKMeans,
  missingObjective,
  missingObjectiveGradient,
  silhouette,
  silhouettes,
} from "@mixtape/clustering";
import {
  gaussianMixture,
  mixtureLogLikelihood,
  mixtureLogLikelihoodGradient,
  selectMixture,
} from "@mixtape/mixture";
import { type Detector, detectorNamed, detectors, maximumSoftmaxProbability } from "@mixtape/ood";
import { hostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { called, plain, type UndisturbedCase } from "./testing/undisturbed_case.ts";

const n = 24;
const numbersOf = (length: number, seed: number) => {
  const source = random(seed);
  return Float64Array.from({ length }, (_, i) => source.normal() + 9 * (i % 4 < 2 ? 1 : 0));
};
const matrix = (d: number, seed = 1, rows = n) => ({
  values: numbersOf(rows * d, seed),
  shape: [rows, d] as [number, number],
});
const holed = () => {
  const x = matrix(2);
  x.values[3] = x.values[10] = NaN;
  return x;
};
const classes = () => Int32Array.from({ length: n }, (_, i) => i % 2);
const names = () => Array.from({ length: n }, (_, i) => ["ant", "bee"][i % 2]);
const weights = () => Float64Array.from({ length: n }, (_, i) => 1 + i % 3);
const sure = () => ({
  values: Float64Array.from(
    { length: 2 * n },
    (_, i) => (i % 4 === 0 ? 0.7 : i % 4 === 1 ? 0.3 : 0.5),
  ),
  shape: [n, 2] as [number, number],
});
const parameters = () => ({
  weights: Float64Array.of(0.5, 0.5),
  means: { values: Float64Array.of(0, 0, 9, 9), shape: [2, 2] as const },
  covariances: { values: Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1), shape: [2, 2, 2] as const },
});

const clusters = await fitted();
async function fitted() {
  await useBackend("cpu");
  return {
    kMeans: await kMeans(matrix(2), { clusters: 3 }),
    missing: await kMeansMissing(holed(), { clusters: 3 }),
    observed: await kMeansMissing(holed(), { clusters: 3, method: "k-pod" }),
    mixture: await gaussianMixture(matrix(2), { components: 2 }),
    network: await mlpClassifier(matrix(2), names(), { epochs: 2, hidden: [] }),
  };
}

const evidence = () => ({
  logits: matrix(2, 3),
  activations: [matrix(5, 4), matrix(4, 5)],
  inputs: matrix(6, 6),
  labels: names(),
  classes: ["ant", "bee"],
  head: { weights: matrix(2, 7, 4), bias: Float32Array.of(0.5, 0) },
});
const detectorOptions: Readonly<Record<string, () => object>> = {
  gmm: () => ({ components: [1, 2] }),
  "gmm++": () => ({ components: [1, 2] }),
  knn: () => ({ k: 3 }),
  ppca: () => ({ components: 2 }),
  vim: () => ({ dimensions: 2 }),
};
const optionsFor = (name: string) => detectorOptions[name]?.() ?? {};

const trained = new Map<string, Detector>();
for (const { name } of detectors) {
  trained.set(name, await detectorNamed(name)(evidence(), optionsFor(name)));
}

const cases: UndisturbedCase[] = [
  called("hostMatrix", () => ({ x: matrix(2) }), ({ x }) => hostMatrix(x)),
  called("hostMatrix of rows", () => ({ x: [[1, 2], [3, 4]] }), ({ x }) => hostMatrix(x)),
  called(
    "kMeans",
    () => ({ x: matrix(2), options: { clusters: 3, seed: 1, sampleWeight: weights() } }),
    ({ x, options }) => kMeans(x, options),
  ),
  called(
    "kMeans from given centroids",
    () => ({ x: matrix(2), options: { clusters: 3, init: matrix(2, 2, 3) } }),
    ({ x, options }) => kMeans(x, options),
  ),
  called(
    "kMeans from class means",
    () => ({
      x: matrix(2),
      options: { clusters: 2, init: "class-means" as const, labels: names(), tolerance: 0 },
    }),
    ({ x, options }) => kMeans(x, options),
  ),
  called(
    "miniBatchKMeans",
    () => ({ x: matrix(2), options: { clusters: 3, batchSize: 8, sampleWeight: weights() } }),
    ({ x, options }) => miniBatchKMeans(x, options),
  ),
  ...(["gaussian-prior", "mean-imputation", "complete-rows", "k-pod"] as const).map((method) =>
    called(
      `kMeansMissing by ${method}`,
      () => ({
        x: holed(),
        options: {
          clusters: 2,
          method,
          mask: new Uint8Array(2 * n).fill(1, 5, 8),
          priorMean: Float64Array.of(1, 2),
        },
      }),
      ({ x, options }) => kMeansMissing(x, options),
    )
  ),
  called("KMeansModel.predict", () => ({ x: matrix(2, 9) }), ({ x }) => clusters.kMeans.predict(x)),
  called(
    "KMeansModel.transform",
    () => ({ x: matrix(2, 9) }),
    ({ x }) => clusters.kMeans.transform(x),
  ),
  ...(["missing", "observed"] as const).map((which) =>
    called(
      `KMeansMissingModel.predict, ${which}`,
      () => ({ x: holed(), mask: new Uint8Array(2 * n).fill(1, 5, 8) }),
      ({ x, mask }) => clusters[which].predict(x, { mask }),
    )
  ),
  called(
    "inertia",
    () => ({ x: matrix(2), centroids: matrix(2, 2, 2) }),
    ({ x, centroids }) => inertia(x, centroids),
  ),
  called(
    "inertia of labels",
    () => ({ x: matrix(2), centroids: matrix(2, 2, 2), labels: classes() }),
    ({ x, centroids, labels }) => inertia(x, centroids, { labels }),
  ),
  called(
    "silhouette",
    () => ({ x: matrix(2), labels: names(), options: { maxRows: 12, seed: 1 } }),
    ({ x, labels, options }) => silhouette(x, labels, options),
  ),
  called(
    "silhouettes",
    () => ({
      x: matrix(2),
      labelings: [names(), [...classes()].reverse()],
      options: { maxRows: 12, seed: 1 },
    }),
    ({ x, labelings, options }) => silhouettes(x, labelings, options),
  ),
  ...Object.entries({ missingObjective, missingObjectiveGradient }).map(([name, measure]) =>
    called(
      name,
      () => ({
        x: holed(),
        centroids: matrix(2, 2, 2),
        labels: classes(),
        options: { priorMean: Float64Array.of(1, 2), mask: new Uint8Array(2 * n), variance: 2 },
      }),
      ({ x, centroids, labels, options }) => measure(x, centroids, labels, options),
    )
  ),
  called(
    "gaussianMixture",
    () => ({ x: matrix(2), options: { components: 2, init: parameters(), maxIterations: 5 } }),
    ({ x, options }) => gaussianMixture(x, options),
  ),
  called(
    "gaussianMixture from responsibilities",
    () => ({ x: matrix(2), options: { components: 2, init: { responsibilities: sure() } } }),
    ({ x, options }) => gaussianMixture(x, options),
  ),
  called(
    "selectMixture",
    () => ({ x: matrix(2), options: { components: [1, 2], covariances: ["tied" as const] } }),
    ({ x, options }) => selectMixture(x, options),
  ),
  ...(["logDensity", "responsibilities", "predict", "bic", "aic"] as const).map((method) =>
    called(
      `GaussianMixtureModel.${method}`,
      () => ({ x: matrix(2, 9) }),
      ({ x }): Promise<unknown> => clusters.mixture[method](x),
    )
  ),
  ...Object.entries({ mixtureLogLikelihood, mixtureLogLikelihoodGradient }).map(([name, measure]) =>
    called(
      name,
      () => ({ x: matrix(2), mixture: parameters() }),
      ({ x, mixture }): Promise<unknown> => measure(x, mixture),
    )
  ),
  called(
    "mlpClassifier",
    () => ({
      x: matrix(2),
      labels: names(),
      options: {
        epochs: 2,
        batchSize: 7,
        hidden: [{ units: 3, activation: "relu" as const }],
        validation: { x: matrix(2, 9), labels: names() },
      },
    }),
    async ({ x, labels, options }) => {
      const model = await mlpClassifier(x, labels, options);
      return { file: plain(model), epochs: model.epochs };
    },
  ),
  ...(["logits", "probabilities", "predict"] as const).map((method) =>
    called(
      `MlpModel.${method}`,
      () => ({ x: matrix(2, 9) }),
      ({ x }): Promise<unknown> => clusters.network[method](x),
    )
  ),
  called(
    "MlpModel.evidence",
    () => ({ x: matrix(2, 9), layers: [0] }),
    ({ x, layers }) => clusters.network.evidence(x, { layers }),
  ),
  ...(["accuracy", "confusionMatrix"] as const).map((method) =>
    called(
      `MlpModel.${method}`,
      () => ({ x: matrix(2, 9), labels: names() }),
      ({ x, labels }): Promise<unknown> => clusters.network[method](x, labels),
    )
  ),
  called(
    "mlpFromSafetensors",
    () => ({ bytes: clusters.network.toSafetensors() }),
    ({ bytes }) => Promise.resolve(mlpFromSafetensors(bytes)),
  ),
  called("softmax", () => ({ logits: matrix(2) }), ({ logits }) => softmax(logits)),
  called("temperatureScaling", () => ({ logits: matrix(2), labels: classes() }), ({
    logits,
    labels,
  }) => temperatureScaling(logits, labels)),
  called(
    "calibrationError",
    () => ({ p: sure(), labels: classes() }),
    ({ p, labels }) => calibrationError(p, labels),
  ),
  called(
    "maximumSoftmaxProbability",
    () => ({ logits: matrix(2) }),
    ({ logits }) => maximumSoftmaxProbability(logits),
  ),
  ...detectors.flatMap(({ name }) => [
    called(
      `fit of ${name}`,
      () => ({ training: evidence(), options: optionsFor(name) }),
      ({ training, options }) => detectorNamed(name)(training, options),
    ),
    called(
      `fit of ${name} with held-out rows`,
      () => ({ training: evidence(), options: { ...optionsFor(name), heldOut: evidence() } }),
      ({ training, options }) => detectorNamed(name)(training, options),
    ),
    called(
      `score by ${name}`,
      () => ({ rows: evidence() }),
      ({ rows }) => trained.get(name)!.score(rows),
    ),
  ]),
];

for (const backend of ["cpu", "simd"] as const) {
  for (const { name, run } of cases) {
    Deno.test(`${name} reads its arguments before it returns its promise (${backend})`, async () => {
      await useBackend(backend);
      const { disturbed, calm } = await run();
      assert.deepEqual(disturbed, calm);
    });
  }
}
