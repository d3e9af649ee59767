import assert from "node:assert/strict";
import { distanceOf } from "./distance.ts";

Deno.test("distanceOf() is least for the test of a file, then for those beside it, then for its part", () => {
  const file = "experiments/data/words/en.ts";
  const tests = [
    ["experiments/data/words/en_test.ts", 0],
    ["experiments/words_test.ts", 0],
    ["experiments/data/words/other_test.ts", 1],
    ["experiments/data/page_test.ts", 1],
    ["experiments/data/run/split/part_test.ts", 2],
    ["experiments/index_test.ts", 3],
    ["packages/ood/roc_test.ts", 3],
  ] as const;
  for (const [test, distance] of tests) assert.equal(distanceOf(test, file), distance, test);
  const kernel = "packages/simd/kernels/lloyd/rows.ts";
  assert.equal(distanceOf("packages/simd/operations/lloyd_session_test.ts", kernel), 0);
  assert.equal(distanceOf("packages/simd/operations/product_test.ts", kernel), 2);
});
