import fc from "fast-check";
import assert from "node:assert/strict";
import { aucInterval, maximumBy, mean, median, minimumBy, spanOf } from "./statistics.ts";

Deno.test("median() takes the middle, or the mean of the two middle ones", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

Deno.test("spanOf() has the mean between the smallest and the largest", () => {
  assert.deepEqual(spanOf([4, 1, 4]), { mean: 3, low: 1, high: 4 });
});

Deno.test("mean() and median() lie between the extremes", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
  fc.assert(fc.property(values, (list) => {
    for (const middle of [mean(list), median(list)]) {
      assert(middle >= Math.min(...list) && middle <= Math.max(...list));
    }
  }));
});

Deno.test("maximumBy() and minimumBy() take the first of equals", () => {
  const items = [{ name: "a", value: 1 }, { name: "b", value: 2 }, { name: "c", value: 2 }];
  assert.equal(maximumBy(items, (item) => item.value).name, "b");
  assert.equal(minimumBy(items, (item) => -item.value).name, "b");
});

Deno.test("aucInterval() has Mann and Whitney's variance at chance, and stays within 0 and 1", () => {
  const { low, high } = aucInterval(0.5, 20, 30);
  const half = 1.959963984540054 * Math.sqrt((20 + 30 + 1) / (12 * 20 * 30));
  assert(Math.abs(low - (0.5 - half)) < 1e-12 && Math.abs(high - (0.5 + half)) < 1e-12);
  assert.deepEqual(aucInterval(1, 10, 10), { low: 1, high: 1 });
  assert.equal(aucInterval(0.99, 10, 10).high, 1);
});

Deno.test("aucInterval() has Hanley and McNeil's variance, in which the kinds are not exchanged", () => {
  // The probabilities that two of one kind both score higher, for exponential scores, by hand.
  const [auc, inside, outside] = [0.8, 30, 70];
  const [q1, q2] = [0.8 / 1.2, 2 * 0.64 / 1.8];
  const variance = (0.8 * 0.2 + 29 * (q1 - 0.64) + 69 * (q2 - 0.64)) / 2100;
  const half = 1.959963984540054 * Math.sqrt(variance);
  const { low, high } = aucInterval(auc, inside, outside);
  assert(Math.abs(low - (0.8 - half)) < 1e-12 && Math.abs(high - (0.8 + half)) < 1e-12);
  assert.equal(aucInterval(0.01, 10, 10).low, 0);
});

Deno.test("median() sorts by value, not as text", () => {
  assert.equal(median([10, 9, 100]), 10);
  assert.equal(median([10, 9, 100, -1]), 9.5);
});
