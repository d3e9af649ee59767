import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "@mixtape/tensor-utils";
import type { Detector } from "./detector.ts";
import { detectorNamed } from "./registry.ts";

/** The memory of the backend, which TensorFlow.js does not show. */
function heldRegions(): number {
  const { runtime } = tf.backend() as unknown as { runtime: { memory: { heldRegions: number } } };
  return runtime.memory.heldRegions;
}

const [n, d] = [20_000, 16];

function rows(rows: number, phase: number) {
  const values = Float32Array.from({ length: rows * d }, (_, i) => Math.sin(i * i * 0.37 + phase));
  return { values, shape: [rows, d] as const };
}

/** Enough numbers that the backend keeps them. */
const evidence = () => ({ activations: [rows(n, 1), rows(n, 2)], inputs: rows(n, 3) });

async function fitted(name: string): Promise<Detector> {
  const labels = Int32Array.from({ length: 400 }, (_, i) => i % 3);
  const training = { activations: [rows(400, 4), rows(400, 5)], inputs: rows(400, 6), labels };
  return await detectorNamed(name)(training);
}

for (const name of ["mahalanobis", "mahalanobis++", "layers-mahalanobis++", "knn", "gmm", "ppca"]) {
  Deno.test(`score() of ${name} on threads keeps evidence in the memory of the backend until it ends, with the bits of one`, async () => {
    await useBackend("simd", { threads: 1 });
    const alone = await (await fitted(name)).score(evidence());
    await useBackend("simd", { threads: 2 });
    const detector = await fitted(name);
    await detector.score(evidence()); // loads modules, which stay
    const held = heldRegions();
    const given = evidence();
    const scoring = detector.score(given);
    assert.ok(heldRegions() > held, "nothing was placed");
    for (const { values } of [...given.activations, given.inputs]) values.fill(0);
    assert.deepEqual(await scoring, alone);
    assert.equal(heldRegions(), held);
  });
}

Deno.test("score() frees evidence of which a part cannot be used, and that of a score which is aborted", async () => {
  await useBackend("simd", { threads: 2 });
  const detector = await fitted("layers-mahalanobis++");
  await detector.score(evidence());
  const held = heldRegions();
  const bad = rows(n, 1);
  bad.values[n] = NaN;
  const [first, second] = evidence().activations;
  await assert.rejects(detector.score({ activations: [first, bad] }), RangeError);
  await assert.rejects(detector.score({ activations: [bad, second] }), RangeError);
  await assert.rejects(detector.score({ activations: [first, rows(n - 1, 1)] }), RangeError);
  const controller = new AbortController();
  const scoring = detector.score(evidence(), { signal: controller.signal });
  controller.abort(new RangeError("enough"));
  await assert.rejects(scoring, /^RangeError: enough/);
  assert.equal(heldRegions(), held);
});
