import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix, testSeed } from "@mixtape/tensor-utils/testing";
import type { DetectorKind } from "../detector.ts";
import type { DetectorJSON } from "../detector_json.ts";
import type { Head, TrainingEvidence } from "../evidence.ts";
import { detectorFromJSON, detectorNamed, detectors } from "../registry.ts";

const column = (values: number[]) => ({
  values: Float64Array.from(values),
  shape: [values.length, 1] as const,
});

/** Activations, twice as two layers and as inputs, with logits through a head of ones. */
function evidenceOf(
  x: TrainingEvidence["logits"],
  labels: number[],
  classes = 2,
): TrainingEvidence {
  const [n, d] = x.shape;
  const weights = Float32Array.from(
    { length: d * classes },
    (_, at) => at % classes === 0 ? 1 : -1,
  );
  const head: Head = {
    weights: { values: weights, shape: [d, classes] },
    bias: new Float32Array(classes),
  };
  const logits = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < classes; c++) {
      for (let j = 0; j < d; j++) {
        logits[i * classes + c] += x.values[i * d + j] * weights[j * classes + c];
      }
    }
  }
  return {
    logits: { values: logits, shape: [n, classes] },
    activations: [x, x],
    inputs: x,
    head,
    labels: Int32Array.from(labels),
  };
}

const fit = async (name: string, training: TrainingEvidence, options: object = {}) => {
  await tf.setBackend("cpu");
  return await detectorNamed(name)(training, options);
};
const line = evidenceOf(column([-3, -1, 1, 3]), [0, 0, 1, 1]);

Deno.test("mahalanobis is the squared distance to the nearer mean over the variance within classes", async () => {
  using detector = await fit("mahalanobis", line, { regularization: 0 });
  assertAllClose(await detector.score(evidenceOf(column([-2, 0, 5]), [])), [0, -4, -9], {
    atol: 1e-12,
  });
});

Deno.test("relative-mahalanobis subtracts the distance to all the data", async () => {
  using detector = await fit("relative-mahalanobis", line, { regularization: 0 });
  assertAllClose(await detector.score(evidenceOf(column([0, 5]), [])), [0 - 4, 5 - 9]);
});

Deno.test("ddu is the log-density of the mixture of the classes", async () => {
  const training = evidenceOf(column([-3, -1, 1, 3, 1, 3]), [0, 0, 1, 1, 1, 1]);
  using detector = await fit("ddu", training, { regularization: 0 });
  const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  const expected = Math.log(density(2.5) / 3 + density(-1.5) * 2 / 3);
  assertAllClose(await detector.score(evidenceOf(column([0.5]), [])), [expected]);
});

Deno.test("knn is the distance between directions", async () => {
  const circle = { values: Float64Array.of(1, 0, 0, 2, -3, 0, 0, -1), shape: [4, 2] as const };
  using detector = await fit("knn", evidenceOf(circle, [0, 0, 1, 1]), { k: 2 });
  const query = { values: Float64Array.of(5, 5), shape: [1, 2] as const };
  assertAllClose(await detector.score(evidenceOf(query, [])), [-Math.sqrt(2 - Math.SQRT2)]);
});

Deno.test("knn searches a share of the rows of wide layers, for the same share of k, and says so", async () => {
  const training = evidenceOf(
    normalMatrix(5, 200, 70),
    Array.from({ length: 200 }, (_, i) => i % 2),
  );
  const test = evidenceOf(normalMatrix(6, 7, 70), []);
  using all = await fit("knn", training, { k: 8 });
  assert.deepEqual(all.notes, []);
  using same = await fit("knn", training, { k: 8, maxRows: 500 });
  assert.deepEqual(await same.score(test), await all.score(test));
  using half = await fit("knn", training, { k: 8, maxRows: 100, seed: 3 });
  assert.match(half.notes[0], /^100 of 200 .* for row 8 of all the distance to row 4 of them/);
  const [scores, expected] = [await half.score(test), await all.score(test)];
  assertAllClose(scores, expected, { rtol: 0.1 });
  assert.notDeepEqual(scores, expected);
  await assert.rejects(fit("knn", training, { maxRows: 0 }), /maxRows/);
});

