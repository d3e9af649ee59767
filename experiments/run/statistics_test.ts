import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { meanAndDeviation, proportion, spearman } from "./statistics.ts";

Deno.test("proportion() gives Wilson's interval", () => {
  const { value, interval } = proportion(8, 10);
  assert.equal(value, 0.8);
  // R: prop.test(8, 10, correct = FALSE)$conf.int
  assertAllClose([interval.low, interval.high], [0.4901625, 0.9433178], { rtol: 1e-6 });
  assert.equal(proportion(0, 5).interval.low, 0);
  assert.ok(proportion(5, 5).interval.high <= 1);
});

Deno.test("spearman() ranks with ties", () => {
  assertAllClose([spearman([1, 2, 3, 4], [10, 20, 30, 40])], [1], { rtol: 1e-15 });
  assertAllClose([spearman([1, 2, 3, 4], [4, 3, 2, 1])], [-1], { rtol: 1e-15 });
  // scipy.stats.spearmanr([1, 2, 2, 4], [3, 1, 4, 4])
  assertAllClose([spearman([1, 2, 2, 4], [3, 1, 4, 4])], [0.5], { rtol: 1e-12 });
  assert.equal(spearman([1, 1], [1, 2]), 0);
});

Deno.test("meanAndDeviation() divides by n", () => {
  assert.deepEqual(meanAndDeviation([1, 3]), { mean: 2, standardDeviation: 1 });
});
