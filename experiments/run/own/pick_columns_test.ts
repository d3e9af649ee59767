import assert from "node:assert/strict";
import { pickColumns } from "./pick_columns.ts";

const matrix = { values: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] } as const;

Deno.test("pickColumns() returns the matrix itself for all its columns in their order, and no other", () => {
  assert.equal(pickColumns(matrix, [0, 1, 2]), matrix);
  assert.deepEqual(pickColumns(matrix, [0, 1]), {
    values: Uint8Array.of(1, 2, 4, 5),
    shape: [2, 2],
  });
  assert.deepEqual(pickColumns(matrix, [2, 1, 0]).values, Uint8Array.of(3, 2, 1, 6, 5, 4));
  assert.deepEqual(pickColumns(matrix, [0, 1, 2, 2]).shape, [2, 4]);
});

Deno.test("pickColumns() makes columns of gaps, which bytes cannot hold", () => {
  const { values, shape } = pickColumns(matrix, [1, -1, 0]);
  assert.deepEqual([...values], [2, NaN, 1, 5, NaN, 4]);
  assert.deepEqual([values.constructor, shape], [Float64Array, [2, 3]]);
});
