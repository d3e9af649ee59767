import assert from "node:assert/strict";
import { shapeOf } from "./shape_of_points.ts";

/** 200 rows whose columns are ±spreads about 3, as independent as a few bits allow, and one more column. */
function rows(spreads: readonly number[]): Float32Array {
  return Float32Array.from(
    Array.from({ length: 200 }, (_, i) => [...spreads.map((s) => i % 2 ? 3 + s : 3 - s), 9]).flat(),
  );
}

Deno.test("shapeOf() finds means, and counts columns alone that spread alike", () => {
  const { mean, floats, counted } = shapeOf(rows([1, 1, 1, 1, 1, 1]), 200, 7, 6);
  assert.deepEqual([...mean].map((value) => Math.round(1e5 * value) / 1e5), Array(6).fill(3));
  assert.equal(floats, 0);
  assert.ok(Math.abs(counted - Math.sqrt(6)) < 1e-4);
});

Deno.test("shapeOf() keeps leading columns that hold most of the spread, in fours", () => {
  const { floats, counted } = shapeOf(rows([9, 9, 9, 9, 9, ...Array(27).fill(1)]), 200, 33, 32);
  assert.equal(floats, 8);
  assert.ok(Math.abs(counted - Math.sqrt(24)) < 1e-4);
  assert.equal(shapeOf(rows([64, 64, 64, 16, 4, 1, 0.1, 0]), 200, 9, 8).floats, 4);
  assert.equal(shapeOf(rows([...Array(40).fill(1), ...Array(24).fill(0)]), 200, 65, 64).floats, 0);
});

Deno.test("shapeOf() describes columns without spread", () => {
  const { floats, counted } = shapeOf(rows([0, 0, 0, 0, 0]), 200, 6, 5);
  assert.equal(floats, 0);
  assert.ok(counted < 1e-12);
});
