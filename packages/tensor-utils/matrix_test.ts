import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { hostMatrix, type MatrixLike, takeRows } from "./matrix.ts";
import { assertNoLeak } from "./testing/mod.ts";

const x = { values: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] } as const;

Deno.test("hostMatrix() returns a host matrix as it is", async () => {
  assert.equal(await hostMatrix(x), x);
});

Deno.test("hostMatrix() turns a Buffer of Node into bytes whose copies are copies", async () => {
  const bytes = Buffer.from([1, 2, 3, 4]);
  const matrix = await hostMatrix({ values: bytes, shape: [2, 2] });
  assert.equal(Object.getPrototypeOf(matrix.values), Uint8Array.prototype);
  assert.deepEqual([...matrix.values], [1, 2, 3, 4]);
  matrix.values.slice().fill(9);
  assert.deepEqual([...bytes], [1, 2, 3, 4]);
});

Deno.test("hostMatrix() brings a tensor to the host and leaves it alive", async () => {
  await assertNoLeak(async () => {
    const tensor = tf.tensor2d([[1, 2], [3, 4]]);
    const matrix = await hostMatrix(tensor);
    assert.deepEqual([...matrix.values], [1, 2, 3, 4]);
    assert.equal(tensor.isDisposed, false);
    tensor.dispose();
  });
});

const refused: [string, () => unknown, RegExp][] = [
  ["undefined", () => undefined, /a tensor of shape \[n, d\] or \{ values/],
  ["nested arrays", () => [[1, 2]], /values being a Float32Array/],
  ["a vector", () => tf.tensor1d([1, 2]), /its tensor has shape \[2\]/],
  ["a tensor of booleans", () => tf.tensor2d([[true]], [1, 1], "bool"), /holds bool/],
  ["a shape that does not fit", () => ({ ...x, shape: [2, 2] }), /needs 4 values, 6 were given/],
  ["a shape of three numbers", () => ({ ...x, shape: [3, 2, 1] }), /two whole numbers/],
  ["no rows", () => ({ values: new Float32Array(0), shape: [0, 2] }), /it has 0 rows/],
  ["no columns", () => ({ values: new Float32Array(0), shape: [2, 0] }), /no columns/],
  ["NaN", () => ({ values: new Float64Array([1, NaN]), shape: [1, 2] }), /row 0, column 1 is NaN/],
  [
    "infinity",
    () => ({ values: new Float64Array([1, 2, -Infinity]), shape: [3, 1] }),
    /row 2, col/,
  ],
];
for (const [what, make, message] of refused) {
  Deno.test(`hostMatrix() refuses ${what}`, async () => {
    await assert.rejects(hostMatrix(make() as MatrixLike), message);
    tf.disposeVariables();
  });
}

Deno.test("hostMatrix() refuses a tensor that was disposed of", async () => {
  const tensor = tf.tensor2d([[1]]);
  tensor.dispose();
  await assert.rejects(hostMatrix(tensor, "data"), {
    name: "TypeError",
    message: /Cannot read data/,
  });
});

Deno.test("hostMatrix() accepts NaN as missing when told to, and never infinity", async () => {
  const rules = { allowNaN: true };
  await hostMatrix({ values: new Float32Array([NaN, 1]), shape: [1, 2] }, "x", rules);
  const infinite = { values: new Float32Array([Infinity, 1]), shape: [1, 2] } as const;
  await assert.rejects(hostMatrix(infinite, "x", rules), RangeError);
});

Deno.test("hostMatrix() holds the data to the columns and rows needed", async () => {
  await assert.rejects(hostMatrix(x, "x", { columns: 3 }), /it has 2 columns, 3 are needed/);
  await assert.rejects(hostMatrix(x, "x", { minRows: 4 }), /it has 3 rows, at least 4 are needed/);
});

Deno.test("takeRows() picks rows in the order given and keeps the kind of values", () => {
  assert.deepEqual(takeRows(x, [2, 0, 2]), {
    values: new Float32Array([5, 6, 1, 2, 5, 6]),
    shape: [3, 2],
  });
  const bytes = takeRows({ values: new Uint8Array([7, 8]), shape: [2, 1] }, [1]);
  assert.deepEqual(bytes.values, new Uint8Array([8]));
});