Deno.test("energy, msp and max-logit have their closed forms", async () => {
  const test = evidenceOf(column([1, 0]), []);
  using energy = await fit("energy", line, { temperature: 2 });
  const warm = 2 * Math.log(Math.exp(0.5) + Math.exp(-0.5));
  assertAllClose(await energy.score(test), [warm, 2 * Math.log(2)]);
  using msp = await fit("msp", line);
  assertAllClose(await msp.score(test), [-Math.log1p(Math.exp(-2)), -Math.log(2)]);
  using largest = await fit("max-logit", line);
  assertAllClose(await largest.score(test), [1, 0]);
});

Deno.test("gen does not tie where probabilities round to 1", async () => {
  using detector = await fit("gen", line);
  const [less, more] = await detector.score(evidenceOf(column([30, 35]), []));
  assert.ok(less < more && more < 0);
  assert.ok(detector.notes[0].includes("all 2 classes"));
});

Deno.test("vim adds nothing where the training rows leave no residual", async () => {
  const values = Float64Array.from({ length: 20 }, (_, at) => (at >> 1) + 1);
  const training = evidenceOf({ values, shape: [10, 2] }, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  using vim = await fit("vim", training);
  using energy = await fit("energy", training);
  const same = { values: Float64Array.of(4, 4), shape: [1, 2] as const };
  const [score] = await vim.score(evidenceOf(same, []));
  assertAllClose([score], await energy.score(evidenceOf(same, [])), { rtol: 1e-3 });
});

Deno.test("vim does not take rounding for a residual of the training rows", async () => {
  const source = random(testSeed());
  const plane = Float64Array.from({ length: 32 }, () => source.normal());
  const values = new Float64Array(40 * 16);
  for (let i = 0; i < 40; i++) {
    const [a, b] = [source.normal(), source.normal()];
    for (let j = 0; j < 16; j++) values[i * 16 + j] = a * plane[j] + b * plane[16 + j];
  }
  const training = evidenceOf(
    { values, shape: [40, 16] },
    Array.from({ length: 40 }, (_, i) => i % 2),
  );
  using vim = await fit("vim", training);
  using energy = await fit("energy", training);
  assert.ok(vim.notes.some((note) => note.includes("no residual")));
  const beside = evidenceOf(normalMatrix(testSeed(), 3, 16), []);
  assert.deepEqual(await vim.score(beside), await energy.score(beside));
});

Deno.test("detectors report units that never vary, and sizes that a small layer decides", async () => {
  const x = normalMatrix(1, 40, 3);
  for (let i = 0; i < 40; i++) x.values[i * 3 + 1] = 7;
  const training = evidenceOf(x, Array.from({ length: 40 }, (_, i) => i % 2));
  using mahalanobis = await fit("mahalanobis", training);
  assert.deepEqual(mahalanobis.notes, [
    "1 of 3 units of the penultimate layer never vary in training and were dropped",
  ]);
  using vim = await fit("vim", training);
  assert.ok(vim.notes.some((note) => note.includes("1 dimensions, half of the 2 units")));
  using knn = await fit("knn", training);
  assert.ok(knn.notes.some((note) => note.includes("only 40 training rows")));
  using ash = await fit("ash-s", training);
  assert.ok(ash.notes.some((note) => note.includes("1 of 3 units was kept")));
  using layers = await fit("layers-mahalanobis++", training);
  assert.ok(layers.notes.some((note) => note.startsWith("no held-out rows were given: 4 of 40")));
});

Deno.test("layers-mahalanobis++ standardises each layer on held-out rows, whatever its scale", async () => {
  const training = evidenceOf(normalMatrix(3, 60, 4), Array.from({ length: 60 }, (_, i) => i % 2));
  const heldOut = evidenceOf(normalMatrix(4, 500, 4), []);
  using detector = await fit("layers-mahalanobis++", training, { heldOut });
  const scores = await detector.score(heldOut);
  assertAllClose([scores.reduce((sum, score) => sum + score, 0)], [0], { atol: 1e-9 });
  const variance = scores.reduce((sum, score) => sum + score * score, 0) / 500;
  assertAllClose([variance], [4], { rtol: 1e-9 }); // two equal layers: twice the same unit score
  assert.deepEqual(detector.notes, []);
});

Deno.test("gmm shares one covariance where a layer has many units, and says so", async () => {
  const training = evidenceOf(normalMatrix(2, 90, 65), Array.from({ length: 90 }, (_, i) => i % 2));
  using detector = await fit("gmm", training, { components: [2] });
  assert.ok(detector.notes.some((note) => note.includes("there are 65 units, more than 64")));
  using fewer = await fit("gmm", training, { components: [2], maxRows: 70 });
  assert.ok(fewer.notes.some((note) => note.includes("fitted to 70 of 90 training rows")));
});

Deno.test("weakest-level is the lowest of the levels, each in units of its held-out lower tail", async () => {
  const labels = Array.from({ length: 80 }, (_, i) => i % 2);
  const training = evidenceOf(normalMatrix(5, 80, 3), labels);
  const heldOut = evidenceOf(normalMatrix(6, 201, 3), []);
  const test = evidenceOf(normalMatrix(7, 30, 3), []);
  using detector = await fit("weakest-level", training, { heldOut, inputRegularization: 1e-6 });
  using nearness = await fit("mahalanobis++", training);
  using confidence = await fit("msp", training);
  const levels = await Promise.all([nearness, confidence].map(async (level) => {
    const sorted = (await level.score(heldOut)).sort();
    const scores = await level.score(test);
    return scores.map((score) => (score - sorted[100]) / (sorted[100] - sorted[10]));
  }));
  // Inputs and both hidden layers are the same matrix here.
  const expected = levels[0].map((score, i) => Math.min(score, levels[1][i]));
  assertAllClose(await detector.score(test), expected, { rtol: 1e-6, atol: 1e-9 });
});

for (const kind of detectors) {
  const rows = (n: number, d: number) =>
    evidenceOf(normalMatrix(9, n, d), Array.from({ length: n }, (_, i) => i % 2));

  for (
    const [what, n, d] of [["one-dimensional features", 30, 1], [
      "more dimensions than rows",
      8,
      20,
    ]] as const
  ) {
    Deno.test(`${kind.name} copes with ${what}`, async () => {
      using detector = await fit(kind.name, rows(n, d));
      const scores = await detector.score(rows(n, d));
      assert.equal(scores.length, n);
    });
  }

  Deno.test(`${kind.name} copes with units that are sums of others`, async () => {
    const x = normalMatrix(9, 40, 4);
    for (let i = 0; i < 40; i++) x.values[i * 4 + 3] = x.values[i * 4] + x.values[i * 4 + 1];
    using detector = await fit(
      kind.name,
      evidenceOf(x, Array.from({ length: 40 }, (_, i) => i % 2)),
    );
    assert.ok((await detector.score(evidenceOf(x, []))).every(Number.isFinite));
  });

  Deno.test(`${kind.name} copes with a row of zeros and with classes that do not occur`, async () => {
    const training = rows(30, 3);
    using detector = await fit(kind.name, { ...training, labels: training.labels.map(() => 1) });
    const zeros = { values: new Float64Array(3), shape: [1, 3] as const };
    assert.ok((await detector.score(evidenceOf(zeros, []))).every(Number.isFinite));
  });

  if (kind.needs.length === 0) continue;
  Deno.test(`${kind.name} refuses another number of units, and labels that do not fit`, async () => {
    const training = rows(30, 3);
    const short = { ...training, labels: new Int32Array(29) };
    await assert.rejects(fit(kind.name, short), /RangeError: Cannot use labels: 29 were given/);
    if (kind.needs.every((part) => part === "logits")) return;
    using detector = await fit(kind.name, training);
    await assert.rejects(detector.score(rows(5, 4)), {
      name: "RangeError",
      message: /^Cannot use activations of 4 units.*: the detector was fitted on 3/,
    });
  });
}

Deno.test("distances do not change when the features are turned, shifted or, for Mahalanobis, stretched", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      async (seed, angle) => {
        const x = normalMatrix(seed, 40, 2);
        const labels = Array.from({ length: 40 }, (_, i) => i % 2);
        const moved = move(x, angle, 1 + angle, seed % 7);
        for (const name of ["mahalanobis", "relative-mahalanobis"]) {
          using plain = await fit(name, evidenceOf(x, labels), { regularization: 0 });
          using changed = await fit(name, evidenceOf(moved, labels), { regularization: 0 });
          const expected = await plain.score(evidenceOf(x, []));
          assertAllClose(await changed.score(evidenceOf(moved, [])), expected, {
            rtol: 1e-6,
            atol: 1e-8,
          });
        }
        const turned = move(x, angle, 1, 0);
        using plain = await fit("knn", evidenceOf(x, labels), { k: 3 });
        using changed = await fit("knn", evidenceOf(turned, labels), { k: 3 });
        const expected = await plain.score(evidenceOf(x, []));
        assertAllClose(await changed.score(evidenceOf(turned, [])), expected, {
          rtol: 1e-4,
          atol: 1e-6,
        });
      },
    ),
    { numRuns: 20 },
  );
});

