import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { meanInterval } from "./mean_interval.ts";

Deno.test("meanInterval() reaches as far as the tables of Student's t say", () => {
  // Of two values 0 and 2 the standard error is 1, of n values with deviation s it is s/√n.
  for (
    const [freedom, critical] of [
      [1, 12.706205],
      [2, 4.302653],
      [4, 2.776445],
      [19, 2.093024],
      [99, 1.984217],
    ]
  ) {
    const n = freedom + 1;
    const values = Array.from({ length: n }, (_, i) => 5 + (i % 2 === 0 ? 1 : -1));
    const mean = values.reduce((a, b) => a + b, 0) / n;
    const error = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / freedom / n);
    const { value, interval: { low, high, level } } = meanInterval(values);
    assertAllClose([value, low, high], [mean, mean - critical * error, mean + critical * error], {
      rtol: 1e-6,
    });
    assert.equal(level, 0.95);
  }
});
