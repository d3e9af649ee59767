import { encode } from "jpeg-js";
import assert from "node:assert/strict";
import { endsEarly } from "./jpeg_end.ts";

/** A JPEG file of a picture of stripes. */
function stripes(): Uint8Array {
  const [width, height] = [24, 40];
  const data = Uint8Array.from({ length: 4 * width * height }, (_, at) => 13 * (at >> 2) % 256);
  return new Uint8Array(encode({ data, width, height }, 90).data);
}

/** The file with a segment after its first marker, as cameras write one with a smaller picture in it. */
function withSegment(file: Uint8Array, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  const head = [0xff, 0xe1, length >> 8, length % 256];
  return Uint8Array.of(...file.subarray(0, 2), ...head, ...content, ...file.subarray(2));
}

Deno.test("endsEarly() is true for every JPEG file that is cut, and false for whole ones", () => {
  const file = stripes();
  assert(!endsEarly(file));
  assert(!endsEarly(Uint8Array.of(...file, 0, 1, 2)));
  for (let length = 2; length < file.length; length++) {
    assert(endsEarly(file.subarray(0, length)), `${length} of ${file.length} bytes`);
  }
});

Deno.test("endsEarly() does not take the end of a picture in a segment for that of the file", () => {
  const file = withSegment(stripes(), stripes());
  assert(!endsEarly(file));
  assert(endsEarly(file.subarray(0, file.length - 2)));
});

Deno.test("endsEarly() knows restarts, gaps and the value 255 in compressed data", () => {
  const scan = [0xff, 0xda, 0, 3, 9];
  const data = [7, 0xff, 0x00, 0xff, 0xd0, 0xff, 0xd7, 5, 0xff, 0x01, 0xff, 0xff, 0xff];
  assert(endsEarly(Uint8Array.of(0xff, 0xd8, ...scan, ...data)));
  assert(!endsEarly(Uint8Array.of(0xff, 0xd8, ...scan, ...data, 0xd9)));
});

Deno.test("endsEarly() says nothing of other formats", () => {
  for (const bytes of [[], [0xff], [0xff, 0x4f, 0xff], [0x89, 0x50, 0x4e, 0x47], [0xd8, 0xff]]) {
    assert(!endsEarly(Uint8Array.from(bytes)));
  }
});
