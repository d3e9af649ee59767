import assert from "node:assert/strict";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
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
    using detector = await detectorNamed(name).fit(training);
    return [...await detector.score(atMean)];
  };
  assert.deepEqual(await scoreOf("fdbd"), [0]);
  assert.deepEqual(await scoreOf("neco"), [0]);
  assertAllClose(await scoreOf("nci"), [1e-3 * 3], { rtol: 1e-12 });
});

Deno.test("fdbd leaves out boundaries between classes of the same weights", async () => {
  const same = [[1, 1, 0.5], [2, 2, 0.25]];
  using detector = await detectorNamed("fdbd").fit(evidence(around, logits, same));
  // Gaps: 0 between the first two classes, √(0.5² + 1.75²) to the third. The row is 2 from the mean.
  const [score] = await detector.score(evidence([[2, 1]], [[4, 3, 1]], same));
  assertAllClose([score], [(4 - 1) / Math.hypot(0.5, 1.75) / 2 / 2], { rtol: 1e-12 });
});

Deno.test("detectors cope with a classifier of one class", async () => {
  const one = around.map(() => [1.5]);
  const training = { ...evidence(around, one, [[1], [2]]), labels: new Int32Array(4) };
  for (const kind of detectors) {
    const options: object = kind.name.startsWith("gmm") ? { components: [1] } : {};
    using detector = await kind.fit(training, options);
    const scores = await detector.score(training);
    assert.ok(scores.every(Number.isFinite), kind.name);
    if (["msp", "gen", "fdbd"].includes(kind.name)) assertAllClose(scores, [0, 0, 0, 0]);
  }
});

Deno.test("she stores all rows of a class that is never predicted, and zeros for one without rows", async () => {
  const training = evidence(around, [[9, 0, 0], [9, 0, 0], [9, 0, 0], [9, 0, 0]], weights);
  using detector = await detectorNamed("she").fit(training);
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
  using she = await detectorNamed("she").fit(training);
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
    using detector = await detectorNamed(name).fit(training);
    await assert.rejects(detector.score(wide), /RangeError: Cannot use .* 4 classes.* on .*3$/);
  }
});

Deno.test("a detector of layers refuses another number of them", async () => {
  const training = evidence(around, logits, weights);
  const two = { ...training, activations: [training.activations[0], training.activations[0]] };
  for (const name of ["layers-mahalanobis++", "weakest-level"]) {
    using detector = await detectorNamed(name).fit(training, { heldOut: training });
    await assert.rejects(detector.score(two), {
      name: "RangeError",
      message: "Cannot score activations of 2 layers: the detector was fitted on 1",
    });
  }
});

Deno.test("vim keeps quiet about a virtual logit that is on", async () => {
  using detector = await virtualLogit.fit(evidence(around, logits, weights), { dimensions: 1 });
  assert.deepEqual(detector.notes, []);
});
