import assert from "node:assert/strict";
import { type Random, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import { auroc } from "../measures/auroc.ts";
import { detectorNamed, detectors } from "../registry.ts";
import { virtualLogit } from "./virtual_logit.ts";
import type { Rows } from "../testing/plain_algebra.ts";

await useBackend("cpu");

const matrix = (rows: Rows) => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length] as const,
});

/** Evidence whose penultimate activations have the mean (2, −1), with logits as given. */
function evidence(activations: Rows, logits: Rows, weights: Rows): TrainingEvidence {
  return {
    logits: matrix(logits),
    activations: [matrix(activations)],
    inputs: matrix(activations),
    labels: Int32Array.from(logits, (_, i) => i % 2),
    head: { weights: matrix(weights), bias: new Float32Array(weights[0].length) },
  };
}

const around = [[3, -1], [1, -1], [2, 0], [2, -2]];
const weights = [[1, -1, 0.5], [2, 0, 0.25]];
const logits = [[3, 1, 0], [1, 3, 0], [2, 1, 0], [0, 5, 1]];

Deno.test("detectors that divide by the distance to the mean give a row at the mean its limit", async () => {
  const training = evidence(around, logits, weights);
  const atMean = evidence([[2, -1]], [[2, 1, 0]], weights);
  const scoreOf = async (name: string) => {
    using detector = await detectorNamed(name)(training);
    return [...await detector.score(atMean)];
  };
  assert.deepEqual(await scoreOf("fdbd"), [0]);
  assert.deepEqual(await scoreOf("neco"), [0]);
  assertAllClose(await scoreOf("nci"), [1e-3 * 3], { rtol: 1e-12 });
});

Deno.test("fdbd leaves out boundaries between classes of the same weights", async () => {
  const same = [[1, 1, 0.5], [2, 2, 0.25]];
  using detector = await detectorNamed("fdbd")(evidence(around, logits, same));
  // Gaps: 0 between the first two classes, √(0.5² + 1.75²) to the third. The row is 2 from the mean.
  const [score] = await detector.score(evidence([[2, 1]], [[4, 3, 1]], same));
  assertAllClose([score], [(4 - 1) / Math.hypot(0.5, 1.75) / 2 / 2], { rtol: 1e-12 });
});

Deno.test("detectors cope with a classifier of one class", async () => {
  const one = around.map(() => [1.5]);
  const training = { ...evidence(around, one, [[1], [2]]), labels: new Int32Array(4) };
  for (const kind of detectors) {
    const options: object = kind.name.startsWith("gmm") ? { components: [1] } : {};
    using detector = await kind(training, options);
    const scores = await detector.score(training);
    assert.ok(scores.every(Number.isFinite), kind.name);
    if (["msp", "gen", "fdbd"].includes(kind.name)) assertAllClose(scores, [0, 0, 0, 0]);
  }
});

Deno.test("she stores all rows of a class that is never predicted, and zeros for one without rows", async () => {
  const training = evidence(around, [[9, 0, 0], [9, 0, 0], [9, 0, 0], [9, 0, 0]], weights);
  using detector = await detectorNamed("she")(training);
  assert.deepEqual(detector.notes, [
    "no row of class 1 was classified correctly, so all its 2 rows were stored",
    "no row of class 2 was classified correctly, so all its 0 rows were stored",
  ]);
  const test = evidence([[1, 10], [1, 10], [1, 10]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], weights);
  // The rows of class 0 are (3, −1) and (2, 0), those of class 1 (1, −1) and (2, −2).
  assertAllClose(await detector.score(test), [2.5 - 5, 1.5 - 15, 0], { rtol: 1e-12 });
});

Deno.test("detectors ignore labels beyond the logits, and refuse logits of other classes", async () => {
  const training = { ...evidence(around, logits, weights), labels: Int32Array.of(0, 1, 0, 7) };
  using she = await detectorNamed("she")(training);
  const [first, second] = await she.score(
    evidence(around.slice(0, 2), logits.slice(0, 2), weights),
  );
  // Class 0: (3, −1) and (2, 0); class 1: (1, −1).
  assertAllClose([first, second], [2.5 * 3 + 0.5, 1 + 1], { rtol: 1e-12 });
  const wide = evidence(
    around,
    logits.map((row) => [...row, 0]),
    weights.map((row) => [...row, 0]),
  );
  for (const name of ["she", "gen"]) {
    using detector = await detectorNamed(name)(training);
    await assert.rejects(detector.score(wide), /RangeError: Cannot use .* 4 classes.* on .*3$/);
  }
});

