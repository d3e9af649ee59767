import assert from "node:assert/strict";
import { CompensatedSum } from "./compensated_sum.ts";

Deno.test("CompensatedSum keeps what plain addition rounds off", () => {
  const sum = new CompensatedSum();
  for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
  assert.equal(sum.value, 2);
});

Deno.test("CompensatedSum takes back what it rounded off, with its sign", () => {
  const small = new CompensatedSum();
  for (let i = 0; i < 10; i++) small.add(0.1);
  // 0.9999999999999999 by plain addition.
  assert.equal(small.value, 1);
  const large = new CompensatedSum();
  for (const term of [2 ** 53, 1, 1, -3, -(2 ** 53)]) large.add(term);
  assert.equal(large.value, -1);
  const rising = new CompensatedSum();
  for (const term of [1, 2 ** 53, 2 ** 54, -3 * 2 ** 53]) rising.add(term);
  assert.equal(rising.value, 1);
});
