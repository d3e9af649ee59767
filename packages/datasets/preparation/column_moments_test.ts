import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { columnMoments } from "./column_moments.ts";

Deno.test("columnMoments() takes the rounding of a mean back, far from 0", () => {
  // Whole numbers near 9e15, so that sums by big integers are exact.
  const numbers = Array.from({ length: 1000 }, (_, i) => 9e15 - 1000 + i * i % 1999);
  const sum = numbers.reduce((total, value) => total + BigInt(value), 0n);
  const mean = Number(sum / 1000n) + Number(sum % 1000n) / 1000;
  const square = numbers.reduce((total, value) => total + (1000n * BigInt(value) - sum) ** 2n, 0n);
  const { means, variances } = columnMoments({
    values: Float64Array.from(numbers),
    shape: [1000, 1],
  });
  assert.ok(Math.abs(means[0] - mean) <= 1, `off by ${means[0] - mean}`);
  assertAllClose(variances, [Number(square) / 1e9], { rtol: 1e-12 });
});

Deno.test("columnMoments() leaves missing entries out, column by column", () => {
  const values = Float64Array.of(1, NaN, NaN, 3, 10, NaN, 8, 30, NaN);
  const { counts, means, variances } = columnMoments({ values, shape: [3, 3] });
  assert.deepEqual([...counts], [3, 2, 0]);
  assertAllClose(means, [4, 20, NaN], { rtol: 1e-15 });
  assertAllClose(variances, [26 / 3, 100, NaN], { rtol: 1e-15 });
});

Deno.test("columnMoments() has the mean of numbers whose sum is beyond float64", () => {
  const { means } = columnMoments({ values: Float64Array.of(1.6e308, 1e308), shape: [2, 1] });
  assertAllClose(means, [1.3e308], { rtol: 1e-15 });
});

Deno.test("columnMoments() has the deviations of numbers whose squares are beyond float64", () => {
  const powers = [-1000, -500, 0, 500, 1000];
  const values = [1, 2, 4, 9].flatMap((value) => powers.map((power) => value * 2 ** power));
  const { means, deviations } = columnMoments({
    values: Float64Array.from(values),
    shape: [4, powers.length],
  });
  assert.deepEqual([...means], powers.map((power) => 4 * 2 ** power));
  assert.deepEqual([...deviations], powers.map((power) => Math.sqrt(9.5) * 2 ** power));
});

Deno.test("columnMoments() has variances below 1, and 0 of a column that does not vary", () => {
  const values = Float64Array.of(0, 3, 0.5, 3);
  const { variances, deviations } = columnMoments({ values, shape: [2, 2] });
  assert.deepEqual([...variances], [0.0625, 0]);
  assert.deepEqual([...deviations], [0.25, 0]);
});
