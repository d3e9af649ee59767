import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { softmax } from "./mod.ts";

Deno.test("softmax() is exp over its sum", async () => {
  const logits: HostMatrix = { values: Float64Array.of(0, Math.log(3)), shape: [1, 2] };
  assertAllClose((await softmax(logits)).values, [0.25, 0.75]);
  assertAllClose((await softmax(logits, 0.5)).values, [0.1, 0.9]);
});

Deno.test("softmax() adds up to 1 and does not change when a row is shifted", async () => {
  const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(logit, { minLength: 1 }), logit, async (row, shift) => {
      const { values } = await softmax({ values: Float64Array.from(row), shape: [1, row.length] });
      assertAllClose([[...values].reduce((a, b) => a + b)], [1], { rtol: 1e-5 });
      const moved = Float64Array.from(row, (z) => z + shift);
      const same = await softmax({ values: moved, shape: [1, row.length] });
      assertAllClose(same.values, values, { rtol: 1e-5, atol: 1e-30 });
    }),
    { seed: 0 },
  );
});

Deno.test("softmax() refuses a temperature that is not above 0", async () => {
  const logits: HostMatrix = { values: Float32Array.of(0, 1), shape: [1, 2] };
  await assert.rejects(softmax(logits, 0), RangeError);
  await assert.rejects(softmax(logits, NaN), RangeError);
});
