import assert from "node:assert/strict";
import { majorityOf } from "./majority_of.ts";

Deno.test("majorityOf() finds the class of most rows, the lowest of a tie, and 0 where there is no row", () => {
  const clusters = Int32Array.of(0, 0, 0, 1, 1, 3);
  assert.deepEqual(majorityOf([2, 1, 2, 4, 3, 5], clusters, 5), [2, 3, 0, 5, 0]);
});
