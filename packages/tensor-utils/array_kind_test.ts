import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import vm from "node:vm";
import { arrayKind } from "./array_kind.ts";
import { describeValue } from "./describe_value.ts";

Deno.test("arrayKind() knows the typed arrays of another realm, which instanceof does not", () => {
  for (const kind of ["Float32Array", "Float64Array", "Uint8ClampedArray", "BigInt64Array"]) {
    const foreign = vm.runInNewContext(`new ${kind}(2)`);
    assert.equal(foreign instanceof Object, false);
    assert.equal(arrayKind(foreign), kind);
  }
  assert.equal(arrayKind(Buffer.from([1])), "Uint8Array");
});

Deno.test("arrayKind() is not taken in by what only looks like a typed array", () => {
  const pretending = { [Symbol.toStringTag]: "Float64Array", length: 1, 0: 1 };
  for (
    const value of [pretending, [1], null, undefined, 3, "x", new DataView(new ArrayBuffer(8))]
  ) {
    assert.equal(arrayKind(value), undefined);
  }
});

Deno.test("describeValue() says what was passed", () => {
  const cases: [unknown, string][] = [
    [null, "null"],
    [undefined, "undefined"],
    [2.5, "2.5"],
    [7n, "7n"],
    ['a"b', '"a\\"b"'],
    [true, "true"],
    [[1, 2], "an array of 2"],
    [new Int8Array(3), "an Int8Array of 3"],
    [new Uint8Array(3), "a Uint8Array of 3"],
    [new Map(), "a Map"],
    [vm.runInNewContext("new Map()"), "a Map"],
    [{}, "an object"],
    [Object.create(null), "an object"],
    [new (class {})(), "an object"],
    [() => 0, "a function"],
  ];
  for (const [value, words] of cases) assert.equal(describeValue(value), words);
});
