import assert from "node:assert/strict";
import { type HostMatrix, random, timesPowerOfTwo, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import { detectorFromJSON, detectors } from "../registry.ts";

const units = 4;
const classes = 3;

const scaled = ({ values, shape }: HostMatrix, exponent: number): HostMatrix => ({
  values: Float64Array.from(values, (value) => timesPowerOfTwo(value, exponent)),
  shape,
});

/** Evidence whose activations and inputs are 2^exponent times as large, with the same logits. */
function evidenceAt(exponent: number, n: number, seed: number): TrainingEvidence {
  const source = random(seed);
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
  const draw = (rows: number, columns: number): HostMatrix => ({
    values: Float64Array.from({ length: rows * columns }, () => source.normal()),
    shape: [rows, columns],
  });
  const x = draw(n, units);
  labels.forEach((label, i) => x.values[i * units + label] += 3);
  const weights: HostMatrix = {
    values: new Float64Array(units * classes),
    shape: [units, classes],
  };
  for (let at = 0; at < units * classes; at++) {
    weights.values[at] = Math.cos(at * at) + (Math.floor(at / classes) === at % classes ? 2 : 0);
  }
  const bias = Float32Array.of(0.5, -0.25, 1);
  const logits: HostMatrix = { values: new Float64Array(n * classes), shape: [n, classes] };
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < classes; c++) {
      let sum = bias[c];
      for (let j = 0; j < units; j++) {
        sum += x.values[i * units + j] * weights.values[j * classes + c];
      }
      logits.values[i * classes + c] = sum;
    }
  }
  const far = scaled(x, exponent);
  return {
    logits,
    activations: [far, far],
    inputs: far,
    labels,
    head: { weights: scaled(weights, -exponent), bias },
  };
}

const options: Record<string, object> = {
  "nci": { alpha: 0 },
  "gmm": { components: [2] },
  "gmm++": { components: [2] },
  "knn": { k: 3 },
};

/** The change of a score when the data are scaled by 2^exponent, for detectors that are not scale-invariant. */
const changes: Record<string, (score: number, exponent: number) => number> = {
  // A density is per unit of volume.
  "ddu": (score, exponent) => score - units * exponent * Math.LN2,
  "gmm": (score, exponent) => score - units * exponent * Math.LN2,
  "ppca": (score, exponent) => score - units * exponent * Math.LN2,
  // The weights, not the activations, have a length in it.
  "nci": (score, exponent) => timesPowerOfTwo(score, -exponent),
};

for (const backend of ["cpu", "simd"] as const) {
  for (const kind of detectors) {
    if (kind.name === "she") continue;
    Deno.test(`${kind.name} property: the same detector at any scale, on ${backend}`, async () => {
      await useBackend(backend);
      const fit = (exponent: number) =>
        kind(evidenceAt(exponent, 60, 1), {
          ...options[kind.name],
          heldOut: evidenceAt(exponent, 40, 2),
        });
      using plain = await fit(0);
      const expected = await plain.score(evidenceAt(0, 30, 3));
      assert.ok(new Set(expected).size > 1 || kind.name === "constant");
      for (const exponent of [664, 400, 210, 120, -120, -210, -400, -664]) {
        using detector = await fit(exponent);
        using again = detectorFromJSON(JSON.parse(JSON.stringify(detector)));
        const change = changes[kind.name] ?? ((score) => score);
        const scores = await again.score(evidenceAt(exponent, 30, 3));
        assertAllClose(scores, expected.map((score) => change(score, exponent)), { rtol: 1e-6 });
      }
    });
  }
}

Deno.test("she scores in units that float64 holds, and says so", async () => {
  const she = detectors.find(({ name }) => name === "she")!;
  using plain = await she(evidenceAt(0, 60, 1));
  const expected = await plain.score(evidenceAt(0, 30, 3));
  for (const exponent of [664, -664]) {
    using detector = await she(evidenceAt(exponent, 60, 1));
    assert.match(detector.notes[0], /scores are those of activations times 2\^-?\d+/);
    const scores = await detector.score(evidenceAt(exponent, 30, 3));
    const ratio = scores[0] / expected[0];
    assertAllClose(scores, expected.map((score) => score * ratio), { rtol: 1e-9 });
  }
});

Deno.test("detectors give no score, rather than 0, to a row that is beyond float64", async () => {
  await useBackend("cpu");
  const training = evidenceAt(0, 60, 1);
  for (const kind of detectors) {
    using detector = await kind(training, options[kind.name]);
    const far = evidenceAt(0, 2, 3);
    for (const matrix of [far.activations[0], far.logits]) {
      matrix.values.set([1.7e308, -1.7e308, 1.6e308], 0);
    }
    let scores: Float64Array;
    try {
      scores = await detector.score(far);
    } catch (error) {
      assert.ok(error instanceof RangeError, `${kind.name}: ${error}`);
      continue;
    }
    assert.ok(scores.every(Number.isFinite));
  }
});
