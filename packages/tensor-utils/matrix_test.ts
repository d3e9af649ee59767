import assert from "node:assert/strict";
import vm from "node:vm";
import { columnMeans, takeRows } from "./matrix.ts";
import { assertAllClose } from "./testing/mod.ts";

const x = { values: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] } as const;

Deno.test("takeRows() picks rows in the order given and keeps the kind of values", () => {
  assert.deepEqual(takeRows(x, [2, 0, 2]), {
    values: new Float32Array([5, 6, 1, 2, 5, 6]),
    shape: [3, 2],
  });
  const bytes = takeRows({ values: new Uint8Array([7, 8]), shape: [2, 1] }, [1]);
  assert.deepEqual(bytes.values, new Uint8Array([8]));
});

Deno.test("takeRows() knows arrays of another realm by kind", () => {
  const values = vm.runInNewContext("Float64Array.of(0.1, 0.2)");
  assert.deepEqual(takeRows({ values, shape: [2, 1] }, [1]).values, Float64Array.of(0.2));
});

Deno.test("columnMeans() is that of each column, not finite without rows", () => {
  assert.deepEqual(columnMeans(x), Float64Array.of(3, 4));
  const none = columnMeans({ values: new Float32Array(0), shape: [0, 2] });
  assert.deepEqual([...none], [NaN, NaN]);
});

Deno.test("columnMeans() holds where the sum of a column is beyond float64", () => {
  const values = Float64Array.of(1.6e308, 1, 1.6e308, 3, 1e308, 5);
  const means = columnMeans({ values, shape: [3, 2] });
  assertAllClose(means, [1.4e308, 3], { rtol: 1e-15 });
});
