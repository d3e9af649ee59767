import { instantiateLoops } from "./loops.ts";
import assert from "node:assert/strict";

Deno.test("chain() computes the same as its steps in JavaScript", () => {
  let sum = 0;
  for (let n = 5; n > 0; n--) for (let i = 0; i < 32; i++) sum = ((sum + 3) | 0) ^ n;
  assert.equal(instantiateLoops().chain(5), sum);
});

Deno.test("multiplyAdd() does 24 multiply-adds per round", () => {
  assert.equal(instantiateLoops().multiplyAdd(7), 7 * 24 * 0.25);
});
