import assert from "node:assert/strict";
import fc from "fast-check";
import { timesPowerOfTwo } from "@mixtape/tensor-utils";
import { lengthOf } from "./length_of.ts";

Deno.test("lengthOf() property: the same at any scale", () => {
  const values = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(values, fc.integer({ min: -1060, max: 1010 }), (values, exponent) => {
      const scaled = values.map((value) => timesPowerOfTwo(value, exponent));
      assert.equal(lengthOf(scaled), timesPowerOfTwo(lengthOf(values), exponent));
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("lengthOf() of zeros is 0, and of an infinity is infinite", () => {
  assert.equal(lengthOf([]), 0);
  assert.equal(lengthOf([0, -0]), 0);
  assert.equal(lengthOf([1, -Infinity, 2]), Infinity);
});
