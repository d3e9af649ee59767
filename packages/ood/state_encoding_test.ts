import assert from "node:assert/strict";
import { decodeState, type EncodedState, encodeState } from "./state_encoding.ts";

const there = (value: unknown) => JSON.parse(JSON.stringify(encodeState(value)));
const andBack = (value: unknown) => decodeState(there(value), "state");

Deno.test("encodeState() and decodeState() keep plain data as they are", () => {
  const values: unknown[] = [
    null,
    true,
    false,
    "",
    "text",
    0,
    -0,
    1.5,
    -1e308,
    5e-324,
    [],
    [1, [2, "a"], { b: [null] }],
    {},
    { a: 1, base64: 2 },
    { type: "Float64Array" },
    { base64: "AAAA" },
    { type: 1, base64: "AAAA" },
    Float32Array.of(1.5, -0, NaN, Infinity),
    Float64Array.of(0.1, -0, NaN),
    Int32Array.of(-1, 2 ** 31 - 1),
    Uint32Array.of(0, 2 ** 32 - 1),
    Uint8Array.of(0, 255),
    new Float64Array(0),
    { nested: [{ values: Float64Array.of(1, 2), shape: [1, 2] }] },
    // More bytes than are turned into text at once.
    Uint8Array.from({ length: 70000 }, (_, i) => i * i),
  ];
  for (const value of values) assert.deepEqual(andBack(value), value);
  assert.ok(Object.is(andBack(-0), -0));
  assert.deepEqual(there(-0), "-0");
});

Deno.test("encodeState() writes a part of a buffer only, and leaves out what is undefined", () => {
  const buffer = Float64Array.of(1, 2, 3, 4);
  assert.deepEqual(andBack(buffer.subarray(1, 3)), Float64Array.of(2, 3));
  const encoded = encodeState({ a: undefined, b: 1 });
  assert.deepEqual(Object.keys(encoded as object), ["b"]);
  assert.deepEqual(there(Uint8Array.of(1, 2, 3)), { type: "Uint8Array", base64: "AQID" });
});

Deno.test("encodeState() refuses what is no plain data", () => {
  for (const value of [NaN, Infinity, -Infinity, 1n, undefined, Symbol("s"), () => 1]) {
    assert.throws(() => encodeState(value), {
      name: "TypeError",
      message: `Cannot serialise a detector: ${String(value)} is not plain data`,
    });
  }
});

Deno.test("decodeState() names the array that does not parse", () => {
  const cases: [object, string][] = [
    [
      { type: "Map", base64: "AAAA" },
      "Map is not an array type for state.a[1], one of Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array is needed",
    ],
    [
      { type: "toString", base64: "AAAA" },
      "toString is not an array type for state.a[1], one of Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array is needed",
    ],
    [
      { type: "Float32Array", base64: "AAAA" },
      "state.a[1] has 3 bytes, not whole elements of a Float32Array",
    ],
    [{ type: "Uint8Array", base64: "*" }, "the base64 text of state.a[1] is damaged"],
  ];
  for (const [part, problem] of cases) {
    const json = { a: [1, part] } as unknown as EncodedState;
    assert.throws(() => decodeState(json, "state"), {
      name: "SyntaxError",
      message: `Cannot read a detector: ${problem}`,
    });
  }
});
