import { lines } from "./lines.ts";
import fc from "fast-check";
import assert from "node:assert/strict";

Deno.test("lines() yields the same lines however the bytes are split", async () => {
  const text = fc.array(fc.string({ unit: "grapheme" }).map((line) => line.replace(/\n/g, "")));
  await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (parts, size) => {
    const bytes = new TextEncoder().encode(parts.map((part) => part + "\n").join(""));
    const chunks = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, i) => bytes.slice(i * size, (i + 1) * size),
    );
    assert.deepEqual(await Array.fromAsync(lines(ReadableStream.from(chunks))), parts);
  }));
});

Deno.test("lines() keeps a last line without a line break", async () => {
  const stream = ReadableStream.from([new TextEncoder().encode("a\nb")]);
  assert.deepEqual(await Array.fromAsync(lines(stream)), ["a", "b"]);
});
