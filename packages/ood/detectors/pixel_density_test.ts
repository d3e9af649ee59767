import assert from "node:assert/strict";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import { detectorFromJSON } from "../registry.ts";
import { pixelDensity } from "./pixel_density.ts";

/** A line through 0 that float32 does not follow exactly. */
const direction = [1, Math.SQRT2, Math.sqrt(3)].map((value) => value / Math.sqrt(6));

function pointsAt(places: number[]): TrainingEvidence {
  const inputs = {
    values: Float64Array.from(places.flatMap((place) => direction.map((value) => place * value))),
    shape: [places.length, 3] as const,
  };
  return { logits: inputs, activations: [], inputs, labels: new Int32Array(places.length) };
}

Deno.test("ppca holds its axes in float32, and does not take their rounding for noise", async () => {
  await useBackend("cpu");
  const training = pointsAt([-3, -1, 1, 3]);
  using detector = await pixelDensity(training, { components: 1, regularization: 1e-8 });
  const { state } = detector.toJSON() as unknown as { state: { whitening: { type: string } } };
  assert.equal(state.whitening.type, "Float32Array");

  const test = pointsAt([0, 2, -5]);
  const [centre, ...scores] = await detector.score(test);
  // The variance along the line is 5. Were the axis used as it is, the second would come out as −17.
  assertAllClose(scores.map((score) => score - centre), [-4 / 10, -25 / 10], { atol: 1e-5 });
  using again = detectorFromJSON(JSON.parse(JSON.stringify(detector)));
  assert.deepEqual(await again.score(test), Float64Array.of(centre, ...scores));
});

Deno.test("ppca gives rows far from 0 the scores that they have near it", async () => {
  await useBackend("cpu");
  const source = random(testSeed());
  // Three rows of 16 inputs vary in two directions: nothing but noise is left for the others.
  const near = Float64Array.from({ length: 48 }, () => Math.round(2 ** 10 * source.normal()));
  const evidenceAt = (offset: number): TrainingEvidence => {
    const inputs = {
      values: near.map((value) => (value + offset) / 2 ** 20),
      shape: [3, 16] as const,
    };
    return { logits: inputs, activations: [], inputs, labels: new Int32Array(3) };
  };
  const scoresAt = async (offset: number) => {
    using detector = await pixelDensity(evidenceAt(offset), { components: 2 });
    return await detector.score(evidenceAt(offset));
  };
  assertAllClose(await scoresAt(2 ** 43), await scoresAt(0), { atol: 1e-5 });
});
