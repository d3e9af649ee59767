import assert from "node:assert/strict";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

Deno.test("writeSafetensors() refuses a header that could not be read again", () => {
  const write = (length: number) =>
    writeSafetensors({ tensors: new Map(), metadata: new Map([["k", "v".repeat(length)]]) });
  // {"__metadata__":{"k":""}} around the text, which may take three million bytes with it.
  const most = 3_000_000 - 25;
  const bytes = write(most);
  assert.equal(readSafetensors(bytes).metadata.get("k")!.length, most);
  assert.throws(() => write(most + 1), {
    name: "RangeError",
    message: /^Cannot write safetensors: the header takes 3000001 bytes, at most 3000000 can/,
  });
  const header = new TextEncoder().encode(`{"a":"${"v".repeat(3_000_000 - 8 + 1)}"}       `);
  const longer = new Uint8Array(8 + header.length);
  longer.set(header, 8);
  new DataView(longer.buffer).setBigUint64(0, BigInt(header.length), true);
  assert.throws(() => readSafetensors(longer), {
    message: /its header has 3000001 bytes beside padding, at most 3000000 are read/,
  });
});

Deno.test("readSafetensors() reads a header of a hundred million bytes, and none beyond", () => {
  const bytes = new Uint8Array(100_000_009);
  const view = new DataView(bytes.buffer);
  for (const [length, message] of [[100_000_000, /begin with {/], [100_000_001, /should have/]]) {
    view.setBigUint64(0, BigInt(Number(length)), true);
    assert.throws(() => readSafetensors(bytes), {
      name: "SyntaxError",
      message: message as RegExp,
    });
  }
});
