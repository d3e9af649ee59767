import assert from "node:assert/strict";
import { tellingColumns } from "./telling_columns.ts";

Deno.test("tellingColumns() chooses the columns in which rows differ most, in their order", () => {
  const values = Float64Array.of(0, 9, 5, 1e6, 2, 0, -9, 5, 1e6 + 4, 2);
  const centroids = { values, shape: [2, 5] } as const;
  assert.deepEqual(tellingColumns(centroids, 2), [1, 3]);
  const equal = { values: Float64Array.of(1, 0, 2, 2, 1, 8, 2, 4), shape: [2, 4] } as const;
  assert.deepEqual(tellingColumns(equal, 2), [1, 3]);
  assert.deepEqual(tellingColumns({ ...equal, values: equal.values.fill(3) }, 2), [0, 1]);
  assert.deepEqual(tellingColumns(centroids, 3), [0, 1, 3]);
  assert.deepEqual(tellingColumns(centroids, 9), [0, 1, 2, 3, 4]);
});
