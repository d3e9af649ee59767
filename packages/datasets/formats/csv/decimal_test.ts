import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { longDecimal } from "./decimal.ts";
import { NUMBER, scanNumbers } from "./number_scanner.ts";

/** Reads one number through the scanner; a cell that it hands over is NaN. */
function scan(text: string): number {
  const output = new Float64Array(1);
  const marks = { delimiter: 44, newline: 10, decimal: 46 };
  const bytes = new TextEncoder().encode(`${text}\n`);
  scanNumbers(bytes, Uint8Array.of(NUMBER), marks, 1, output, {
    readNumber: () => NaN,
    readText: () => assert.fail("a number was asked for"),
    badQuotes: () => assert.fail("there are no quotes"),
    wrongCount: () => assert.fail("there is one cell"),
  });
  return output[0];
}

/** Asserts that a number is read to the bit; the scanner may hand a few over, and returns whether it did. */
function assertExact(text: string): boolean {
  const value = scan(text);
  if (value !== value) return true;
  assert.ok(Object.is(value, Number(text)), `${text} was read as ${value}, not ${Number(text)}`);
  return false;
}

Deno.test("scanNumbers() reads what float64 prints to the bit", () => {
  const source = random(testSeed());
  let handed = 0;
  for (let i = 0; i < 20000; i++) {
    const value = source.normal() * 10 ** (source.integer(30) - 20);
    handed += Number(assertExact(String(value)));
    handed += Number(assertExact(value.toFixed(source.integer(12))));
    handed += Number(assertExact(value.toPrecision(1 + source.integer(19))));
    handed += Number(assertExact(value.toExponential(source.integer(18))));
  }
  // Only powers of ten beyond 22 are left to Number: few of those above.
  assert.ok(handed < 0.25 * 80000, `${handed} of 80000 were handed over`);
});

Deno.test("scanNumbers() rounds digits of any length and place correctly", () => {
  const source = random(testSeed()).split(1);
  for (let i = 0; i < 50000; i++) {
    const digits = Array.from({ length: 1 + source.integer(21) }, () => source.integer(10)).join(
      "",
    );
    const point = source.integer(digits.length + 1);
    const exponent = source.integer(4) === 0 ? `e${source.integer(50) - 25}` : "";
    const sign = ["", "-", "+"][source.integer(3)];
    assertExact(`${sign}${digits.slice(0, point)}.${digits.slice(point)}${exponent}`);
  }
});

Deno.test("longDecimal() is exact at and beside the midpoints of float64, or hands them over", () => {
  const source = random(testSeed()).split(2);
  for (let i = 0; i < 20000; i++) {
    // An odd multiple of half a unit in the last place, and its neighbours.
    const middle = 2n ** 53n + 2n * BigInt(source.integer(2 ** 30)) * 2n + 1n;
    for (const digits of [middle - 1n, middle, middle + 1n]) {
      for (const exponent of [0, 1, -1, -7, 22, -22]) {
        const text = `${digits}`;
        const value = longDecimal(+text.slice(0, 15), +text.slice(15), text.length - 15, exponent);
        if (value === value) {
          assert.equal(value, Number(`${text}e${exponent}`), `${text}e${exponent}`);
        } else assert.notEqual(exponent, 0);
      }
    }
  }
});

Deno.test("scanNumbers() keeps the sign of zero, and hands over what is no number", () => {
  assert.ok(Object.is(scan("-0.0"), -0));
  assert.equal(scan("1."), 1);
  assert.equal(scan(".5"), 0.5);
  assert.equal(scan("  7"), 7);
  assert.equal(scan("1E3"), 1000);
  assert.equal(scan("000000000000000000000012"), 12);
  for (
    const text of ["-", ".", "e5", "1e", "1e+", "0x10", "1_000", "NaN", "1 2", "--1", "1e400"]
  ) {
    assert.ok(Number.isNaN(scan(text)), text);
  }
});
