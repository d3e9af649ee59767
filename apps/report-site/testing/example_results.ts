import {
  checkIds,
  type ExperimentId,
  type KMeansStart,
  type MissingMethod,
  type Result,
  type ResultOf,
} from "@mixtape/results";
import { classNames, exampleEnvelope, exampleSprite } from "./example_envelope.ts";
import {
  exampleSeparation,
  oodCalibrationResult,
  oodCollapseResult,
  oodDetectorsResult,
} from "./example_ood_results.ts";
import { tryItResult } from "./example_try_it.ts";

const classes = classNames.length;

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function dataResult(): ResultOf<"data"> {
  return exampleEnvelope("data", {
    sets: ["shapes", "clothes"].map((name, set) => ({
      name,
      splits: [
        { split: "train" as const, rows: set === 0 ? 400 : 0, classCounts: [110, 90, 105, 95] },
        { split: "test" as const, rows: 200, classCounts: [50, 50, 50, 50] },
      ],
      density: 0.2 + 0.3 * set,
      samples: exampleSprite(`data/${name}-samples.png`, 3, 9),
      classMeans: exampleSprite(`data/${name}-means.png`, classes, classes),
    })),
  });
}

const starts: readonly KMeansStart[] = ["random", "k-means++", "class-means"];

function kMeansInitResult(): ResultOf<"kmeans-init"> {
  const seedsOf = (start: KMeansStart) => start === "class-means" ? [7] : [7, 8, 9];
  const runs = starts.flatMap((start, at) =>
    seedsOf(start).map((seed) => {
      const iterations = 10 + 4 * at + (seed - 7);
      const inertia = 1.5e11 * (1 + 0.002 * at + 0.001 * (seed - 7));
      return {
        start,
        seed,
        iterations,
        converged: seed !== 9,
        inertia,
        inertiaHistory: range(iterations).map((step) => inertia * (1 + 0.5 / (step + 1) ** 2)),
        purity: 0.6 - 0.01 * at,
        nmi: 0.5,
        ari: 0.4,
        elapsedMs: 1234,
      };
    })
  );
  return exampleEnvelope("kmeans-init", {
    clusters: classes,
    runs,
    representatives: starts.map((start, at) => {
      const slug = start.replace("++", "-plus-plus");
      return {
        start,
        seed: 7,
        contingency: [[80, 5, 3, 22], [1, 60, 20, 9], [0, 40, 65, 0], [70, 0, 0, 25]],
        clusterSizes: [151, 105, 88, 56],
        majorityClasses: [0, 1, 2, 3],
        classRecall: [0.73, 0.67, 0.62, 0.26],
        sharedClusters: [{ cluster: 0, classes: [0, 3], counts: [80, 70] }],
        centroids: exampleSprite(`kmeans-init/${slug}-centroids.png`, classes, classes),
        nearest: exampleSprite(`kmeans-init/${slug}-nearest.png`, 10, 10 * classes),
        farthest: exampleSprite(`kmeans-init/${slug}-farthest.png`, 10, 10 * classes),
        frames: {
          iterations: [0, 1, 5 + at],
          inertia: [2.4e11 - 1e10 * at, 1.9e11, 1.5e11],
          centroids: exampleSprite(`kmeans-init/${slug}-frames.png`, classes, 3 * classes),
        },
      };
    }),
  });
}

const methods: readonly MissingMethod[] = [
  "zero-prior",
  "feature-mean-prior",
  "k-pod",
  "mean-imputation",
  "complete-rows",
];

function kMeansMissingResult(): ResultOf<"kmeans-missing"> {
  const rates = [0, 0.2, 0.5, 0.8];
  const loss = [0.5, 0.2, 0.25, 0.2, 0];
  const runs = methods.flatMap((method, at) =>
    rates.flatMap((rate) =>
      [7, 8].map((seed) => {
        const failed = method === "complete-rows" && rate > 0;
        const kept = Math.max(0, 1 - loss[at] * rate - 0.01 * (seed - 7) * rate);
        return {
          rate,
          method,
          seed,
          completeRows: rate === 0 ? 400 : 0,
          fit: failed ? null : {
            nmi: 0.5 * kept,
            ari: 0.4 * kept,
            nmiToComplete: kept,
            ariToComplete: kept,
            centroidError: 20 * (1 - kept),
            iterations: 12,
            converged: true,
            elapsedMs: 30,
          },
          failure: failed ? "no-complete-rows" as const : null,
        };
      })
    )
  );
  return exampleEnvelope("kmeans-missing", {
    clusters: classes,
    rows: 400,
    complete: { nmi: 0.5, ari: 0.4 },
    rates,
    methods,
    runs,
    masked: exampleSprite("kmeans-missing/masked.png", 8, 8 * rates.length),
  });
}

