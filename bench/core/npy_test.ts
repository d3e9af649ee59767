import { decodeNpy, encodeNpy } from "./npy.ts";
import fc from "fast-check";
import assert from "node:assert/strict";

const types = [Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array];

Deno.test("decodeNpy() inverts encodeNpy()", () => {
  fc.assert(fc.property(
    fc.constantFrom(...types),
    fc.array(fc.nat(255)),
    fc.constantFrom(1, 2),
    (type, numbers, dimensions) => {
      const values = type.from(numbers);
      const shape = dimensions === 1 ? [values.length] : [values.length, 1];
      const decoded = decodeNpy(encodeNpy({ values, shape }));
      assert.deepEqual(decoded, { values, shape });
    },
  ));
});

Deno.test("encodeNpy() starts the data at a multiple of 64", () => {
  const bytes = encodeNpy({ values: new Float32Array(3), shape: [3] });
  assert.equal((bytes.length - 12) % 64, 0);
});

Deno.test("decodeNpy() rejects bytes that are truncated or of another format", () => {
  const bytes = encodeNpy({ values: new Float32Array(3), shape: [3] });
  assert.throws(() => decodeNpy(bytes.slice(0, -1)), SyntaxError);
  assert.throws(() => decodeNpy(new Uint8Array(100)), SyntaxError);
  const other = new TextDecoder("latin1").decode(bytes).replace("<f4", "<c8");
  assert.throws(() => decodeNpy(Uint8Array.from(other, (c) => c.charCodeAt(0))), SyntaxError);
});
