import type { ResultOf, Separation } from "@mixtape/results";
import { exampleEnvelope, exampleSprite } from "./example_envelope.ts";

const detectors = ["constant", "msp", "gmm++"];
const sets = ["other-data-set", "rotated", "gaussian-noise", "held-out-classes"] as const;
const networks = ["reference", "best"] as const;

/** How well a made-up score separates. */
export function exampleSeparation(auroc: number): Separation {
  return {
    auroc,
    aurocInterval: { low: Math.max(0, auroc - 0.02), high: Math.min(1, auroc + 0.02), level: 0.95 },
    auprIn: auroc,
    auprOut: auroc,
    fprAtIdTpr95: 1 - auroc,
  };
}

/** A made-up leaderboard. */
export function oodDetectorsResult(): ResultOf<"ood-detectors"> {
  const auroc = (detector: number, set: number, seed: number) =>
    detector === 0 ? 0.5 : 0.99 - 0.15 / detector - 0.05 * set - 0.01 * seed;
  return exampleEnvelope("ood-detectors", {
    classifiers: networks.map((name) => ({
      name,
      layers: [{ units: 20, activation: "relu" }, { units: 4, activation: "linear" }],
      parameterCount: 824,
      training: {
        epochs: 3,
        batchSize: 32,
        learningRate: 0.002,
        learningRateSchedule: "linear",
        affineCopies: 1,
        weightDecay: 0,
        labelSmoothing: 0,
      },
      testAccuracies: [0.94, 0.95],
    })),
    sets: sets.map((name) => ({
      name,
      rows: 150,
      inDistributionRows: 200,
      samples: exampleSprite(`ood-detectors/${name}.png`, 3, 9),
    })),
    detectors: detectors.map((name, at) => ({
      name,
      title: `Detector ${name}`,
      cite: {
        authors: "An Author",
        title: "A paper",
        year: 2020,
        url: "https://example.org/paper",
      },
      looksAt: (["nothing", "logits", "penultimate"] as const)[at],
    })),
    seeds: [7, 8],
    rows: { fitted: 360, validation: 40 },
    scores: networks.flatMap((classifier) =>
      detectors.flatMap((detector, at) =>
        sets.flatMap((set, number) =>
          [0, 1].map((seed) => ({
            classifier,
            seed: 7 + seed,
            detector,
            set,
            separation: exampleSeparation(auroc(at, number, seed)),
            achievedTpr: at === 0 ? 1 : 0.94 + 0.01 * seed,
            oodAccepted: 0.2,
          }))
        )
      )
    ),
    fits: networks.flatMap((classifier) =>
      detectors.map((detector) => ({
        classifier,
        detector,
        notes: ["dropped 1 unit"],
        fitMs: 12,
        scoreMs: 3,
      }))
    ),
    comparisons: networks.map((classifier, at) => ({
      classifier,
      set: "other-data-set" as const,
      best: "gmm++",
      other: "msp",
      difference: 0.07,
      pValue: at === 0 ? 1e-9 : 0.3,
      significant: at === 0,
    })),
  });
}

/** Made-up measures of collapsed features. */
export function oodCollapseResult(): ResultOf<"ood-collapse"> {
  return exampleEnvelope("ood-collapse", {
    units: 25,
    byWeightDecay: [0, 1e-4, 1e-3, 1e-2].map((weightDecay, at) => ({
      weightDecay,
      testAccuracy: {
        value: 0.95,
        successes: 190,
        trials: 200,
        interval: { low: 0.91, high: 0.97, level: 0.95 },
      },
      effectiveRank: 14 - 3 * at,
      spectrum: Array.from({ length: 25 }, (_, direction) => 0.3 * (0.7 - 0.1 * at) ** direction),
      withinOverBetween: 0.8 - 0.2 * at,
      meanLengthVariation: 0.1,
      angleVariation: 0.2,
      meanNorm: { inDistribution: 12 - at, outOfDistribution: 9 - at },
      mixtures: (["none", "l2"] as const).flatMap((normalization) =>
        [1, 5, 20].map((components) => ({
          normalization,
          components,
          separation: at === 3 && components === 20
            ? null
            : exampleSeparation(0.9 - 0.1 * at + (normalization === "l2" ? 0.05 : 0)),
          bic: 1000,
        }))
      ),
    })),
    correlations: [{ measure: "effective-rank", spearman: 0.9 }],
  });
}

/** Made-up tries of thresholds, p-values and discoveries. */
export function oodCalibrationResult(): ResultOf<"ood-calibration"> {
  return exampleEnvelope("ood-calibration", {
    splits: 4,
    rows: { calibration: 100, fresh: 100 },
    batchRows: 50,
    tpr: [0.9, 0.95].flatMap((wanted) =>
      detectors.slice(1).map((detector, at) => ({
        detector,
        wanted,
        achieved: [-0.02, -0.01, 0.01, 0.02].map((off) => wanted + off + 0.005 * at),
        spread: { mean: wanted + 0.005 * at, standardDeviation: 0.016 },
      }))
    ),
    pValues: detectors.slice(1).map((detector, at) => ({
      detector,
      counts: [10 + 8 * at, 10, 10, 10 - 8 * at],
      kolmogorovSmirnov: 0.02 + 0.2 * at,
      critical: 0.2,
    })),
    discoveries: [0.1, 0.5].flatMap((oodShare) =>
      detectors.slice(1).flatMap((detector, at) =>
        [0.05, 0.1, 0.2].map((wanted) => ({
          detector,
          oodShare,
          wanted,
          falseDiscoveryRate: { mean: wanted * (0.8 + 0.4 * at), standardDeviation: 0.02 },
          power: { mean: 0.6, standardDeviation: 0.1 },
        }))
      )
    ),
  });
}