function classifierResult(): ResultOf<"classifier"> {
  return exampleEnvelope("classifier", {
    architecture: {
      inputs: 36,
      layers: [{ units: 20, activation: "relu" }, { units: 4, activation: "linear" }],
    },
    parameterCount: 824,
    batchesPerEpoch: 10,
    batchLosses: range(30).map((batch) => 1.4 * 0.9 ** batch),
    epochs: [0.9, 0.4, 0.2].map((trainLoss, epoch) => ({
      trainLoss,
      testAccuracy: [0.8, 0.95, 0.94][epoch],
      elapsedMs: 100,
    })),
    testAccuracy: {
      value: 0.94,
      successes: 188,
      trials: 200,
      interval: { low: 0.898, high: 0.965, level: 0.95 },
    },
    confusion: [[49, 1, 0, 0], [0, 45, 5, 0], [2, 1, 47, 0], [0, 0, 3, 47]],
    mistakes: range(3).map((row) => ({
      row,
      trueClass: 1,
      predictedClass: 2,
      probability: 0.99 - 0.01 * row,
    })),
    mistakeImages: exampleSprite("classifier/mistakes.png", 3, 3),
    reliability: {
      expectedCalibrationError: 0.012,
      bins: range(5).map((bin) => ({
        low: bin / 5,
        high: (bin + 1) / 5,
        count: bin < 1 ? 0 : 50,
        meanConfidence: bin < 1 ? 0 : (bin + 0.6) / 5,
        accuracy: bin < 1 ? 0 : (bin + 0.5) / 5,
      })),
    },
  });
}

function gmmNotebookResult(): ResultOf<"gmm-notebook"> {
  return exampleEnvelope("gmm-notebook", {
    weightDecay: 0.01,
    classifierAccuracy: 0.93,
    rows: { inDistribution: 200, outOfDistribution: 150 },
    byComponents: [1, 2, 5].map((components) => ({
      components,
      inDistribution: { mean: 3 + components, standardDeviation: 10 },
      outOfDistribution: { mean: -4 - components, standardDeviation: 14 },
      accuracyAtMedian: 0.45,
      aucAsPublished: 0.52 - 0.03 * components,
      aucCorrected: 0.48 + 0.03 * components,
    })),
    published: {
      classifierAccuracy: 0.9672,
      bestComponents: 20,
      inDistribution: { mean: 5.2, standardDeviation: 10.72 },
      outOfDistribution: { mean: -14.39, standardDeviation: 13.58 },
      bestAccuracy: { value: 0.46, components: 1 },
      bestAuc: { value: 0.4, components: 1 },
    },
  });
}

function gmmOodResult(): ResultOf<"gmm-ood"> {
  const curve = (bend: number) => ({
    outAccepted: range(11).map((step) => 15 * step),
    inAccepted: range(11).map((step) => Math.round(200 * (step / 10) ** bend)),
  });
  return exampleEnvelope("gmm-ood", {
    rows: { fitted: 360, heldOut: 40, inDistribution: 200, outOfDistribution: 150 },
    byWeightDecay: [0, 1e-4, 1e-3, 1e-2].map((weightDecay, at) => ({
      weightDecay,
      testAccuracy: {
        value: 0.97 - 0.01 * at,
        successes: 194 - 2 * at,
        trials: 200,
        interval: { low: 0.92, high: 0.99, level: 0.95 },
      },
      units: 25,
      effectiveRank: 14 - 3 * at,
      softmax: exampleSeparation(0.7),
      byComponents: [1, 2, 5].map((components) => ({
        components,
        bic: 1e5 - 1000 * components + 90 * components ** 2,
        heldOutLogDensity: -20 + components,
        separation: exampleSeparation(0.95 - 0.12 * at + 0.005 * components),
        scores: {
          low: -60 - components,
          high: 20,
          inDistribution: { below: 4, counts: [1, 2, 5, 18, 60, 70, 30, 9 + components], above: 1 },
          outOfDistribution: { below: 60, counts: [20, 22, 18, 12, 9, 5, 3, 1], above: 0 },
          roc: curve((0.2 + 0.2 * at) / components),
        },
        iterations: 20,
        converged: true,
        elapsedMs: 50,
      })),
      chosen: { byBic: 5, byHeldOut: 5, oracle: 5 },
      softmaxRoc: curve(0.5),
    })),
  });
}

function derivationsResult(): ResultOf<"derivations"> {
  return exampleEnvelope("derivations", {
    checks: checkIds.map((id, at) => ({
      id,
      error: at * 1e-13,
      tolerance: 1e-9,
      passed: id !== "mixture-weights-sum-to-one",
      cases: 12,
    })),
    missingCost: range(8).map((step) => 1e5 * (1 + 0.8 ** step)),
    mixtureLogLikelihood: range(8).map((step) => -1e4 * (1 + 0.7 ** step)),
    monteCarlo: [{
      id: "missing-cost-matches-monte-carlo",
      closedForm: 12.5,
      estimate: 12.49,
      standardError: 0.02,
      draws: 100_000,
    }],
  });
}

/** A conforming result of every experiment, made up; for tests only. */
export const exampleResults: { readonly [Id in ExperimentId]: ResultOf<Id> } = {
  "data": dataResult(),
  "kmeans-init": kMeansInitResult(),
  "kmeans-missing": kMeansMissingResult(),
  "classifier": classifierResult(),
  "gmm-notebook": gmmNotebookResult(),
  "gmm-ood": gmmOodResult(),
  "ood-detectors": oodDetectorsResult(),
  "ood-collapse": oodCollapseResult(),
  "ood-calibration": oodCalibrationResult(),
  "derivations": derivationsResult(),
  "try-it": tryItResult(),
};

/** Some of the example results, in a list. */
export function exampleResultsOf(ids: readonly ExperimentId[]): Result[] {
  return ids.map((id) => exampleResults[id]);
}
