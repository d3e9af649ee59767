import assert from "node:assert/strict";
import fc from "fast-check";
import { testRounds } from "@mixtape/tensor-utils/testing";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./mod.ts";

function file(header: unknown, data = new Uint8Array(0), pad = ""): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text + pad);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

function f32(begin: number, end: number, shape = [(end - begin) / 4]) {
  return { dtype: "F32", shape, data_offsets: [begin, end] };
}

Deno.test("writeSafetensors() writes the bytes that the format's reference writes", () => {
  // The example of the reference implementation's own tests.
  const expected = new Uint8Array([
    ...[72, 0, 0, 0, 0, 0, 0, 0],
    ...new TextEncoder().encode(
      '{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ',
    ),
    ...new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer),
  ]);
  const values = Float32Array.of(0, 1, 2, 3, 4, 5);
  const tensors = new Map([["attn0", { shape: [1, 1, 2, 3], values }]]);
  assert.deepEqual(writeSafetensors({ tensors, metadata: new Map() }), expected);
  assert.deepEqual(readSafetensors(expected).tensors, tensors);
});

Deno.test("readSafetensors() gives back what was written, NaN and empty arrays included", () => {
  const tensor: fc.Arbitrary<StoredTensor> = fc
    .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
    .chain((shape) => {
      const length = shape.reduce((a, b) => a * b, 1);
      return fc.float32Array({ minLength: length, maxLength: length })
        .map((values) => ({ shape, values }));
    });
  const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "0", "\ud800"))
    .filter((text) => text !== "__metadata__");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, tensor)),
      fc.array(fc.tuple(name, fc.string())),
      (tensors, metadata) => {
        const contents = { tensors: new Map(tensors), metadata: new Map(metadata) };
        const bytes = writeSafetensors(contents);
        assert.equal(new DataView(bytes.buffer).getUint32(0, true) % 8, 0);
        assert.deepEqual(readSafetensors(bytes), contents);
        // The same at an odd address.
        const shifted = new Uint8Array(bytes.length + 1);
        shifted.set(bytes, 1);
        assert.deepEqual(readSafetensors(shifted.subarray(1)), contents);
      },
    ),
    { seed: 0 },
  );
});

Deno.test("writeSafetensors() writes float16 on request, and readSafetensors() reads the rounded", () => {
  const values = Float32Array.of(1, -1 / 3, 2 ** -24, 65519, NaN, -Infinity);
  const contents = { tensors: new Map([["a", { shape: [2, 3], values }]]), metadata: new Map() };
  const bytes = writeSafetensors(contents, { dtype: "F16" });
  const header = '{"a":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]}}';
  assert.equal(new TextDecoder().decode(bytes.subarray(8, 8 + header.length)), header);
  const patterns = Uint16Array.of(0x3c00, 0xb555, 0x0001, 0x7bff, 0x7e00, 0xfc00);
  assert.deepEqual(bytes.subarray(-12), new Uint8Array(patterns.buffer));
  const [{ values: read }] = readSafetensors(bytes).tensors.values();
  assert.deepEqual([...read], [1, -0.333251953125, 2 ** -24, 65504, NaN, -Infinity]);
});

Deno.test("readSafetensors() takes arrays of both types in one file", () => {
  const half = { dtype: "F16", shape: [1], data_offsets: [0, 2] };
  const data = Uint8Array.of(0, 0xc0, ...new Uint8Array(Float32Array.of(0.1).buffer));
  const { tensors } = readSafetensors(file({ half, full: f32(2, 6) }, data));
  assert.deepEqual([...tensors.get("half")!.values], [-2]);
  assert.deepEqual(tensors.get("full")!.values, Float32Array.of(0.1));
});

Deno.test("writeSafetensors() names the array that float16 cannot hold", () => {
  const write = (value: number, dtype?: "F16" | "F32") => () =>
    writeSafetensors({
      tensors: new Map([["layers.1.bias", { shape: [2], values: Float32Array.of(0, value) }]]),
      metadata: new Map(),
    }, { dtype });
  assert.throws(write(-65520, "F16"), {
    name: "RangeError",
    message: 'Cannot write "layers.1.bias" as F16: value 1 is -65520, ' +
      'at most 65504 in magnitude is needed, or dtype "F32"',
  });
  assert.doesNotThrow(write(65519, "F16"));
  assert.doesNotThrow(write(-65520));
  assert.throws(write(0, "F64" as "F32"), /RangeError: Cannot use dtype: "F64"/);
});

