import { scaled, spread } from "./spread.ts";
import fc from "fast-check";
import assert from "node:assert/strict";

Deno.test("spread() interpolates quartiles as NumPy does", () => {
  assert.deepEqual(spread([4, 1, 3, 2]), {
    runs: 4,
    min: 1,
    lowerQuartile: 1.75,
    median: 2.5,
    upperQuartile: 3.25,
    max: 4,
  });
});

Deno.test("spread() of one run is that run", () => {
  const { runs, ...rest } = spread([7]);
  assert.equal(runs, 1);
  assert.deepEqual(new Set(Object.values(rest)), new Set([7]));
});

Deno.test("spread() is in order, whatever the order of runs", () => {
  const values = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1 });
  fc.assert(fc.property(values, (values) => {
    const { min, lowerQuartile, median, upperQuartile, max } = spread(values);
    const found = [min, lowerQuartile, median, upperQuartile, max];
    assert.deepEqual(found, found.toSorted((a, b) => a - b));
    assert.deepEqual(spread(values.toReversed()), spread(values));
  }));
});

Deno.test("spread() rejects no runs", () => {
  assert.throws(() => spread([]), RangeError);
});

Deno.test("scaled() multiplies all but the number of runs", () => {
  const { runs, median, max } = scaled(spread([1, 2, 3]), 20);
  assert.deepEqual({ runs, median, max }, { runs: 3, median: 40, max: 60 });
});
