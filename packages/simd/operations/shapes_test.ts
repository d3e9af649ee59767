import * as tf from "@tensorflow/tfjs-core";
import { assertAllClose, testRounds } from "@mixtape/tensor-utils/testing";
import fc from "fast-check";
import assert from "node:assert/strict";
import { registerSimdBackend } from "../register.ts";
import { broadcastStrides } from "./broadcast_strides.ts";
import { rowsOfBlock } from "./rows_of_block.ts";
import { guardMemory } from "../testing/guard_memory.ts";

guardMemory();

type Compute = (x: tf.Tensor2D) => tf.Tensor;

/** The operations that depend on the division of a matrix into blocks, strips and vectors. */
const OPERATIONS: Readonly<Record<string, Compute>> = {
  transpose: (x) => tf.transpose(x),
  "sum of rows": (x) => tf.sum(x, 1),
  "sum of columns": (x) => tf.sum(x, 0),
  "sum of all": (x) => tf.sum(x),
  mean: (x) => tf.mean(x, 0),
  max: (x) => tf.max(x, 1),
  softmax: (x) => tf.softmax(x),
  "subtract a row": (x) => tf.sub(x, tf.slice(x, [0, 0], [1, -1])),
  "subtract a column": (x) => tf.sub(x, tf.slice(x, [0, 0], [-1, 1])),
  exp: (x) => tf.exp(x),
  gather: (x) => tf.gather(x, tf.range(0, x.shape[0], 3, "int32")),
};

function compute(operation: Compute, shape: [number, number], scale: number): Float32Array {
  const values = Float32Array.from(
    { length: shape[0] * shape[1] },
    (_, i) => scale * Math.sin(i * 1.7),
  );
  return tf.tidy(() => operation(tf.tensor2d(values, shape)).dataSync<"float32">());
}

const matrices = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1000, max: 1300 })),
  columns: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 60, max: 140 })),
  scale: fc.constantFrom(1, 30, 1e-20),
});
// Of three with many rows and columns, which take longest, one has to do unless there is time for all.
const cases = fc.sample(matrices, { numRuns: 10, seed: 7 }).slice(testRounds(10) < 10 ? 2 : 0);

async function everyCase(backend: string, operation: Compute): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  return cases.map(({ rows, columns, scale }) => compute(operation, [rows, columns], scale));
}

for (const [name, operation] of Object.entries(OPERATIONS)) {
  Deno.test(`simd computes ${name} of any shape, the same on one thread and on two`, async () => {
    const expected = await everyCase("cpu", operation);
    registerSimdBackend({ threads: 1 });
    const one = await everyCase("simd", operation);
    registerSimdBackend({ threads: 2 });
    const two = await everyCase("simd", operation);
    one.forEach((actual, i) => {
      assert.ok(actual.every((value, j) => Object.is(value, two[i][j])), `case ${i}`);
      const size = cases[i].scale * cases[i].rows;
      assertAllClose(actual, expected[i], { rtol: 1e-5, atol: Math.min(size, 1) * 1e-6 });
    });
  });
}

Deno.test("broadcastStrides() folds axes along which both inputs advance, or the same one stays", () => {
  const strides = (a: readonly number[], b: readonly number[], result: readonly number[]) => {
    const found = broadcastStrides(a, b, result);
    return found && [
      [found.rows, found.columns],
      [found.rowA, found.columnA],
      [found.rowB, found.columnB],
    ];
  };
  assert.deepEqual(strides([2, 3], [2, 3], [2, 3]), [[1, 6], [0, 1], [0, 1]]);
  assert.deepEqual(strides([2, 3], [], [2, 3]), [[1, 6], [0, 1], [0, 0]]);
  assert.deepEqual(strides([1], [2, 3], [2, 3]), [[1, 6], [0, 0], [0, 1]]);
  assert.deepEqual(strides([2, 3], [3], [2, 3]), [[2, 3], [3, 1], [0, 1]]);
  assert.deepEqual(strides([2, 3], [2, 1], [2, 3]), [[2, 3], [3, 1], [1, 0]]);
  assert.deepEqual(strides([2, 1], [3], [2, 3]), [[2, 3], [1, 0], [0, 1]]);
  assert.deepEqual(strides([4, 2, 3], [2, 3], [4, 2, 3]), [[4, 6], [6, 1], [0, 1]]);
  assert.deepEqual(strides([4, 2, 1, 1], [1, 3, 5], [4, 2, 3, 5]), [[8, 15], [1, 0], [0, 1]]);
  assert.deepEqual(strides([], [], []), [[1, 1], [0, 1], [0, 1]]);
  assert.equal(strides([2, 1, 4], [1, 3, 4], [2, 3, 4]), undefined);
});

Deno.test("rowsOfBlock() is as many rows as hold some work, and one at least", () => {
  assert.deepEqual([0, 1, 784, 8192, 16384, 16385, 1e6].map(rowsOfBlock), [
    16384,
    16384,
    20,
    2,
    1,
    1,
    1,
  ]);
});
