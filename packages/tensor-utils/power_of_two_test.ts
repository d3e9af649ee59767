import assert from "node:assert/strict";
import fc from "fast-check";
import {
  largestMagnitude,
  safeExponent,
  scaledMatrix,
  timesPowerOfTwo,
  wideMagnitude,
} from "./power_of_two.ts";

const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });

Deno.test("largestMagnitude() is that of the numbers, whatever their sign, NaN left out", () => {
  assert.equal(largestMagnitude([]), 0);
  assert.equal(largestMagnitude([NaN]), 0);
  fc.assert(
    fc.property(fc.array(fc.double({ noDefaultInfinity: true })), (values) => {
      const numbers = values.filter((value) => value === value);
      assert.equal(largestMagnitude(values), Math.max(0, ...numbers.map(Math.abs)));
    }),
    { seed: 1 },
  );
});

Deno.test("safeExponent() property: what it scales has squares, ordinary numbers stay", () => {
  fc.assert(
    fc.property(positive, fc.constantFrom(200, 400), (largest, limit) => {
      const exponent = safeExponent(largest, limit);
      const scaled = timesPowerOfTwo(largest, exponent);
      assert.ok(scaled >= 2 ** -limit && scaled <= 2 ** (limit + 1));
      if (exponent !== 0) assert.ok(largest > 2 ** limit || largest < 2 ** -limit);
    }),
    { seed: 1 },
  );
  assert.equal(safeExponent(0), 0);
  for (const limit of [200, 400]) {
    assert.equal(safeExponent(2 ** limit, limit), 0);
    assert.equal(safeExponent(2 ** -limit, limit), 0);
    assert.equal(safeExponent(2 ** (limit + 1), limit), -1);
    assert.equal(safeExponent(2 ** -(limit + 1), limit), 2 * limit + 1);
  }
  assert.equal(safeExponent(2 ** 401), -1);
});

Deno.test("timesPowerOfTwo() is exact for every exponent that stays in float64", () => {
  for (let exponent = -1074; exponent <= 1023; exponent++) {
    assert.equal(timesPowerOfTwo(1, exponent), 2 ** exponent);
    assert.equal(timesPowerOfTwo(Number.MIN_VALUE, exponent + 1074), 2 ** exponent);
    if (exponent < 971) continue;
    assert.equal(timesPowerOfTwo(2 ** exponent, -exponent - 1074), Number.MIN_VALUE);
  }
});

Deno.test("wideMagnitude() is the largest absolute value where squares may not fit, else 1", () => {
  for (const [value, expected] of [[1e-200, 1e-200], [1e200, 1e200], [3, 1], [0, 0]]) {
    // The large one at every place of the unrolled loop and behind it.
    for (let at = 0; at < 15; at++) {
      const values = new Float64Array(15);
      values[at] = -value;
      assert.equal(wideMagnitude({ values, shape: [15, 1] }), expected, `${value} at ${at}`);
    }
  }
  for (const value of [1e-40, 0]) {
    assert.equal(wideMagnitude({ values: Float32Array.of(value), shape: [1, 1] }), 1);
  }
  const ofOne = (value: number) => wideMagnitude({ values: Float64Array.of(value), shape: [1, 1] });
  assert.deepEqual([2 ** -174, 2 ** 199].map(ofOne), [1, 1]);
  assert.deepEqual([2 ** -175, 2 ** 200].map(ofOne), [2 ** -175, 2 ** 200]);
});

Deno.test("timesPowerOfTwo() property: scaling back gives the same number", () => {
  fc.assert(
    fc.property(positive, (value) => {
      const exponent = safeExponent(value);
      assert.equal(timesPowerOfTwo(timesPowerOfTwo(value, exponent), -exponent), value);
    }),
    { seed: 1, numRuns: 1000 },
  );
  assert.equal(timesPowerOfTwo(Number.MIN_VALUE, 1074), 1);
  assert.equal(timesPowerOfTwo(1, -1074), Number.MIN_VALUE);
});

Deno.test("scaledMatrix() is the matrix itself where nothing is scaled", () => {
  const x = { values: new Uint8Array(2), shape: [1, 2] } as const;
  assert.equal(scaledMatrix(x, 0), x);
  const values = Float64Array.of(4, -12);
  assert.deepEqual(scaledMatrix({ values: new Uint8Array([1, 3]), shape: [2, 1] }, 2), {
    values: values.map(Math.abs),
    shape: [2, 1],
  });
});
