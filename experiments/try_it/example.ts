import {
  classNames,
  exampleBytes,
  exampleEnvelope,
  exampleSprite,
  side,
} from "@mixtape/report-site/testing";
import type { Asset, TryItImage, TryItResult } from "@mixtape/results";
import { createHash } from "node:crypto";

function exampleAsset(file: string, byteLength: number): Asset {
  const sha256 = createHash("sha256").update(exampleBytes(byteLength)).digest("hex");
  return { file: `try-it/${file}`, byteLength, sha256 };
}

const labels = Array.from({ length: 8 }, (_, row) => row % classNames.length);

const verdicts: readonly TryItImage[] = [
  ...classNames.map((_, label): TryItImage => ({
    kind: "in-distribution",
    trueClass: label,
    predictedClass: label,
    probability: 0.98,
    score: 12.5 - label,
    pValue: 0.62,
    cluster: label,
    neighbors: [label, label + 4],
  })),
  ...(["other-data-set", "rotated", "gaussian-noise"] as const).map((kind): TryItImage => ({
    kind,
    trueClass: kind === "other-data-set" ? 1 : null,
    predictedClass: 2,
    probability: 0.51,
    score: -55,
    pValue: 0.01,
    cluster: 3,
    neighbors: [2, 6],
  })),
];

function tryItResult(): TryItResult {
  return exampleEnvelope("try-it", {
    classifier: {
      weights: exampleAsset("classifier.safetensors", 400),
      testAccuracy: {
        value: 0.95,
        successes: 190,
        trials: 200,
        interval: { low: 0.91, high: 0.97, level: 0.95 },
      },
    },
    detector: {
      name: "ppca",
      fitted: exampleAsset("detector.json", 300),
      heldOutScores: Array.from({ length: 99 }, (_, at) => at / 5 - 4),
      alpha: 0.05,
      histogram: {
        edges: [-60, -50, -40, -30, -20, -10, 0, 10, 20],
        inDistribution: { below: 0, counts: [0, 0, 1, 2, 12, 40, 90, 50], above: 5 },
        outOfDistribution: { below: 20, counts: [40, 40, 20, 15, 8, 5, 2, 0], above: 0 },
      },
      falseAlarms: {
        value: 0.06,
        successes: 12,
        trials: 200,
        interval: { low: 0.03, high: 0.1, level: 0.95 },
      },
      otherFound: {
        value: 0.8,
        successes: 120,
        trials: 150,
        interval: { low: 0.73, high: 0.86, level: 0.95 },
      },
      letters: { drawn: 26, found: 17 },
    },
    clusters: { fitted: exampleAsset("clusters.json", 200), majorityClasses: [0, 1, 2, 3] },
    neighbors: { images: exampleAsset("neighbors.bin", labels.length * side * side), labels },
    presets: {
      images: exampleAsset("presets.bin", verdicts.length * side * side),
      sprite: exampleSprite("try-it/presets.png", 4, verdicts.length),
      verdicts,
    },
    frame: { side, box: 4, centre: side / 2, maxValue: 255 },
    drawnDigits: { drawn: 30, classified: 24, accepted: 19 },
  });
}

/** A made-up result that conforms, for tests. */
export const example: TryItResult = tryItResult();
