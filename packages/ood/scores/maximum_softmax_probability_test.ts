import assert from "node:assert/strict";
import fc from "fast-check";
import { maximumSoftmaxProbability } from "./maximum_softmax_probability.ts";

Deno.test("maximumSoftmaxProbability() is the logarithm of the largest softmax", async () => {
  const row = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(fc.asyncProperty(row, async (z) => {
    const values = Float64Array.from(z);
    const [score] = await maximumSoftmaxProbability({ values, shape: [1, z.length] });
    const sum = z.reduce((total, zj) => total + Math.exp(zj), 0);
    const expected = Math.log(Math.max(...z.map((zj) => Math.exp(zj) / sum)));
    assert.ok(Math.abs(score - expected) < 1e-9);
  }));
});

Deno.test("maximumSoftmaxProbability() does not tie where the probability rounds to 1", async () => {
  const values = Float32Array.of(0, 100, 100.5, 0, 700, 0);
  const scores = await maximumSoftmaxProbability({ values, shape: [3, 2] });
  assert.ok(scores[0] < scores[1] && scores[1] < scores[2]);
});

Deno.test("maximumSoftmaxProbability() refuses logits that are not finite", async () => {
  const logits = { values: Float32Array.of(1, NaN), shape: [1, 2] as const };
  await assert.rejects(maximumSoftmaxProbability(logits), RangeError);
});
