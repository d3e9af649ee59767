import { exampleEnvelope, exampleSprite } from "@mixtape/report-site/testing";
import { indicesOf } from "../indices_of.ts";
import type { ClassifierResult } from "./result.ts";

function classifierResult(): ClassifierResult {
  return exampleEnvelope("classifier", {
    architecture: {
      inputs: 36,
      layers: [{ units: 20, activation: "relu" }, { units: 4, activation: "linear" }],
    },
    parameterCount: 824,
    batchesPerEpoch: 10,
    batchLosses: indicesOf(30).map((batch) => 1.4 * 0.9 ** batch),
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
    mistakes: indicesOf(3).map((row) => ({
      row,
      trueClass: 1,
      predictedClass: 2,
      probability: 0.99 - 0.01 * row,
    })),
    mistakeImages: exampleSprite("classifier/mistakes.png", 3, 3),
    reliability: {
      expectedCalibrationError: 0.012,
      bins: indicesOf(5).map((bin) => ({
        low: bin / 5,
        high: (bin + 1) / 5,
        count: bin < 1 ? 0 : 50,
        meanConfidence: bin < 1 ? 0 : (bin + 0.6) / 5,
        accuracy: bin < 1 ? 0 : (bin + 0.5) / 5,
      })),
    },
  });
}

/** A made-up result that conforms, for tests. */
export const example: ClassifierResult = classifierResult();
