/**
 * Aborts public functions in the midst of work on the host, which no thread can take: loops over all rows
 * read them in pieces, and many short fits share one clock.
 */
import {
  columnDrift,
  nearDuplicates,
  orderDependence,
  outOfFoldProbabilities,
  suspectLabels,
} from "@mixtape/audit";
import { calibrationError, mlpClassifier, softmax, temperatureScaling } from "@mixtape/classifier";
import {
  kMeans,
  kMeansMissing,
  miniBatchKMeans,
  missingObjective,
  silhouettes,
} from "@mixtape/clustering";
import { imputeColumns, standardize } from "@mixtape/datasets/preparation";
import {
  gaussianMixture,
  mixtureLogLikelihood,
  mixtureLogLikelihoodGradient,
  selectMixture,
} from "@mixtape/mixture";
import {
  bootstrapSeparation,
  detectorNamed,
  maximumSoftmaxProbability,
  outlierDetector,
} from "@mixtape/ood";
import { matrixSource, useBackend } from "@mixtape/tensor-utils";
import { assertEndsSoon, classes, holed, matrix, type Works } from "./testing/abort_case.ts";

// On one thread, the processor time of that thread is the time for which work holds it, whatever runs beside it.
await useBackend("simd", { threads: 1 });

/** Calls that work on the host from the beginning. */
const soon: Works = {
  "kMeans() of few rows from many starts": () => {
    const x = matrix(500, 2);
    return (signal) => kMeans(x, { clusters: 5, init: "random", restarts: 30_000, signal });
  },
  "missingObjective()": () => {
    const x = holed(1_500_000, 40);
    const labels = new Int32Array(1_500_000);
    return (signal) => missingObjective(x, matrix(2, 40), labels, { signal });
  },
  "mixtureLogLikelihood()": () => {
    const x = matrix(300_000, 20);
    const means = matrix(4, 20);
    const mixture = {
      covariance: "spherical" as const,
      weights: [0.25, 0.25, 0.25, 0.25],
      means,
      covariances: { values: new Float64Array(4).fill(1), shape: [4] as const },
    };
    return (signal) => mixtureLogLikelihood(x, mixture, { signal });
  },
  "mixtureLogLikelihoodGradient() of one column": () => {
    const x = matrix(400_000, 1);
    const mixture = {
      covariance: "spherical" as const,
      weights: new Array(16).fill(1 / 16),
      means: matrix(16, 1),
      covariances: { values: new Float64Array(16).fill(1), shape: [16] as const },
    };
    return (signal) => mixtureLogLikelihoodGradient(x, mixture, { signal });
  },
  "silhouettes() of many clusterings": () => {
    const x = matrix(40_000, 1);
    const labelings = new Array(90).fill(classes(40_000).map((label) => label % 2));
    return (signal) => silhouettes(x, labelings, { maxRows: 40_000, signal });
  },
  "bootstrapSeparation()": () => {
    const [id, ood] = [matrix(6_000_000, 1).values, matrix(6_000_000, 1).values];
    return (signal) => bootstrapSeparation(id, ood, { resamples: 2, signal });
  },
  "softmax()": () => {
    const x = matrix(4_000_000, 10);
    return (signal) => softmax(x, { signal });
  },
  "temperatureScaling()": () => {
    const x = matrix(1_000_000, 10);
    return (signal) => temperatureScaling(x, classes(1_000_000), { signal });
  },
  "calibrationError()": async () => {
    const p = await softmax(matrix(2_000_000, 10));
    const labels = classes(2_000_000);
    return (signal) => calibrationError(p, labels, { signal });
  },
  "mlpClassifier() of bytes": () => {
    const values = new Uint8Array(150_000_000).fill(3);
    const labels = classes(300_000);
    return (signal) => mlpClassifier({ values, shape: [300_000, 500] }, labels, { signal });
  },
  "standardize()": () => {
    const x = matrix(3_000_000, 20);
    return (signal) => standardize(x, { signal });
  },
  "imputeColumns()": () => {
    const x = holed(3_000_000, 20);
    return (signal) => imputeColumns(x, { signal });
  },
  "imputeColumns() with medians": () => {
    const x = holed(4_000_000, 1);
    return (signal) => imputeColumns(x, { method: "median", signal });
  },
  "mlpClassifier() of wide layers": () => {
    const x = matrix(500, 50);
    const hidden = [{ units: 6000, activation: "relu" }, {
      units: 6000,
      activation: "relu",
    }] as const;
    return (signal) => mlpClassifier(x, classes(500), { hidden, signal });
  },
  "maximumSoftmaxProbability()": () => {
    const x = matrix(6_000_000, 10);
    return (signal) => maximumSoftmaxProbability(x, { signal });
  },
  "suspectLabels()": async () => {
    const p = await softmax(matrix(4_000_000, 10));
    const labels = classes(4_000_000);
    return (signal) => suspectLabels(p, labels, { signal });
  },
  "columnDrift()": () => {
    const x = matrix(200_000, 100);
    return (signal) => columnDrift(x, x, { signal });
  },
  "outOfFoldProbabilities()": () => {
    const x = matrix(1_500_000, 5);
    const labels = classes(1_500_000);
    return (signal) => outOfFoldProbabilities(x, labels, { signal });
  },
  "orderDependence()": () => {
    const x = matrix(600_000, 2);
    return (signal) => orderDependence(x, { signal });
  },
  "selectMixture() by held-out rows": () => {
    const x = matrix(6_000_000, 1);
    return (signal) => selectMixture(x, { components: [1], criterion: "held-out", signal });
  },
  "the fit of layers-mahalanobis++": () => {
    const n = 4_000_000;
    const training = { logits: matrix(n, 2), activations: [matrix(n, 1)], labels: classes(n) };
    return (signal) => detectorNamed("layers-mahalanobis++")(training, { signal });
  },
  "score() of ash-s": async () => {
    const evidence = (n: number) => ({
      logits: matrix(n, 10),
      activations: [matrix(n, 512)],
      labels: classes(n),
      head: { weights: matrix(512, 10), bias: new Float32Array(10) },
    });
    const detector = await detectorNamed("ash-s")(evidence(20));
    const rows = evidence(60_000);
    return (signal) => detector.score(rows, { signal });
  },
};

