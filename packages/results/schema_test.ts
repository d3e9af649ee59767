import type { z } from "zod";
import * as schema from "./schema.ts";
import {
  assertKeeps,
  atLeast,
  type Contract,
  count,
  flag,
  hash,
  magnitude,
  number,
  orNull,
  positive,
  schemaReader,
  share,
  text,
  values,
  words,
} from "./testing/contract.ts";

function assertPayload(contract: Contract, payload: z.ZodType): void {
  assertKeeps(contract, schemaReader(payload));
}

const interval = { low: number, high: number, level: share };
const maybeInterval = values([null, { low: -1, high: 2, level: 0.9 }], [
  {},
  "?",
  { low: 0, high: 1 },
]);
const proportion = { value: share, successes: count, trials: positive, interval };
const assetFile = values(
  ["try-it/a.b_c-1.safetensors", "0.json", "a/b/c.bin"],
  [
    "../a.bin",
    "/a.bin",
    "a/../b.bin",
    "A.bin",
    "a.png",
    "a.bin ",
    " a.bin",
    "a",
    ".bin",
    "a//b.bin",
  ],
);
const asset = { file: assetFile, byteLength: positive, sha256: hash };
const sprite = {
  file: values(["data/a.b_c-1.png", "0.png"], ["../a.png", "/a.png", "a.bin", "a.png?", " a.png"]),
  byteLength: positive,
  sha256: hash,
  tile: { width: positive, height: positive },
  columns: positive,
  count: positive,
};
const separation = {
  auroc: share,
  aurocInterval: maybeInterval,
  auprIn: share,
  auprOut: share,
  fprAtIdTpr95: share,
};
const histogramCounts = { below: count, counts: atLeast(1, count), above: count };
const scoreHistogram = {
  edges: atLeast(2, number),
  inDistribution: histogramCounts,
  outOfDistribution: histogramCounts,
};
const oodSets = [
  "other-data-set",
  "rotated",
  "inverted",
  "shuffled-pixels",
  "gaussian-noise",
  "uniform-noise",
  "blended",
  "held-out-classes",
];

Deno.test("the schemas of the parts of a payload keep to their docs", () => {
  assertPayload(
    {
      interval,
      proportion,
      spread: { mean: number, standardDeviation: magnitude },
      asset,
      sprite,
      separation,
      histogramCounts,
      scoreHistogram,
      oodSetName: words(...oodSets),
    },
    schema.record({
      interval: schema.interval,
      proportion: schema.proportion,
      spread: schema.spread,
      asset: schema.asset,
      sprite: schema.sprite,
      separation: schema.separation,
      histogramCounts: schema.histogramCounts,
      scoreHistogram: schema.scoreHistogram,
      oodSetName: schema.oodSetName,
    }),
  );
});

Deno.test("tryItPayload keeps to its docs", () => {
  const letters = values(
    [{ drawn: 26, found: 0 }, { drawn: 1, found: 1 }],
    [null, {}, { drawn: 0, found: 0 }, { drawn: 26 }, { drawn: 26, found: -1 }],
  );
  const drawnDigits = values(
    [{ drawn: 30, classified: 0, accepted: 0 }, { drawn: 1, classified: 1, accepted: 1 }],
    [
      null,
      {},
      { drawn: 0, classified: 0, accepted: 0 },
      { drawn: 30, classified: 3 },
      { drawn: 30, classified: -1, accepted: 0 },
      { drawn: 30, classified: 0, accepted: -1 },
    ],
  );
  assertPayload({
    classifier: { weights: asset, testAccuracy: proportion },
    detector: {
      name: text,
      fitted: asset,
      heldOutScores: atLeast(1, number),
      alpha: share,
      histogram: scoreHistogram,
      falseAlarms: proportion,
      otherFound: proportion,
      // Results of before have none.
      letters: { ...letters, refused: letters.refused.filter((value) => value !== undefined) },
    },
    clusters: { fitted: asset, majorityClasses: atLeast(1, count) },
    neighbors: { images: asset, labels: atLeast(1, count) },
    presets: {
      images: asset,
      sprite,
      verdicts: atLeast(1, {
        kind: words("in-distribution", ...oodSets),
        trueClass: orNull(count),
        predictedClass: count,
        probability: share,
        score: number,
        pValue: share,
        cluster: count,
        neighbors: atLeast(1, count),
      }),
    },
    frame: { side: positive, box: positive, centre: magnitude, maxValue: positive },
    // Results of before have none.
    drawnDigits: {
      ...drawnDigits,
      refused: drawnDigits.refused.filter((value) => value !== undefined),
    },
  }, schema.tryItPayload);
});

const checkIds = [
  "missing-cost-matches-monte-carlo",
  "missing-variance-moves-no-assignment",
  "missing-gradient-matches-differences",
  "missing-gradient-vanishes",
  "missing-equals-filled-lloyd",
  "missing-cost-never-rises",
  "mixture-bound-is-tight",
  "mixture-gradient-matches-differences",
  "mixture-gradient-vanishes",
  "mixture-weights-sum-to-one",
  "mixture-bound-never-falls",
  "mixture-moments-match-monte-carlo",
];

Deno.test("derivationsPayload keeps to its docs", () => {
  assertPayload({
    checks: atLeast(1, {
      id: words(...checkIds),
      error: magnitude,
      tolerance: magnitude,
      passed: flag,
      cases: positive,
    }),
    missingCost: atLeast(2, number),
    mixtureLogLikelihood: atLeast(2, number),
    monteCarlo: atLeast(0, {
      id: words(...checkIds),
      closedForm: number,
      estimate: number,
      standardError: magnitude,
      draws: positive,
    }),
  }, schema.derivationsPayload);
});
