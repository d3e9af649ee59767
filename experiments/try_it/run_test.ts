import { mlpFromSafetensors } from "@mixtape/classifier";
import { kMeans, kMeansFromJSON } from "@mixtape/clustering";
import { detectorFromJSON, type DetectorJSON, detectorNamed } from "@mixtape/ood";
import { capitalImages, ClassDensities, digitImages } from "@mixtape/report-site/try-it";
import { type HostMatrix, takeRows, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { indicesOf } from "../indices_of.ts";
import { makeOodSet } from "../run/ood_sets.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { recordRun } from "../run/testing/record_run.ts";
import { rowsOf, rowTexts, tinyData } from "../run/testing/tiny_data.ts";
import { softmaxRows, tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { run } from "./run.ts";
import { measureFrame } from "./run/measure_frame.ts";

await useBackend("cpu");

const data = tinyData();
const { train, test } = data.inDistribution;
const clothes = data.outOfDistribution.test;
const seed = 8;
const parameters = {
  ...tinyTraining,
  detector: "ppca",
  components: 2,
  pooling: 2,
  alpha: 0.2,
  clusters: 4,
  heldOutRows: 11,
  neighborsPerClass: 2,
  shownNeighbors: 3,
};
const fitted = rowsOf(train, indicesOf(30));
const heldOut = rowsOf(train, indicesOf(11).map((i) => 30 + i));

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

/** The mean of each square of 2×2 pixels, of images of 4×4. */
function averaged({ values, shape: [n] }: HostMatrix): HostMatrix {
  const means = indicesOf(4 * n).map((at) => {
    const first = 16 * Math.floor(at / 4) + 8 * Math.floor(at % 4 / 2) + 2 * (at % 2);
    return [0, 1, 4, 5].reduce((sum, step) => sum + values[first + step], 0) / 4;
  });
  return { values: Float32Array.from(means), shape: [n, 4] };
}

function withInputs(inputs: HostMatrix) {
  const n = inputs.shape[0];
  return {
    logits: { values: new Float32Array(n), shape: [n, 1] as const },
    activations: [],
    inputs,
  };
}

/** Scores by the detectors of the package, read one by one: the highest counts. */
function scorerOf(file: Uint8Array | undefined): (x: HostMatrix) => Promise<Float64Array> {
  const detectors = JSON.parse(textOf(file)).classes.map((json: DetectorJSON) =>
    detectorFromJSON(json)
  );
  return async (x) => {
    const scores: Float64Array[] = [];
    for (const detector of detectors) scores.push(await detector.score(withInputs(averaged(x))));
    return scores[0].map((_, row) => Math.max(...scores.map((one) => one[row])));
  };
}

Deno.test("try-it stores models that were fitted on rows that are not held out", async () => {
  const { payload, assets, stages, notes } = await recordRun(run, data, seed, parameters);
  using model = await trainPlainly(fitted, { weightDecay: 0, seed });
  assert.deepEqual(
    assets.get("classifier.safetensors"),
    model.toSafetensors({ dtype: "F16" }),
  );
  assert.equal(payload.classifier.weights.file, "classifier.safetensors");
  const { pooling, classes } = JSON.parse(textOf(assets.get("detector.json")));
  assert.equal(pooling, 2);
  const inputs = averaged(fitted.images);
  const densities = await Promise.all([0, 1, 2].map((label) => {
    const rows = [...fitted.labels.keys()].filter((row) => fitted.labels[row] === label);
    const evidence = withInputs(takeRows(inputs, rows));
    const options: { components: number; seed: number } = { components: 2, seed };
    return detectorNamed("ppca")({ ...evidence, labels: new Int32Array(rows.length) }, options);
  }));
  assert.deepEqual(classes, JSON.parse(JSON.stringify(densities)));
  using clusters = await kMeans(fitted.images, { clusters: 4, seed });
  using stored = kMeansFromJSON(JSON.parse(textOf(assets.get("clusters.json"))));
  assertAllClose([...stored.centroids.values], [...clusters.centroids.values], {
    rtol: 0,
    atol: 0.0051,
  });
  assert(stored.centroids.values.every((value) => `${value}`.length <= 5));
  assert.deepEqual([...stored.labels], [clusters.labels[0]]);
  assert.deepEqual(
    [payload.detector.fitted.file, payload.clusters.fitted.file],
    ["detector.json", "clusters.json"],
  );
  assert.deepEqual(stages, ["train", "fit the detector", "cluster", "judge"]);
  assert(notes.includes("epoch 3 of 3"));
});

Deno.test("try-it says how well the stored models do", async () => {
  const { payload, assets } = await recordRun(run, data, seed, parameters);
  using model = mlpFromSafetensors(assets.get("classifier.safetensors")!);
  const score = scorerOf(assets.get("detector.json"));
  using clusters = kMeansFromJSON(JSON.parse(textOf(assets.get("clusters.json"))));
  const held = [...await score(heldOut.images)].sort((a, b) => a - b);
  const inside = await score(test.images);
  const outside = await score(clothes.images);
  const { testAccuracy } = payload.classifier;
  const accuracy = await model.accuracy(test.images, test.labels);
  assert.deepEqual(
    [testAccuracy.successes, testAccuracy.trials],
    [Math.round(accuracy * 23), 23],
  );
  const pValue = (score: number) => (1 + held.filter((other) => other <= score).length) / 12;
  const found = [...outside].filter((score) => pValue(score) <= 0.2).length;
  const alarms = [...inside].filter((score) => pValue(score) <= 0.2).length;
  const { name, heldOutScores, alpha, histogram, falseAlarms, otherFound } = payload.detector;
  assert.deepEqual([falseAlarms.successes, falseAlarms.trials], [alarms, 23]);
  assert.deepEqual({ name, heldOutScores, alpha, histogram }, {
    name: "ppca",
    heldOutScores: held,
    alpha: 0.2,
    histogram: scoreHistogram(inside, outside, 40),
  });
  assert.deepEqual([otherFound.successes, otherFound.trials], [found, 19]);
  const capitals = await score(capitalImages(payload.frame));
  assert.deepEqual(payload.detector.letters, {
    drawn: 26,
    found: capitals.filter((score) => pValue(score) <= 0.2).length,
  });
  const drawn = digitImages(payload.frame);
  const drawnClasses = await model.predict(drawn.images);
  assert.deepEqual(payload.drawnDigits, {
    drawn: 30,
    classified: drawn.digits.filter((digit, at) => digit === drawnClasses[at]).length,
    accepted: (await score(drawn.images)).filter((score) => pValue(score) > 0.2).length,
  });
  assert.deepEqual(payload.frame, measureFrame(data.inDistribution));

  const clusterOf = await clusters.predict(fitted.images);
  const majority = indicesOf(4).map((cluster) => {
    const counts = [0, 1, 2].map((label) =>
      fitted.labels.filter((one, row) => one === label && clusterOf[row] === cluster).length
    );
    return counts.indexOf(Math.max(...counts));
  });
  assert.deepEqual(payload.clusters.majorityClasses, majority);
});

Deno.test("try-it judges images of each class, of the other set and of sets made from test images", async () => {
  const { payload, assets, images } = await recordRun(run, data, seed, parameters);
  using model = mlpFromSafetensors(assets.get("classifier.safetensors")!);
  const score = scorerOf(assets.get("detector.json"));
  using clusters = kMeansFromJSON(JSON.parse(textOf(assets.get("clusters.json"))));
  const firstOf = (labels: Int32Array, classes: number) =>
    indicesOf(classes).map((label) => labels.indexOf(label));
  const few = { ...data.inDistribution, test: rowsOf(test, indicesOf(20)) };
  const made = [
    "rotated",
    "inverted",
    "shuffled-pixels",
    "gaussian-noise",
    "blended",
  ] as const;
  const expected = [
    ...firstOf(test.labels, 3).map((row, label) => ({
      kind: "in-distribution",
      trueClass: label,
      pixels: rowTexts(test.images)[row],
    })),
    ...firstOf(clothes.labels, 4).map((row, label) => ({
      kind: "other-data-set",
      trueClass: label,
      pixels: rowTexts(clothes.images)[row],
    })),
    ...made.map((kind, at) => ({
      kind,
      trueClass: null,
      pixels: rowTexts(makeOodSet(kind, few, seed))[at],
    })),
  ];
  const values = Uint8Array.from(expected.flatMap(({ pixels }) => pixels.split(",").map(Number)));
  assert.deepEqual(assets.get("presets.bin"), values);
  assert.equal(payload.presets.images.file, "presets.bin");
  assert.deepEqual(images.get("presets"), {
    values,
    shape: { height: 4, width: 4 },
    maxValue: 15,
    columns: 5,
  });
  const { neighbors, presets: { verdicts } } = payload;
  const nearRows = [0, 1, 2].flatMap((label) =>
    [...fitted.labels.keys()].filter((row) => fitted.labels[row] === label).slice(0, 2)
  );
  const near = rowsOf(fitted, nearRows);
  assert.deepEqual(assets.get("neighbors.bin"), near.images.values);
  assert.deepEqual(neighbors.labels, [0, 0, 1, 1, 2, 2]);

  const x: HostMatrix = { values, shape: [expected.length, 16] };
  const probabilities = softmaxRows(await model.logits(x));
  const scores = await score(x);
  const cluster = await clusters.predict(x);
  assert.equal(verdicts.length, expected.length);
  verdicts.forEach((verdict, row) => {
    const { kind, trueClass } = expected[row];
    const probability = Math.max(...probabilities[row]);
    const held = payload.detector.heldOutScores;
    const distances = indicesOf(6).map((other) =>
      indicesOf(16).reduce(
        (sum, j) => sum + (values[16 * row + j] - near.images.values[16 * other + j]) ** 2,
        0,
      )
    );
    const { probability: shown, pValue, ...rest } = verdict;
    assert.deepEqual(rest, {
      kind,
      trueClass,
      predictedClass: probabilities[row].indexOf(probability),
      score: scores[row],
      cluster: cluster[row],
      neighbors: indicesOf(6).sort((a, b) => distances[a] - distances[b] || a - b).slice(0, 3),
    });
    assertAllClose(
      [shown, pValue],
      [probability, (1 + held.filter((other) => other <= scores[row]).length) / 12],
      { rtol: 1e-5 },
    );
  });
});

Deno.test("ClassDensities scores by the class that suits an image best, and classes of one image have no density", async () => {
  const labels = fitted.labels.map((label, row) => row === 0 ? 4 : label);
  const options = { detector: "ppca", components: 2, pooling: 2, seed };
  const densities = await ClassDensities.fit(fitted.images, labels, options);
  const json = JSON.stringify(densities);
  assert.equal(JSON.parse(json).classes.length, 3);
  const expected = await scorerOf(new TextEncoder().encode(json))(test.images);
  assert.deepEqual(await densities.score(test.images), expected);
  assert.deepEqual(await ClassDensities.fromJSON(JSON.parse(json)).score(test.images), expected);
});
