import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { calibrationError } from "./mod.ts";

function binary(confidences: number[]): HostMatrix {
  const values = Float64Array.from(confidences.flatMap((p) => [p, 1 - p]));
  return { values, shape: [confidences.length, 2] };
}

Deno.test("calibrationError() weighs the gap of each bin by its rows", async () => {
  // (0.9, 1]: two rows at 0.95, one right: gap 0.45. (0.6, 0.7]: two at 0.7 and 0.65, right: gap 0.325.
  const p = binary([0.95, 0.95, 0.7, 0.65]);
  const { expected, maximum, bins } = await calibrationError(p, [0, 1, 0, 0], { bins: 10 });
  assertAllClose([expected, maximum], [(2 * 0.45 + 2 * 0.325) / 4, 0.45], { rtol: 1e-12 });
  assert.deepEqual(bins.map(({ count }) => count), [0, 0, 0, 0, 0, 0, 2, 0, 0, 2]);
  assert.deepEqual([bins[9].from, bins[9].to, bins[9].accuracy], [0.9, 1, 0.5]);
  assert.deepEqual([bins[0].confidence, bins[0].accuracy], [0, 0]);
});

Deno.test("calibrationError() puts a confidence on an edge into the bin that ends there", async () => {
  const p: HostMatrix = { values: Float64Array.of(0.28, 0.24, 0.24, 0.24), shape: [1, 4] };
  const { bins } = await calibrationError(p, [0], { bins: 25 });
  const [bin] = bins.filter(({ count }) => count > 0);
  assert.deepEqual([bin.from, bin.to, bin.confidence], [0.24, 0.28, 0.28]);
});

Deno.test("calibrationError() is 0 for a sure model that is right", async () => {
  assert.equal((await calibrationError(binary([1, 0, 1]), [0, 1, 0])).expected, 0);
});

Deno.test("calibrationError() lies between 0 and 1, and one bin gives |confidence − accuracy|", async () => {
  const row = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
      const p = binary(rows.map(([confidence]) => confidence));
      const labels = rows.map(([, label]) => label);
      const { expected, maximum, bins } = await calibrationError(p, labels);
      assert.ok(expected >= 0 && expected <= maximum + 1e-12 && maximum <= 1);
      assert.equal(bins.reduce((sum, { count }) => sum + count, 0), rows.length);
      const whole = await calibrationError(p, labels, { bins: 1 });
      assert.ok(whole.expected <= expected + 1e-12);
      assertAllClose([whole.expected], [
        Math.abs(whole.bins[0].confidence - whole.bins[0].accuracy),
      ]);
    }),
    { seed: 0 },
  );
});

Deno.test("calibrationError() refuses what are no probabilities", async () => {
  const logits: HostMatrix = { values: Float32Array.of(3, 1), shape: [1, 2] };
  await assert.rejects(calibrationError(logits, [0]), /row 0 of probabilities adds up to 4/);
  const negative: HostMatrix = { values: Float32Array.of(1.5, -0.5), shape: [1, 2] };
  await assert.rejects(calibrationError(negative, [0]), RangeError);
  const second: HostMatrix = { values: Float32Array.of(0.5, 0.5, 1.5, -0.5), shape: [2, 2] };
  await assert.rejects(calibrationError(second, [0, 0]), /row 1 of probabilities adds up to 1,/);
  await assert.rejects(calibrationError(binary([1]), [2]), RangeError);
  await assert.rejects(calibrationError(binary([1]), [0], { bins: 0 }), /bins/);
});
