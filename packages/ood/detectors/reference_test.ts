import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import type { Evidence, Head, TrainingEvidence } from "../evidence.ts";
import { detectorFromJSON, detectorNamed, detectors } from "../registry.ts";
import reference from "../fixtures/detectors.json" with { type: "json" };

const matrix = (values: number[], columns: number) => ({
  values: Float32Array.from(values),
  shape: [values.length / columns, columns] as const,
});
const head: Head = {
  weights: matrix(reference.weights, 3),
  bias: Float32Array.from(reference.bias),
};
const evidenceOf = (part: typeof reference.train): TrainingEvidence => ({
  logits: matrix(part.logits, 3),
  activations: [matrix(part.hidden, 8), matrix(part.penultimate, 6)],
  inputs: matrix(part.inputs, 12),
  labels: Int32Array.from(part.labels),
  head,
});
const training = evidenceOf(reference.train);
const test: Evidence = evidenceOf(reference.test);
const options: Record<string, object> = {
  "gmm": { components: [1] },
  "gmm++": { components: [1] },
};

for (const backend of ["cpu", "simd"] as const) {
  for (const [name, expected] of Object.entries(reference.scores)) {
    Deno.test(`${name} agrees with NumPy, SciPy and scikit-learn on ${backend}`, async () => {
      await useBackend(backend);
      using detector = await detectorNamed(name)(training, options[name]);
      const tolerance = name.startsWith("gmm")
        ? { rtol: 1e-4, atol: 1e-4 }
        : { rtol: 1e-6, atol: 1e-9 };
      assertAllClose(await detector.score(test), expected, tolerance);
    });
  }
}

for (const kind of detectors) {
  Deno.test(`${kind.name} gives the same scores after a round trip through JSON`, async () => {
    await tf.setBackend("cpu");
    await assertNoLeak(async () => {
      using detector = await kind(training);
      const scores = await detector.score(test);
      using again = detectorFromJSON(JSON.parse(JSON.stringify(detector)));
      assert.deepEqual(await again.score(test), scores);
      assert.deepEqual(again.options, detector.options);
      assert.deepEqual(again.notes, detector.notes);
    });
  });

  Deno.test(`${kind.name} never looks at labels to score, and fits the same from the same seed`, async () => {
    using first = await kind(training, { seed: 5 });
    using second = await kind(training, { seed: 5 });
    const { labels: _, ...unlabelled } = test;
    assert.deepEqual(await second.score(unlabelled), await first.score(test));
  });

  Deno.test(`${kind.name} scores rows one by one as it scores them together`, async () => {
    using detector = await kind(training);
    const together = await detector.score(test);
    const alone = await detector.score(rowsOf(test, 4, 5));
    assertAllClose(alone, together.slice(4, 5), { rtol: 1e-9 });
  });

  Deno.test(`${kind.name} has a citation, and refuses to score after it was disposed of`, async () => {
    assert.ok(kind.cite.year > 1900 && kind.cite.url.startsWith("https://"));
    const detector = await kind(training);
    assert.deepEqual(detector.cite, kind.cite);
    detector[Symbol.dispose]();
    await assert.rejects(detector.score(test), /TypeError: Cannot use the .* it was disposed of/);
    assert.throws(() => detector.toJSON(), TypeError);
  });

  if (kind.needs.length === 0) continue;
  Deno.test(`${kind.name} says what is missing or not finite in the evidence`, async () => {
    const bare = { logits: undefined, activations: [], labels: training.labels };
    await assert.rejects(kind(bare as unknown as TrainingEvidence), TypeError);
    await assert.rejects(kind(spoilt(training)), /RangeError: Cannot use .* is NaN/);
    using detector = await kind(training);
    await assert.rejects(detector.score(spoilt(test)), RangeError);
    const aborted = { signal: AbortSignal.abort() };
    await assert.rejects(kind(training, aborted), { name: "AbortError" });
  });
}

function rowsOf(evidence: Evidence, start: number, end: number): Evidence {
  const cut = (x: Evidence["logits"]) => ({
    values: x.values.slice(start * x.shape[1], end * x.shape[1]),
    shape: [end - start, x.shape[1]] as const,
  });
  return {
    ...evidence,
    logits: cut(evidence.logits),
    activations: evidence.activations.map(cut),
    inputs: evidence.inputs && cut(evidence.inputs),
    labels: undefined,
  };
}

function spoilt<E extends Evidence>(evidence: E): E {
  const spoil = (x: Evidence["logits"]) => {
    const values = x.values.slice();
    values[3] = NaN;
    return { ...x, values };
  };
  return {
    ...evidence,
    logits: spoil(evidence.logits),
    activations: evidence.activations.map(spoil),
    inputs: evidence.inputs && spoil(evidence.inputs),
  };
}
