import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { Proportion } from "@mixtape/results";
import { type ClassesResult, madeUpNames } from "./result.ts";

const proportion = (successes: number, trials: number, half: number): Proportion => ({
  value: successes / trials,
  successes,
  trials,
  interval: { low: successes / trials - half, high: successes / trials + half / 2, level: 0.95 },
});

const cats = proportion(61, 70, 0.0617);
const dogs = proportion(43, 50, 0.0723);

/** A made-up result that conforms, for tests. */
export const example: ClassesResult = exampleTableEnvelope("classes", {
  accuracy: proportion(104, 120, 0.0512),
  largest: { name: "cat", share: 0.5833 },
  classes: [
    {
      name: "cat",
      recall: cats,
      precision: { value: 0.8971, predicted: 68, interval: { low: 0.8, high: 0.95, level: 0.95 } },
    },
    {
      name: "dog",
      recall: dogs,
      precision: { value: 0.8269, predicted: 52, interval: { low: 0.7, high: 0.9, level: 0.95 } },
    },
  ],
  confusion: [[61, 9], [7, 43]],
  confusions: [
    { given: "cat", predicted: "dog", rows: 9 },
    { given: "dog", predicted: "cat", rows: 7 },
  ],
  calibration: {
    temperature: 0.456,
    crossEntropy: 0.321,
    shareEntropy: 0.679,
    expectedError: 0.034,
    confidence: 0.877,
    bins: [
      { low: 0.5, high: 0.6, count: 17, confidence: 0.552, accuracy: 0.588 },
      { low: 0.9, high: 1, count: 103, confidence: 0.931, accuracy: 0.913 },
    ],
  },
  madeUpSets: madeUpNames.map((madeUp, i) => ({
    madeUp,
    fitted: 83 + i,
    dimensions: 7 - i,
    inside: 31 + i,
    outside: 117 + i,
    detectors: ["mahalanobis", "ddu"].map((detector, j) => ({
      detector,
      auroc: 0.651 + 0.2 * i - 0.04 * j,
      interval: { low: 0.611 + 0.2 * i - 0.04 * j, high: 0.692 + 0.2 * i - 0.04 * j, level: 0.95 },
    })),
  })),
  sets: ["cat", "dog"].map((heldOut, i) => ({
    heldOut,
    fitted: 35 + 14 * i,
    dimensions: 3 - i,
    inside: 15 + 6 * i,
    outside: 70 - 20 * i,
    detectors: ["mahalanobis", "knn"].map((detector, j) => ({
      detector,
      auroc: 0.812 + 0.1 * i - 0.05 * j,
      interval: { low: 0.744 + 0.1 * i - 0.05 * j, high: 0.861 + 0.1 * i - 0.05 * j, level: 0.95 },
    })),
  })),
});
