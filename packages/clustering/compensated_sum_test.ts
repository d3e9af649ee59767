import assert from "node:assert/strict";
import { CompensatedSum } from "./compensated_sum.ts";

Deno.test("CompensatedSum keeps what plain addition rounds off", () => {
  const sum = new CompensatedSum();
  for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
  assert.equal(sum.value, 2);
});
