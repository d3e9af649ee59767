import assert from "node:assert/strict";
import fc from "fast-check";
import { fromBase64, toBase64 } from "./base64.ts";

Deno.test("toBase64() property: writes what the engine writes, and fromBase64() reads it", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    assert.equal(toBase64(bytes), bytes.toBase64());
    assert.deepEqual(fromBase64(toBase64(bytes)), Uint8Array.from(bytes));
  }));
});

Deno.test("toBase64() writes more bytes than a function takes arguments", () => {
  const bytes = Uint8Array.from({ length: 1_000_001 }, (_, at) => at * 7);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});

Deno.test("fromBase64() refuses text that is not base64", () => {
  for (const text of ["*", "A", "AQ=A"]) assert.throws(() => fromBase64(text), SyntaxError);
});
