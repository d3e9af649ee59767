import assert from "node:assert/strict";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { assertAllClose, assertNoLeak } from "./mod.ts";

Deno.test("assertAllClose() names the worst element", () => {
  assertAllClose([1, NaN, Infinity], [1 + 1e-9, NaN, Infinity]);
  assert.throws(() => assertAllClose([1, 2, 3], [1, 2.1, 9]), /Element 2 of 3 is 3, expected 9/);
  assert.throws(() => assertAllClose([NaN], [1]), /Element 0/);
  assert.throws(() => assertAllClose([1], [1, 2]), /1 numbers were computed, 2 are expected/);
});

Deno.test("assertNoLeak() counts tensors left alive", async () => {
  let kept: tf.Tensor | undefined;
  await assert.rejects(assertNoLeak(() => kept = tf.scalar(1)), /1 more tensors/);
  kept?.dispose();
  await assertNoLeak(() => tf.scalar(1).dispose());
});
