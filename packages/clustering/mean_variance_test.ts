import assert from "node:assert/strict";
import { meanVariance } from "./mean_variance.ts";

Deno.test("meanVariance() is the mean over columns of the mean squared deviation", async () => {
  const values = Float64Array.of(1, 10, 3, 10, 5, 40, 7, 40);
  assert.equal(await meanVariance({ values, shape: [4, 2] }), (5 + 225) / 2);
});

Deno.test("meanVariance() loses no digits far from 0", async () => {
  const values = Float64Array.of(1e8, 1e8 + 2, 1e8 + 4, 1e8 + 6);
  assert.equal(await meanVariance({ values, shape: [4, 1] }), 5);
});
