import assert from "node:assert/strict";
import {
  always,
  apart,
  flag,
  float32s,
  float64s,
  integer,
  list,
  matrix,
  number,
  optional,
  record,
  size,
  type StateShape,
  such,
  uint32s,
} from "./mod.ts";

const known = () => new Map([["d", 3], ["n", 2]]);
const f64 = (...values: number[]) => Float64Array.from(values);

// deno-lint-ignore no-explicit-any
type Case = [shape: StateShape<any>, value: unknown, result: string | Record<string, number>];

const type = (given: string, needed: string) =>
  `TypeError: Cannot use state.x: ${given} was given, ${needed} is needed`;
const range = (problem: string) => `RangeError: Cannot use state.x: ${problem}`;

/** A shape, a value, and the sizes that it adds, or the error. */
const cases: Case[] = [
  [float64s(["d"]), f64(1, 2, 3), {}],
  [float64s(["k"]), f64(1, 2, 3, 4), { k: 4 }],
  [float64s(["n", "k"]), f64(1, 2, 3, 4, 5, 6), { k: 3 }],
  [float64s(["k", "d"]), f64(1, 2, 3), { k: 1 }],
  [float64s([2, "d"]), f64(1, 2, 3, 4, 5, 6), {}],
  [float64s(["k"], { mayBeEmpty: true }), f64(), { k: 0 }],
  [
    float64s(["k"]),
    f64(),
    range("it has 0 numbers, a multiple of 1, not 0, is needed for its axes k"),
  ],
  [float64s(["d"]), f64(1, 2), range("it has 2 numbers, 3 are needed for its axes d")],
  [float64s(["n", "d"]), f64(1, 2), range("it has 2 numbers, 6 are needed for its axes n × d")],
  [
    float64s(["d", "k"]),
    f64(1, 2, 3, 4),
    range("it has 4 numbers, a multiple of 3, not 0, is needed for its axes d × k"),
  ],
  [float64s(["d"]), Float32Array.of(1, 2, 3), type("a Float32Array of 3", "Float64Array")],
  [float64s(["d"]), [1, 2, 3], type("an array of 3", "Float64Array")],
  [float64s(["n"]), f64(1, NaN), /state\.x\[1\]: NaN/.source],
  [float64s(["n"], { min: 0 }), f64(0, 5), {}],
  [float64s(["n"], { min: 0 }), f64(5, -1), /state\.x\[1\]: -1/.source],
  [float64s(["n"], { above: 0 }), f64(5, 0), /state\.x\[1\]: 0/.source],
  [float64s(["n"], { max: 2 }), f64(2, 2.5), /state\.x\[1\]: 2.5/.source],
  [float32s(["n"]), Float32Array.of(1, 2), {}],
  [float32s(["n"]), f64(1, 2), type("a Float64Array of 2", "Float32Array")],
  [uint32s(["n"]), Uint32Array.of(1, 2), {}],
  [uint32s(["n"]), Int32Array.of(1, 2), type("an Int32Array of 2", "Uint32Array")],
  [matrix("n", "d"), { values: f64(1, 2, 3, 4, 5, 6), shape: [2, 3] }, {}],
  [matrix("rows", "columns"), { values: Uint8Array.of(1, 2), shape: [1, 2] }, {
    rows: 1,
    columns: 2,
  }],
  [matrix("n", "d"), { values: f64(1, 2, 3), shape: [3, 2] }, /state\.x\.shape\[0\]: 3/.source],
  [matrix("n", "d"), { values: f64(1, 2), shape: [2, 1] }, /state\.x\.shape\[1\]: 1/.source],
  [matrix("n", "d"), { values: f64(1, 2), shape: [2, 3] }, /state\.x\.values: it has 2 num/.source],
  [
    matrix("n", "d"),
    { values: f64(1), shape: [2] },
    /state\.x\.shape: an array of 1 was given, a list of two whole numbers/.source,
  ],
  [
    matrix("n", "d"),
    { values: [1, 2, 3, 4, 5, 6], shape: [2, 3] },
    /values: an array of 6 was given, Float32Array or Float64Array or Int32Array or Uint32Array or Uint8Array is/
      .source,
  ],
  [matrix("n", "d"), null, type("null", "an object with values and a shape")],
  [number(), -2.5, {}],
  [number({ above: 0 }), 0, /state\.x: 0 was given/.source],
  [number(), "1", /TypeError.*state\.x/.source],
  [integer({ min: 1, upTo: "d" }), 1, {}],
  [integer({ min: 1, upTo: "d" }), 3, {}],
  [integer({ min: 1, upTo: "d" }), 0, /state\.x: 0/.source],
  [integer({ min: 1, upTo: "d" }), 4, /state\.x: 4/.source],
  [integer({ min: 1, upTo: "d" }), 1.5, /state\.x: 1.5/.source],
  [size("k"), 5, { k: 5 }],
  [size("k"), 1, { k: 1 }],
  [size("k"), 0, /state\.x: 0/.source],
  [size("d"), 3, {}],
  [size("d"), 2, /state\.x: 2/.source],
  [size("d"), 4, /state\.x: 4/.source],
  [flag(), false, {}],
  [flag(), 0, type("0", "true or false")],
  [always(true), true, {}],
  [always(false), false, {}],
  [always(true), false, range("false was given, true is needed")],
  [always(false), true, range("true was given, false is needed")],
  [optional(number()), undefined, {}],
  [optional(number()), 3, {}],
  [optional(number()), null, /TypeError.*state\.x/.source],
  [record({ a: float64s(["k"]), b: size("k") }), { a: f64(1, 2), b: 2 }, { k: 2 }],
  [record({ a: float64s(["k"]), b: size("k") }), { b: 1, a: f64(1, 2) }, /state\.x\.b: 1/.source],
  [record({ a: number() }), {}, /TypeError.*state\.x\.a/.source],
  [record({ a: number() }), [1], type("an array of 1", "an object")],
  [
    record({ a: number(), b: number() }),
    { a: 1, b: 2, c: 3 },
    "TypeError: Cannot use state.x.c: state.x has a, b, nothing else",
  ],
  [record({}), { c: 3 }, "TypeError: Cannot use state.x.c: state.x has no fields, nothing else"],
  [list("k", number()), [4, 5], { k: 2 }],
  [list("n", number()), [4, 5], {}],
  [list("n", number()), [4], range("it has 1 entries, 2 are needed")],
  [list("k", number()), [], range("it has 0 entries, at least 1 are needed")],
  [list("k", number()), { 0: 1 }, type("an object", "a list")],
  [list("k", number()), [1, NaN], /state\.x\[1\]: NaN/.source],
  // Entries have sizes of their own, but share those known before.
  [list("k", float64s(["own"])), [f64(1), f64(1, 2)], { k: 2 }],
  [list("k", float64s(["n", "d"])), [f64(1, 2)], /state\.x\[0\]: it has 2 numbers, 6/.source],
  [apart(float64s(["d"])), f64(1, 2), {}],
  [such(number(), (x) => x > 2 ? `${x} is odd` : undefined), 2, {}],
  [such(number(), (x) => x > 2 ? `${x} is odd` : undefined), 3, range("3 is odd")],
  [such(number(), (_, sizes) => `d is ${sizes.get("d")}`), 3, range("d is 3")],
];

for (const [i, [shape, value, expected]] of cases.entries()) {
  const isValid = typeof expected === "object";
  Deno.test(`a state's shape ${isValid ? "takes" : "refuses"} ${Deno.inspect(value)}, case ${i}`, () => {
    const sizes = known();
    if (isValid) {
      assert.deepEqual(shape.check(value, "state.x", sizes), value);
      assert.deepEqual(sizes, new Map([...known(), ...Object.entries(expected)]));
      return;
    }
    assert.throws(() => shape.check(value, "state.x", sizes), (error) => {
      const message = String(error);
      if (expected.startsWith("TypeError: ") || expected.startsWith("RangeError: ")) {
        assert.equal(message, expected);
      } else assert.match(message, new RegExp(expected));
      return true;
    });
  });
}
