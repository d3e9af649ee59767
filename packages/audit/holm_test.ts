import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import fc from "fast-check";
import { holm } from "./mod.ts";

const rejected = (pValues: readonly number[], level: number) =>
  Array.from(holm(pValues), (adjusted) => adjusted <= level);

Deno.test("holm() steps down and stops at the first that is kept", () => {
  assert.deepEqual(rejected([0.01, 0.04, 0.03, 0.005], 0.05), [true, false, false, true]);
  assert.deepEqual(rejected([0.04, 0.01], 0.05), [true, true]);
  assert.deepEqual(rejected([0.9], 0.05), [false]);
  assert.deepEqual(rejected([], 0.05), []);
  assert.deepEqual([...holm([0.5, 0.75])], [1, 1]);
});

Deno.test("holm() rejects what the closed test by Bonferroni rejects", () => {
  // A hypothesis is rejected if every set of hypotheses with it has a p-value of at most level / its size.
  const closed = (pValues: readonly number[], at: number, level: number) =>
    Array.from({ length: 2 ** pValues.length }, (_, set) => set).every((set) => {
      const inside = pValues.filter((_, i) => (set >> i & 1) === 1);
      return (set >> at & 1) === 0 || Math.min(...inside) * inside.length <= level;
    });
  const shares = fc.array(fc.integer({ min: 0, max: 64 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(shares, fc.integer({ min: 1, max: 63 }), (wholes, level) => {
      const pValues = wholes.map((whole) => whole / 64);
      const expected = pValues.map((_, at) => closed(pValues, at, level / 64));
      assert.deepEqual(rejected(pValues, level / 64), expected);
    }),
    { seed: testSeed() },
  );
});

Deno.test("holm() names the p-value that is none", () => {
  assert.throws(() => holm([0.1, 1.5]), /^RangeError: Cannot use pValues\[1\]: 1\.5 was given/);
  assert.throws(() => holm([NaN]), /^RangeError: Cannot use pValues\[0\]/);
  assert.throws(
    () => holm(undefined as never),
    /^TypeError: Cannot use pValues: undefined was given/,
  );
});