Deno.test("readSafetensors() takes arrays in any order of the header", () => {
  const data = new Uint8Array(Float32Array.of(1, 2, 3).buffer);
  const { tensors } = readSafetensors(file({ b: f32(8, 12), a: f32(0, 8) }, data));
  assert.deepEqual([...tensors.get("a")!.values], [1, 2]);
  assert.deepEqual([...tensors.get("b")!.values], [3]);
});

Deno.test("readSafetensors() refuses every file that is cut off", () => {
  const tensors = new Map([["a", { shape: [2], values: Float32Array.of(1, 2) }]]);
  const bytes = writeSafetensors({ tensors, metadata: new Map([["k", "v"]]) });
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => readSafetensors(bytes.subarray(0, length)), SyntaxError, `${length} bytes`);
  }
  assert.throws(() => readSafetensors(Uint8Array.of(...bytes, 0)), /take 8 bytes, 9 follow/);
});

const eight = new Uint8Array(8);
const bad: [why: string, bytes: Uint8Array, message: RegExp][] = [
  ["a hostile length", new Uint8Array(16).fill(255), /header should have 18446744073709551615/],
  [
    "a length over the limit",
    Uint8Array.of(1, 225, 245, 5, 0, 0, 0, 0),
    /header should have 100000001/,
  ],
  ["no header", file(""), /does not begin with \{/],
  ["a leading space", file(" {}"), /does not begin with \{/],
  ["broken JSON", file('{"a":'), /not JSON/],
  ["text after the object", file("{}x"), /not JSON/],
  ["bytes that are not UTF-8", Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff, 0x7d), /UTF-8/],
  [
    "a text that is not UTF-8",
    file({ __metadata__: { a: "~" } }).map((byte) => byte === 0x7e ? 0xff : byte),
    /UTF-8/,
  ],
  ["another type", file({ a: { ...f32(0, 8), dtype: "F64" } }, eight), /type F64/],
  [
    "a size of float32 for float16",
    file({ a: { ...f32(0, 8), dtype: "F16" } }, eight),
    /takes 8 bytes, .* needs 4/,
  ],
  ["no type", file({ a: { shape: [2], data_offsets: [0, 8] } }, eight), /type undefined/],
  ["a negative axis", file({ a: f32(0, 8, [-2]) }, eight), /shape of "a"/],
  ["a shape that is no list", file({ a: { ...f32(0, 8), shape: 2 } }, eight), /shape of "a"/],
  [
    "an offset that is not whole",
    file({ a: { ...f32(0, 8), data_offsets: [0, 7.5] } }),
    /offsets of/,
  ],
  ["one offset", file({ a: { ...f32(0, 8), data_offsets: [8] } }, eight), /offsets of "a"/],
  ["offsets turned round", file({ a: f32(8, 0, [2]) }, eight), /takes -8 bytes/],
  ["a shape that overflows", file({ a: f32(0, 8, [2 ** 40, 2 ** 40]) }, eight), /takes 8 bytes/],
  ["a size that disagrees", file({ a: f32(0, 8, [3]) }, eight), /takes 8 bytes, .* needs 12/],
  ["an overlap", file({ a: f32(0, 8), b: f32(4, 8) }, eight), /"b" overlaps/],
  ["a gap", file({ a: f32(0, 4), b: f32(8, 12) }, new Uint8Array(12)), /"b" leaves a gap/],
  ["a gap at the start", file({ a: f32(4, 8) }, eight), /"a" leaves a gap/],
  ["arrays past the end", file({ a: f32(0, 8) }, new Uint8Array(4)), /take 8 bytes, 4 follow/],
  ["an array that is null", file({ a: null }), /"a" is not described/],
  [
    "a name that comes twice",
    file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},' +
        '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
      eight,
    ),
    /has the name "a" twice/,
  ],
  [
    "a name that comes twice, written otherwise",
    file(
      '{"a":{"dtype":"F32","shape":[0],' +
        '"data_offsets":[0,0]},"\\u0061":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
      eight,
    ),
    /"a" twice/,
  ],
  [
    "a description with two shapes",
    file(
      '{"a":{"dtype":"F32","shape":[1],"shape":[2],' +
        '"data_offsets":[0,8]}}',
      eight,
    ),
    /the name "shape" twice/,
  ],
  [
    "metadata that says two things",
    file('{"__metadata__":{"k":"1","k":"2"}}'),
    /the name "k" twice/,
  ],
  ["two sets of metadata", file('{"__metadata__":{},"__metadata__":{}}'), /"__metadata__" twice/],
  ["a header that is a list", file("[]"), /does not begin with \{/],
  ["arrays that begin past the end", file({ a: f32(400, 408) }, eight), /"a" leaves a gap/],
  ["a name of several lines", file({ ["a\n".repeat(99)]: null }), /^.{100,200}…" is not described/],
  ["metadata that is no object", file({ __metadata__: [] }), /metadata/],
  ["metadata that is not text", file({ __metadata__: { a: 1 } }), /metadata "a" is not a text/],
];
for (const [why, bytes, message] of bad) {
  Deno.test(`readSafetensors() refuses ${why}`, () => {
    assert.throws(() => readSafetensors(bytes), (e) => {
      assert.ok(e instanceof SyntaxError, String(e));
      assert.match(e.message, message);
      return true;
    });
  });
}

Deno.test("readSafetensors() takes time in proportion to a header of any kind", () => {
  // Time that grew with the square of 10 MB would be hours: no slow machine takes the limit for that.
  const limitMs = 60_000;
  const headers: Record<string, [start: string, fill: string, end: string]> = {
    padding: ["{}", " ", ""],
    "spaces inside": ["{", " ", "}"],
    "no end": ["{", " ", ""],
    "one long name": ['{"', "a", '":1}'],
    escapes: ['{"', "\\", '":1}'],
    "nested lists": ['{"a":', "[", ""],
    "nested objects": ['{"a":', '{"a":', ""],
    "many names": ["{", '"":0,', '"":0}'],
  };
  for (const length of [3e6 - 8, 3e6 + 8, 1e7]) {
    for (const [what, [start, fill, end]] of Object.entries(headers)) {
      const filled = Math.floor((length - start.length - end.length) / fill.length);
      const bytes = file(start + fill.repeat(filled) + end);
      const began = performance.now();
      const isEmpty = what === "padding" || what === "spaces inside" && length < 3e6;
      if (isEmpty) assert.equal(readSafetensors(bytes).tensors.size, 0);
      else assert.throws(() => readSafetensors(bytes), SyntaxError, what);
      const elapsedMs = performance.now() - began;
      assert.ok(elapsedMs < limitMs, `${what} of ${length} bytes took ${elapsedMs} ms`);
    }
  }
});

Deno.test("readSafetensors() reads a file or throws a SyntaxError of one line, whatever is changed in it (property)", () => {
  const tensors = new Map([
    ["a", { shape: [2], values: Float32Array.of(1, 2) }],
    ["b", { shape: [1, 1], values: Float32Array.of(3) }],
  ]);
  const bytes = writeSafetensors({ tensors, metadata: new Map([["k", "v"]]) });
  const change = fc.record({
    at: fc.nat({ max: bytes.length - 1 }),
    removed: fc.nat({ max: 4 }),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom('"a":', ",", "-", "1e9", "null", "[]", "{}", " ", '"F16"', "0.5", "9")
        .map((text) => new TextEncoder().encode(text)),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (changes, repair) => {
        let damaged = bytes;
        for (const { at, removed, added } of changes) {
          damaged = Uint8Array.of(
            ...damaged.slice(0, at),
            ...added,
            ...damaged.slice(at + removed),
          );
        }
        // With the header's length put right, more than that length is looked at.
        if (repair && damaged.length >= 8) {
          const view = new DataView(damaged.buffer);
          view.setBigUint64(0, BigInt(Math.max(0, damaged.length - 8 - 12)), true);
        }
        try {
          const { tensors: read } = readSafetensors(damaged);
          let total = 0;
          for (const { shape, values } of read.values()) {
            assert.equal(values.length, shape.reduce((product, axis) => product * axis, 1));
            total += values.length;
          }
          assert.ok(2 * total <= damaged.length);
        } catch (error) {
          assert.ok(error instanceof SyntaxError, String(error));
          assert.match(error.message, /^Cannot read the weights as safetensors: .{1,400}$/);
        }
      },
    ),
    { seed: 0, numRuns: testRounds(3000) },
  );
});

Deno.test("readSafetensors() takes a header padded with spaces, and refuses what is no bytes", () => {
  assert.equal(readSafetensors(file("{}", eight.subarray(8), "   ")).tensors.size, 0);
  assert.throws(() => readSafetensors("{}" as unknown as Uint8Array), TypeError);
});

Deno.test("writeSafetensors() refuses values that do not fit, and a reserved name", () => {
  const write = (name: string, shape: number[]) => () =>
    writeSafetensors({
      tensors: new Map([[name, { shape, values: new Float32Array(2) }]]),
      metadata: new Map(),
    });
  for (const shape of [[3], [-1, -2], [0.5, 4], [NaN]]) {
    assert.throws(write("a", shape), RangeError);
  }
  assert.throws(write("__metadata__", [2]), RangeError);
});
