import { exampleEnvelope, exampleSeparation, exampleSprite } from "@mixtape/report-site/testing";
import type { OodDetectorsResult } from "./result.ts";

const detectors = ["constant", "msp", "gmm++"];

const sets = ["other-data-set", "rotated", "gaussian-noise", "held-out-classes"] as const;

const networks = ["reference", "best"] as const;

function oodDetectorsResult(): OodDetectorsResult {
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
      looksAt: ([[], ["logits"], ["penultimate", "logits"]] as const)[at],
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
            oodAboveMedian: 0.1,
          }))
        )
      )
    ),
    lengths: networks.flatMap((classifier, at) =>
      sets.map((set, number) => ({ classifier, set, ratio: 0.6 + 0.3 * number + 0.1 * at }))
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

/** A made-up result that conforms, for tests. */
export const example: OodDetectorsResult = oodDetectorsResult();