/** Calls that do so later. */
const later: Works = {
  "nearDuplicates() of wide rows": () => {
    const x = matrix(30_000, 1000);
    return (signal) => nearDuplicates(x, { signal });
  },
  "miniBatchKMeans() of a source": () => {
    const x = matrixSource(matrix(6_000_000, 2), 600_000);
    return (signal) =>
      miniBatchKMeans(x, { clusters: 8, maxIterations: 50, maxNoImprovement: 1_000_000, signal });
  },
  "kMeansMissing() of complete rows": () => {
    const x = holed(8_000_000, 2);
    return (signal) => kMeansMissing(x, { clusters: 20, method: "complete-rows", signal });
  },
  "kMeansMissing() by k-POD": () => {
    const x = holed(6_000_000, 2);
    return (signal) => kMeansMissing(x, { clusters: 20, method: "k-pod", signal });
  },
};

/** Calls that do so at their end. */
const last: Works = {
  "kMeans() of weighted rows from random starts": () => {
    const x = matrix(1_500_000, 2);
    const sampleWeight = new Float64Array(1_500_000).fill(1.5);
    const options = { clusters: 8, init: "random", restarts: 1, maxIterations: 1 } as const;
    return (signal) => kMeans(x, { ...options, sampleWeight, signal });
  },
  "mlpClassifier() of many short rows": () => {
    const x = matrix(4_000_000, 1);
    const labels = classes(4_000_000);
    return (signal) =>
      mlpClassifier(x, labels, { batchSize: 65536, hidden: [], epochs: 1, signal });
  },
  "evidence() of mlpClassifier": async () => {
    const x = matrix(800_000, 20);
    const model = await mlpClassifier(matrix(500, 20), classes(500), { epochs: 1 });
    return (signal) => model.evidence(x, { signal });
  },
  "score() of outlierDetector": async () => {
    const x = matrix(1_500_000, 50);
    const model = await outlierDetector(matrix(500, 50), { components: [1] });
    return (signal) => model.score(x, { signal });
  },
  "score() of gmm": async () => {
    const detector = await detectorNamed("gmm")({ activations: [matrix(600, 300)] });
    const evidence = { activations: [matrix(150_000, 300)] };
    return (signal) => detector.score(evidence, { signal });
  },
  "selectMixture() by splits": () => {
    const x = matrix(900, 800);
    const options = { components: [1, 2], covariances: ["tied"], init: "split" } as const;
    return (signal) => selectMixture(x, { ...options, maxIterations: 1, signal });
  },
  "mlpClassifier() of few rows with wide layers": () => {
    const hidden = [{ units: 6000, activation: "relu" }, {
      units: 6000,
      activation: "relu",
    }] as const;
    return (signal) => mlpClassifier(matrix(20, 50), classes(20), { hidden, epochs: 1, signal });
  },
  "score() of gmm of many units": async () => {
    const options = { components: [1], maxIterations: 1 };
    const detector = await detectorNamed("gmm")({ activations: [matrix(1100, 1000)] }, options);
    const evidence = { activations: [matrix(100, 1000)] };
    return (signal) => detector.score(evidence, { signal });
  },
  "score() of mahalanobis of many units": async () => {
    const training = { activations: [matrix(200, 3000)], labels: classes(200) };
    const detector = await detectorNamed("mahalanobis")(training);
    const evidence = { activations: [matrix(512, 3000)] };
    return (signal) => detector.score(evidence, { signal });
  },
  "the fit of ddu": () => {
    const n = 4000;
    const training = { activations: [matrix(n, 1000)], labels: classes(n) };
    return (signal) => detectorNamed("ddu")(training, { signal });
  },
  "suspectLabels() of labels that are all suspect": async () => {
    const p = await softmax(matrix(2_000_000, 3));
    const labels = classes(2_000_000).map((label) => label % 3);
    return (signal) => suspectLabels(p, labels, { signal });
  },
  "columnDrift() of one column": () => {
    const x = matrix(3_000_000, 1);
    return (signal) => columnDrift(x, x, { signal });
  },
  "predict() of gaussianMixture": async () => {
    const x = matrix(6_000_000, 2);
    const model = await gaussianMixture(matrix(500, 2), { components: 4, maxIterations: 1 });
    return (signal) => model.predict(x, { signal });
  },
  "the fit of react": () => {
    const n = 60_000;
    const training = {
      logits: matrix(n, 10),
      activations: [matrix(n, 512)],
      labels: classes(n),
      head: { weights: matrix(512, 10), bias: new Float32Array(10) },
    };
    return (signal) => detectorNamed("react")(training, { signal });
  },
};

/** Most milliseconds: pieces of 20, compilation and garbage. In one piece, each of these takes longer. */
const longest = 250;

for (const [before, calls] of [[60, soon], [700, later], [Infinity, last]] as const) {
  for (const [name, prepare] of Object.entries(calls)) {
    Deno.test(`${name} lets the event loop turn, and ends soon after its signal is aborted`, async () => {
      await assertEndsSoon(await prepare(), { before, longest });
    });
  }
}
