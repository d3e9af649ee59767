import assert from "node:assert/strict";
import fc from "fast-check";
import { compactLabels } from "./compact_labels.ts";

Deno.test("compactLabels() takes labels of every kind, ascending", () => {
  const given: [ArrayLike<number | bigint | string | boolean>, unknown[], number[]][] = [
    [[-1, 2.5, 1e9, -1, Infinity], [-1, 2.5, 1e9, Infinity], [0, 1, 2, 0, 3]],
    [BigInt64Array.of(5n, -3n, 2n ** 60n, 5n), [-3n, 5n, 2n ** 60n], [1, 0, 2, 1]],
    [BigUint64Array.of(2n ** 64n - 1n, 0n), [0n, 2n ** 64n - 1n], [1, 0]],
    [["b", "a", "B", ""], ["", "B", "a", "b"], [3, 2, 1, 0]],
    [[true, false, true], [false, true], [1, 0, 1]],
    [Float32Array.of(-0, 0, -1), [-1, 0], [1, 1, 0]],
    [{ length: 2, 0: 7, 1: 3 }, [3, 7], [1, 0]],
    [[], [], []],
    [[-0, 2, 1, 2], [0, 1, 2], [0, 2, 1, 2]],
    [Uint8Array.of(255, 250, 255), [250, 255], [1, 0, 1]],
    [[1e17 + 16, 1e17], [1e17, 1e17 + 16], [1, 0]],
    [[1e15, -1e15, 0], [-1e15, 0, 1e15], [2, 0, 1]],
    [[1e15, 0], [0, 1e15], [1, 0]],
    [[1.5, 0.5, 1.5], [0.5, 1.5], [1, 0, 1]],
  ];
  for (const [labels, values, codes] of given) {
    const compact = compactLabels(labels);
    assert.deepEqual(compact.values, values);
    assert.deepEqual([...compact.codes], codes);
  }
});

Deno.test("compactLabels() looks whole numbers up in a table unless that is much longer, and hashes others", () => {
  const readsOf = (labels: readonly number[]) => {
    let reads = 0;
    compactLabels(
      new Proxy(labels, {
        get: (target, key) => (reads += key === "0" ? 1 : 0, Reflect.get(target, key)),
      }),
    );
    return reads;
  };
  // To find the lowest and the highest, to mark it in the table, and to look it up.
  for (const whole of [[5], [5, 4], [0, 7], [-7, 0], [-3, 9, 2, 4], [9, 9, 9]]) {
    assert.equal(readsOf(whole), 3, `${whole}`);
  }
  for (const others of [[0, 8], [8, 0], [3, 0.5], [-4, 4]]) {
    assert.equal(readsOf(others), 4, `${others}`);
  }
});

Deno.test("compactLabels() property: codes stand for the labels, in their order", () => {
  const labels = fc.oneof(
    fc.array(fc.double({ noNaN: true })),
    fc.array(fc.integer({ min: -9, max: 9 })),
    fc.array(fc.bigInt()),
    fc.array(fc.string()),
    fc.array(fc.boolean()),
  ) as fc.Arbitrary<(number | bigint | string | boolean)[]>;
  fc.assert(
    fc.property(labels, (labels) => {
      const { codes, values } = compactLabels(labels);
      // Strict equality takes −0 for 0, as labels are.
      labels.forEach((label, row) => assert.ok(values[codes[row]] === label));
      for (let code = 1; code < values.length; code++) assert.ok(values[code - 1] < values[code]);
    }),
    { seed: 1 },
  );
});

Deno.test("compactLabels() refuses NaN, mixed kinds, holes and what is no array", () => {
  const refused: [unknown, typeof TypeError | typeof RangeError, RegExp][] = [
    [[1, NaN], RangeError, /^Cannot use classes: row 1 has NaN/],
    [[1, "1"], TypeError, /row 0 has a number and row 1 a string/],
    [[1n, 1], TypeError, /row 0 has a bigint and row 1 a number/],
    [[1, undefined], TypeError, /row 1 has undefined/],
    [["a", null], TypeError, /row 1 has null/],
    [[0, , 1], TypeError, /row 1 has undefined/],
    [[[0]], TypeError, /row 0 has object/],
    ["ab", TypeError, /a string was given/],
    [null, TypeError, /null was given/],
    [new Set([1]), TypeError, /Array.from/],
  ];
  for (const [labels, kind, message] of refused) {
    assert.throws(
      () => compactLabels(labels as number[], "classes"),
      (error: Error) => error instanceof kind && message.test(error.message),
    );
  }
});
