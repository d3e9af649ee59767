import assert from "node:assert/strict";
import vm from "node:vm";
import { numberArray } from "./number_array.ts";

Deno.test("numberArray() copies numbers of every kind and realm", () => {
  const values = Float64Array.of(1, 2);
  const copy = numberArray(values, "weights");
  values.fill(9);
  assert.deepEqual(copy, Float64Array.of(1, 2));
  const given = [[1, 2], Uint8Array.of(1, 2), vm.runInNewContext("Float32Array.of(1, 2)")];
  for (const numbers of given) assert.deepEqual(numberArray(numbers, "weights"), copy);
  assert.deepEqual(numberArray([], "weights"), new Float64Array());
});

Deno.test("numberArray() says what was given and what converts it", () => {
  const cases: [unknown, RegExp][] = [
    [BigInt64Array.of(1n), /a BigInt64Array of 1 .*, write Float64Array.from\(weights, Number\)$/],
    [new Set([1]), /a Set was given, .*, write Array.from\(weights\)$/],
    [3, /: 3 was given, a typed array or an array of numbers is needed$/],
    ["12", /: "12" was given, a typed array or an array of numbers is needed$/],
    [{ length: -1 }, /an object was given/],
    [{ length: 1.5 }, /an object was given/],
    [null, /null was given/],
    [[1, "2"], /entry 1 is "2", a number is needed, write Array.from\(weights, Number\)$/],
    [[1, null], /entry 1 is null, a number is needed$/],
    [[1, undefined], /entry 1 is undefined, a number is needed$/],
  ];
  for (const [values, message] of cases) {
    assert.throws(() => numberArray(values as number[], "weights"), (error: unknown) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, message);
      return true;
    });
  }
});