Deno.test("a detector of layers refuses another number of them", async () => {
  const training = evidence(around, logits, weights);
  const two = { ...training, activations: [training.activations[0], training.activations[0]] };
  for (const name of ["layers-mahalanobis++", "weakest-level"]) {
    using detector = await detectorNamed(name)(training, { heldOut: training });
    await assert.rejects(detector.score(two), {
      name: "RangeError",
      message: "Cannot score activations of 2 layers: the detector was fitted on 1",
    });
  }
});

Deno.test("vim keeps quiet about a virtual logit that is on", async () => {
  using detector = await virtualLogit(evidence(around, logits, weights), { dimensions: 1 });
  assert.deepEqual(detector.notes, []);
});

const classes = 4;
/** Each class has three units of its own, which speak for it and against the others. */
const ownUnits = Array.from(
  { length: 3 * classes },
  (_, unit) => Array.from({ length: classes }, (_, c) => Math.floor(unit / 3) === c ? 1 : -0.3),
);

/** Rows as a network that works has them, `length` times as long; those of no class have a unit on of each of three. */
function networkRows(
  source: Random,
  classOf: (row: number) => number | undefined,
  length = 1,
): TrainingEvidence {
  const rows = Array.from({ length: 120 }, (_, i) =>
    ownUnits.map((_, unit) => {
      const label = classOf(i);
      const isOn = label === undefined ? unit % 4 === i % 3 : Math.floor(unit / 3) === label;
      return length * Math.max(0, (isOn ? 3 : 0.1) + 0.1 * source.normal());
    }));
  const logits = rows.map((row) =>
    Array.from(
      { length: classes },
      (_, c) => row.reduce((sum, value, unit) => sum + value * ownUnits[unit][c], 0),
    )
  );
  return {
    logits: matrix(logits),
    activations: [matrix(rows), matrix(rows)],
    inputs: matrix(rows),
    labels: Int32Array.from(rows, (_, i) => classOf(i) ?? 0),
    head: { weights: matrix(ownUnits), bias: new Float32Array(classes) },
  };
}

/** Detectors whose scores grow with the length of a row's activations, as logits do, be it in training or not. */
const growing = ["ash-s", "energy", "gen", "max-logit", "msp", "neco", "scale", "she"];
/** Detectors whose scores fall as activations grow beyond those of training. */
const falling = ["ddu", "gmm", "mahalanobis", "ppca", "relative-mahalanobis"];

Deno.test("no detector has its sign wrong: rows of no class score lower, and long ones by what it looks at", async () => {
  const source = random(testSeed());
  const [training, test] = [1, 1].map(() => networkRows(source, (i) => i % classes));
  const ofNoClass = networkRows(source, () => undefined);
  const long = networkRows(source, (i) => i % classes, 3);
  for (const kind of detectors.filter(({ needs }) => needs.length > 0)) {
    // As many units, components and neighbours as belong to a class.
    const options: object = {
      "ash-s": { share: 0.75 },
      "scale": { share: 0.75 },
      "gmm": { components: [classes] },
      "gmm++": { components: [classes] },
      "knn": { k: 10 },
    }[kind.name] ?? {};
    using detector = await kind(training, options);
    const scores = await detector.score(test);
    const separationFrom = async (rows: TrainingEvidence) =>
      auroc(scores, await detector.score(rows));
    const [unsure, larger] = [await separationFrom(ofNoClass), await separationFrom(long)];
    assert(unsure > 0.99, `${kind.name}: ${unsure}`);
    if (growing.includes(kind.name)) assert(larger < 0.01, `${kind.name}: ${larger}`);
    if (falling.includes(kind.name)) assert(larger > 0.99, `${kind.name}: ${larger}`);
  }
});