function move(x: TrainingEvidence["logits"], angle: number, stretch: number, shift: number) {
  const values = new Float64Array(x.values.length);
  for (let at = 0; at < values.length; at += 2) {
    const [a, b] = [x.values[at], x.values[at + 1]];
    values[at] = stretch * (Math.cos(angle) * a - Math.sin(angle) * b) + shift;
    values[at + 1] = Math.sin(angle) * a + Math.cos(angle) * b - shift;
  }
  return { values, shape: x.shape };
}

Deno.test("detectors that look at the head refuse one whose bias is not finite", async () => {
  const bias = Float32Array.of(0, NaN);
  const spoilt = { ...line, head: { ...line.head!, bias } };
  for (const { name } of detectors.filter((kind) => kind.needs.includes("head"))) {
    await assert.rejects(fit(name, spoilt), /RangeError: Cannot use head bias\[1\]: NaN/);
    using detector = await fit(name, line);
    await assert.rejects(detector.score(spoilt), /RangeError: Cannot use head bias\[1\]: NaN/);
  }
});

Deno.test("detectors has each name once; detectorNamed() lists them for an unknown one", () => {
  const names = detectors.map((kind: DetectorKind) => kind.name);
  assert.equal(new Set(names).size, names.length);
  assert.throws(
    () => detectorNamed("vimm"),
    /RangeError: .*"vimm" was given, one of .*"vim", .*needed/,
  );
  assert.throws(() => detectorNamed(3 as never), { name: "TypeError", message: /3 was given/ });
});

Deno.test("detectorFromJSON() refuses what is no detector", async () => {
  using detector = await fit("mahalanobis", line);
  const json = detector.toJSON();
  const read = (changes: object) => () => detectorFromJSON({ ...json, ...changes } as DetectorJSON);
  assert.throws(read({ format: "other" }), SyntaxError);
  assert.throws(read({ version: 2 }), SyntaxError);
  assert.throws(read({ name: "unknown" }), SyntaxError);
  assert.throws(
    read({ state: { lower: { type: "Map", base64: "" } } }),
    /Map is not an array type/,
  );
  assert.throws(read({ state: { lower: { type: "Float64Array", base64: "AAAA" } } }), SyntaxError);
  assert.throws(read({ state: { lower: { type: "Uint8Array", base64: "*" } } }), /damaged/);
});
