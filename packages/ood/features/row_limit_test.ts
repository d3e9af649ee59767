import assert from "node:assert/strict";
import { rowLimit } from "./row_limit.ts";

const limit = (rows: number, units: number, wanted?: number) =>
  rowLimit({ rows, units, wanted, option: "maxRows" });

Deno.test("rowLimit() is all rows up to 64 units, and 12,000 of them beyond", () => {
  assert.equal(limit(12001, 1), 12001);
  assert.equal(limit(12001, 64), 12001);
  assert.equal(limit(12001, 65), 12000);
  assert.equal(limit(12000, 65), 12000);
  assert.equal(limit(11999, 65), 11999);
});

Deno.test("rowLimit() is the number asked for where there are as many rows", () => {
  assert.deepEqual([1, 7, 8, 9].map((wanted) => limit(8, 3, wanted)), [1, 7, 8, 8]);
  assert.equal(limit(20000, 65, 15000), 15000);
  for (const wanted of [0, -1, 1.5, NaN]) {
    assert.throws(() => limit(8, 3, wanted), /RangeError: Cannot use maxRows: /);
  }
});
