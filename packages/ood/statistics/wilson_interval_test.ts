import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { wilsonInterval } from "./wilson_interval.ts";

Deno.test("wilsonInterval() agrees with R", () => {
  // R: prop.test(8, 10, correct = FALSE)$conf.int, and with conf.level = 0.9
  const { low, high } = wilsonInterval(8, 10);
  assertAllClose([low, high], [0.4901625, 0.9433178], { rtol: 1e-6 });
  const narrow = wilsonInterval(8, 10, { level: 0.9 });
  assert.ok(narrow.low > low && narrow.high < high);
});

Deno.test("wilsonInterval() stays between 0 and 1", () => {
  assert.equal(wilsonInterval(0, 5).low, 0);
  assert.ok(wilsonInterval(5, 5).high <= 1);
});

Deno.test("wilsonInterval() refuses what is no count of trials", () => {
  assert.throws(() => wilsonInterval(1, 0), RangeError);
  assert.throws(() => wilsonInterval(3, 2), /successes: 3 was given/);
  assert.throws(() => wilsonInterval(-1, 2), /successes: -1 was given/);
  assert.throws(() => wilsonInterval(0.5, 2), RangeError);
  assert.throws(() => wilsonInterval(1, 2, { level: 1 }), RangeError);
});
