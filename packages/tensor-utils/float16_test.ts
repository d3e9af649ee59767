import assert from "node:assert/strict";
import fc from "fast-check";
import { fromFloat16, largestFloat16, toFloat16 } from "./float16.ts";

const known: [value: number, bits: number][] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [1 / 3, 0x3555],
  [Math.PI, 0x4248],
  [largestFloat16, 0x7bff],
  [-largestFloat16, 0xfbff],
  [2 ** -14, 0x0400],
  [1023 * 2 ** -24, 0x03ff],
  [2 ** -24, 0x0001],
  [-(2 ** -24), 0x8001],
  [Infinity, 0x7c00],
  [-Infinity, 0xfc00],
];

Deno.test("toFloat16() and fromFloat16() know the patterns of IEEE 754", () => {
  for (const [value, bits] of known) {
    assert.equal(toFloat16(value), bits, `${value}`);
    if (value !== 1 / 3 && value !== Math.PI) assert(Object.is(fromFloat16(bits), value));
  }
  assert.equal(fromFloat16(0x3555), 0.333251953125);
  assert.equal(toFloat16(NaN) & 0x7fff, 0x7e00, "the quiet NaN");
});

Deno.test("toFloat16() rounds ties to even, below the normal numbers too", () => {
  const ties: [value: number, bits: number][] = [
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1 + 2 ** -11 + 2 ** -23, 0x3c01],
    [2 - 2 ** -11, 0x4000],
    [2 ** -25, 0x0000],
    [-(2 ** -25), 0x8000],
    [2 ** -25 + 2 ** -48, 0x0001],
    [3 * 2 ** -25, 0x0002],
    [2047 * 2 ** -25, 0x0400],
    [2 ** -149, 0x0000],
    [65519.99609375, 0x7bff],
    [65520, 0x7c00],
  ];
  for (const [value, bits] of ties) assert.equal(toFloat16(value), bits, `${value}`);
});

Deno.test("toFloat16() gives back all 65,536 patterns, but for the kinds of NaN", () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = fromFloat16(bits);
    if (Number.isNaN(value)) assert(Number.isNaN(fromFloat16(toFloat16(value))));
    else assert.equal(toFloat16(value), bits);
  }
});

/** The nearest float16 by float64 arithmetic: the number in steps of the last place, rounded, ties to even. */
function nearest(value: number): number {
  const size = Math.abs(value);
  let exponent = -14;
  while (size >= 2 ** (exponent + 1)) exponent++;
  const step = 2 ** (exponent - 10);
  const below = Math.floor(size / step);
  const rest = size / step - below;
  const up = rest > 0.5 || rest === 0.5 && below % 2 === 1;
  const rounded = (below + (up ? 1 : 0)) * step;
  return Math.sign(value) * (rounded > largestFloat16 ? Infinity : rounded);
}

Deno.test("toFloat16() finds the nearest number, as float64 arithmetic does", () => {
  const anywhere = fc.float({ noNaN: true, noDefaultInfinity: true });
  const within = fc.float({ min: -131072, max: 131072, noNaN: true });
  const small = fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((steps) => steps * 2 ** -37);
  const tie = fc.tuple(fc.integer({ min: 0, max: 0x7bfe }), fc.constantFrom(1, -1))
    .map(([bits, sign]) => sign * (fromFloat16(bits) + fromFloat16(bits + 1)) / 2);
  for (const numbers of [anywhere, within, small, tie]) {
    fc.assert(
      fc.property(numbers, (value) => {
        // Zeros are told apart elsewhere.
        assert.equal(fromFloat16(toFloat16(value)) + 0, nearest(value) + 0);
      }),
      { seed: 0, numRuns: 2000 },
    );
  }
});
