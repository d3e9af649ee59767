import assert from "node:assert/strict";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import { detectorFromJSON, detectorNamed, detectors } from "../registry.ts";
import type { Rows } from "../testing/plain_algebra.ts";
import { plainDetectors, type PlainEvidence } from "../testing/plain_detectors.ts";

const source = random(testSeed());
const draw = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => source.normal()));

const weights = draw(7, 5);
const bias = draw(1, 5)[0].map(Math.fround);
const centres = { inputs: draw(5, 9), hidden: draw(5, 6), penultimate: draw(5, 7) };

/**
 * Rows of classes 0, 1, 3 and 4 (class 2 has none, class 4 is never predicted), in layers whose
 * columns have scales of their own. One column of each layer is constant, in training only.
 */
function evidenceOf(n: number, isTraining: boolean, isSparse: boolean): PlainEvidence {
  const labels = Array.from({ length: n }, () => [0, 0, 0, 0, 1, 1, 3, 4][source.integer(8)]);
  const around = (means: Rows, constant: number) =>
    draw(n, means[0].length).map((row, i) =>
      row.map((value, j) =>
        j === constant && isTraining ? 0.75 : 0.4 * means[labels[i]][j] + value * (0.3 + 0.2 * j)
      )
    );
  const logits = draw(n, 5).map((row, i) =>
    row.map((value, c) => value + (c === labels[i] ? 2 : 0) - (c === 4 ? 20 : 0))
  );
  const layers = [around(centres.hidden, 2), around(centres.penultimate, 1)].map((layer) =>
    // Activations of exactly 0 and 1 as well.
    layer.map((row) => row.map((value) => source.next() < 0.05 ? source.integer(2) : value))
  );
  // Two classes share the largest logit: the first one is predicted.
  logits[0] = [1, 2.5, -1, 2.5, 0];
  return {
    labels,
    logits,
    inputs: around(centres.inputs, -1).map((row) =>
      row.map((value) => isSparse && source.next() < 0.6 ? 0 : value + (isSparse ? 0 : 3))
    ),
    layers,
    weights,
    bias,
  };
}

const matrix = (rows: Rows): HostMatrix => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
});

const given = (e: PlainEvidence): TrainingEvidence => ({
  logits: matrix(e.logits),
  activations: e.layers.map(matrix),
  inputs: matrix(e.inputs),
  labels: Int32Array.from(e.labels),
  head: { weights: matrix(e.weights), bias: Float32Array.from(e.bias) },
});

// Rows are worked on in blocks of 512, and class 0 alone has more than that: every sum crosses the
// edges of blocks, and its last block is not full.
const sets = [false, true].map((isSparse) => ({
  train: evidenceOf(1100, true, isSparse),
  test: evidenceOf(530, false, isSparse),
  heldOut: evidenceOf(530, false, isSparse),
}));

const options: Record<string, object[]> = {
  "energy": [{ temperature: 1 }, { temperature: 2.5 }],
  "gen": [{ gamma: 0.1, topClasses: 5 }, { gamma: 0.7, topClasses: 3 }, {
    gamma: 1,
    topClasses: 1,
  }],
  "mahalanobis": [{ regularization: 1e-6 }, { regularization: 0.3 }],
  "mahalanobis++": [{ regularization: 1e-6 }, { regularization: 0.3 }],
  "relative-mahalanobis": [{ regularization: 1e-6 }, { regularization: 0.3 }],
  "ddu": [{ regularization: 1e-6 }, { regularization: 0.3 }],
  "layers-mahalanobis++": [{ regularization: 1e-6 }, { regularization: 0.3 }],
  "weakest-level": [
    { regularization: 1e-6, inputRegularization: 0.01 },
    { regularization: 0.4, inputRegularization: 0.003 },
  ],
  "knn": [{ k: 50 }, { k: 1 }],
  "react": [{ share: 0.9 }, { share: 0.35 }, { share: 1 }, { share: 0 }],
  "scale": [{ share: 0.85 }, { share: 0.4 }, { share: 0 }],
  "ash-s": [{ share: 0.8 }, { share: 0.4 }, { share: 0 }],
  "nci": [{ alpha: 1e-3 }, { alpha: 0.7 }, { alpha: 0 }],
  "neco": [
    { axes: undefined, maximumLogit: true },
    { axes: 2, maximumLogit: false },
    { axes: 6, maximumLogit: true },
  ],
  "vim": [{ dimensions: 3 }, { dimensions: 0 }, { dimensions: 5 }],
  "ppca": [
    { components: 4, regularization: 1e-6 },
    { components: 0, regularization: 1e-6 },
    { components: 8, regularization: 1e-6 },
    { components: 3, regularization: 0.9 },
  ],
};
const names = detectors.map(({ name }) => name).filter((name) => !name.startsWith("gmm"));

for (const name of names) {
  Deno.test(`${name} is what its formula says, over more rows than a block, for any option`, async () => {
    await useBackend("cpu");
    const usesHeldOut = ["layers-mahalanobis++", "weakest-level"].includes(name);
    for (const [i, own] of (options[name] ?? [{}]).entries()) {
      const { train, test, heldOut } = sets[i % 2];
      const aside = usesHeldOut && { heldOut: given(heldOut) };
      using detector = await detectorNamed(name)(given(train), { ...own, ...aside });
      const expected = plainDetectors[name](train, test, { ...own, heldOut });
      const scores = await detector.score(given(test));
      assertAllClose(scores, expected, { rtol: 1e-6, atol: 1e-7 });
      using again = detectorFromJSON(JSON.parse(JSON.stringify(detector)));
      assert.deepEqual(await again.score(given(test)), scores);
    }
  });
}
