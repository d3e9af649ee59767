/**
 * Aborts public functions in the midst of work that takes seconds: each has to let the event loop turn, or the abort
 * would not come to be, and to fail then with the reason of the signal.
 */
import { mlpClassifier } from "@mixtape/classifier";
import {
  assignBlock,
  kMeans,
  kMeansMissing,
  miniBatchKMeans,
  silhouette,
} from "@mixtape/clustering";
import { gaussianMixture } from "@mixtape/mixture";
import { detectorNamed, outlierDetector } from "@mixtape/ood";
import { pointDistances, useBackend } from "@mixtape/tensor-utils";
import { assertEndsSoon, classes, holed, matrix, type Works } from "./testing/abort_case.ts";

// On one thread, the processor time of that thread is the time for which work holds it, whatever runs beside it.
await useBackend("simd", { threads: 1 });

const calls: Works = {
  "kMeans()": () => {
    const x = matrix(60_000, 50);
    return (signal) => kMeans(x, { clusters: 100, restarts: 3, signal });
  },
  "assignBlock()": () => {
    const x = matrix(8000, 500);
    const centroids = Float64Array.from(matrix(15_000, 500).values);
    return (signal) => assignBlock(x, centroids, undefined, signal);
  },
  "miniBatchKMeans()": () => {
    const x = matrix(60_000, 50);
    return (signal) => miniBatchKMeans(x, { clusters: 300, restarts: 30, signal });
  },
  "kMeansMissing()": () => {
    const x = holed(40_000, 30);
    return (signal) => kMeansMissing(x, { clusters: 40, restarts: 5, signal });
  },
  "predict() of kMeans": async () => {
    const x = matrix(200_000, 50);
    const model = await kMeans(matrix(3000, 50), { clusters: 2000, maxIterations: 1 });
    return (signal) => model.predict(x, { signal });
  },
  "transform() of kMeans": async () => {
    const x = matrix(200_000, 200);
    const model = await kMeans(matrix(1000, 200), { clusters: 150, maxIterations: 1 });
    return (signal) => model.transform(x, { signal });
  },
  "pointDistances() to wide points": () => {
    const [x, { values, shape }] = [matrix(400, 16_000), matrix(2500, 16_000)];
    const points = { values: Float64Array.from(values), shape };
    return (signal) => pointDistances(x, points, signal);
  },
  "predict() of kMeansMissing": async () => {
    const x = holed(200_000, 30);
    const options = { clusters: 100, method: "k-pod", maxIterations: 1 } as const;
    const model = await kMeansMissing(holed(1000, 30), options);
    return (signal) => model.predict(x, { signal });
  },
  "silhouette()": () => {
    const x = matrix(20_000, 60);
    return (signal) => silhouette(x, classes(20_000), { maxRows: 20_000, signal });
  },
  "gaussianMixture()": () => {
    const x = matrix(30_000, 40);
    return (signal) => gaussianMixture(x, { components: 8, tolerance: 0, signal });
  },
  "sample() of gaussianMixture": async () => {
    const options = { components: 2, init: "random", maxIterations: 0 } as const;
    const model = await gaussianMixture(matrix(2000, 600), options);
    return (signal) => model.sample(20_000, { signal });
  },
  "gaussianMixture() from random responsibilities": () => {
    const x = matrix(1_500_000, 2);
    const options = { components: 16, init: "random", tolerance: 0 } as const;
    return (signal) => gaussianMixture(x, { ...options, signal });
  },
  "logDensity() of gaussianMixture": async () => {
    const x = matrix(200_000, 60);
    const options = { components: 30, maxIterations: 1 };
    const model = await gaussianMixture(matrix(2000, 60), options);
    return (signal) => model.logDensity(x, { signal });
  },
  "predict() of gaussianMixture with tied covariances": async () => {
    const x = matrix(200_000, 100);
    const options = { components: 30, covariance: "tied", maxIterations: 1 } as const;
    const model = await gaussianMixture(matrix(2000, 100), options);
    return (signal) => model.predict(x, { signal });
  },
  "mlpClassifier()": () => {
    const x = matrix(20_000, 200);
    return (signal) => mlpClassifier(x, classes(20_000), { epochs: 50, signal });
  },
  "predict() of mlpClassifier": async () => {
    const x = matrix(200_000, 200);
    const hidden = [{ units: 400, activation: "relu" }, {
      units: 400,
      activation: "relu",
    }] as const;
    const model = await mlpClassifier(matrix(100, 200), classes(100), { hidden, epochs: 0 });
    return (signal) => model.predict(x, { signal });
  },
  "contributions() of outlierDetector": async () => {
    const x = matrix(100_000, 60);
    const model = await outlierDetector(matrix(500, 60), { components: [1] });
    return (signal) => model.contributions(x, { signal });
  },
  "knn": () => {
    const x = matrix(200_000, 200);
    return (signal) => detectorNamed("knn")({ activations: [x] }, { signal });
  },
  "score() of knn": async () => {
    const detector = await detectorNamed("knn")({ activations: [matrix(20_000, 64)] });
    const x = matrix(10_000, 64);
    return (signal) => detector.score({ activations: [x] }, { signal });
  },
  "mahalanobis": () => {
    const x = matrix(60_000, 400);
    const evidence = { activations: [x], labels: classes(60_000) };
    return (signal) => detectorNamed("mahalanobis")(evidence, { signal });
  },
  "score() of gmm": async () => {
    const detector = await detectorNamed("gmm")({ activations: [matrix(600, 300)] });
    const evidence = { activations: [matrix(60_000, 300)] };
    return (signal) => detector.score(evidence, { signal });
  },
  "score() of mahalanobis": async () => {
    const x = matrix(60_000, 400);
    const evidence = { activations: [matrix(1000, 400)], labels: classes(1000) };
    const detector = await detectorNamed("mahalanobis")(evidence);
    return (signal) => detector.score({ activations: [x] }, { signal });
  },
};

/** 20 ms of work, compilation and collection of garbage, on a machine that is slow. */
const limits = { before: 250, longest: 500 };

for (const [name, prepare] of Object.entries(calls)) {
  Deno.test(`${name} ends soon after its signal is aborted, and lets the event loop turn until then`, async () => {
    await assertEndsSoon(await prepare(), limits);
  });
}
