import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { type Random, random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { decodeImage, greyOf, isGrey } from "./decode_image.ts";
import { resizeImage } from "./resize_image.ts";

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Uint8Array): number[] {
  const body = Uint8Array.from([...new TextEncoder().encode(type), ...data]);
  const word = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)].reverse();
  return [...word(data.length), ...body, ...word(crc32(body))];
}

interface Png {
  readonly height: number;
  readonly width: number;
  /** Type of colour by the PNG specification. */
  readonly type: 0 | 2 | 3 | 4 | 6;
  readonly depth: number;
  readonly palette: Uint8Array;
}

/** Writes samples row by row, most significant bit first, each row from a whole byte on. */
function pngFile({ height, width, type, depth, palette }: Png, samples: number[]): Uint8Array {
  const perRow = samples.length / height;
  const rows = Array.from({ length: height }, (_, i) => {
    const bits = samples.slice(i * perRow, (i + 1) * perRow)
      .map((sample) => sample.toString(2).padStart(depth, "0")).join("");
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, "0"), 2));
    return [0, ...bytes];
  });
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, type], 8);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...type === 3 ? chunk("PLTE", palette) : [],
    ...chunk("IDAT", new Uint8Array(deflateSync(Uint8Array.from(rows.flat())))),
    ...chunk("IEND", new Uint8Array(0)),
  ]);
}

/** Red, green and blue of a pixel by its samples, on white. */
function plainColour({ type, depth, palette }: Png, pixel: number[]): number[] {
  if (type === 3) return [...palette.subarray(3 * pixel[0], 3 * pixel[0] + 3)];
  const shares = pixel.map((sample) => sample / (2 ** depth - 1));
  const [alpha, colours] = type >= 4 ? [shares.at(-1)!, shares.slice(0, -1)] : [1, shares];
  const rgb = colours.length === 1 ? Array(3).fill(colours[0]) : colours;
  return rgb.map((share: number) => 255 * (alpha * share + 1 - alpha));
}

const kinds: [type: Png["type"], samples: number, depths: number[]][] = [
  [0, 1, [1, 2, 4, 8, 16]],
  [2, 3, [8, 16]],
  [3, 1, [1, 2, 4, 8]],
  [4, 2, [8, 16]],
  [6, 4, [8, 16]],
];

function draw(source: Random, size: number, range: number): number[] {
  return Array.from({ length: size }, () => source.integer(range));
}

Deno.test("decodeImage() property: gives the colours of PNG images of every kind and depth, on white", () => {
  const source = random(testSeed());
  for (let trial = 0; trial < 2; trial++) {
    for (const [type, count, depths] of kinds) {
      for (const depth of depths) {
        const [height, width] = [1 + source.integer(5), 1 + source.integer(11)];
        const colours = type === 3 ? Math.min(2 ** depth, 20) : 2 ** depth;
        const palette = Uint8Array.from(draw(source, 3 * colours, 256));
        const png: Png = { height, width, type, depth, palette };
        const samples = draw(source, height * width * count, colours);
        const image = decodeImage(pngFile(png, samples), "t.png");
        assert.deepEqual([image.height, image.width], [height, width]);
        const expected = Array.from(
          { length: height * width },
          (_, i) => plainColour(png, samples.slice(i * count, (i + 1) * count)),
        ).flat();
        assert.equal(image.rgb.length, expected.length);
        image.rgb.forEach((value, i) => {
          // A half is rounded either way.
          assert.ok(Math.abs(value - expected[i]) < 0.5 + 1e-9, `${type} ${depth} ${i}`);
        });
        if (count <= 2 && type !== 3) {
          assert.ok(isGrey(image));
          assert.deepEqual(greyOf(image), image.rgb.filter((_, i) => i % 3 === 0));
        }
      }
    }
  }
});

Deno.test("isGrey() looks at every pixel and colour", () => {
  const image = (rgb: number[]) => ({ height: 1, width: 2, rgb: Uint8Array.from(rgb) });
  assert.ok(isGrey(image([4, 4, 4, 9, 9, 9])));
  for (let at = 0; at < 6; at++) assert.ok(!isGrey(image([5, 5, 5, 5, 5, 5].with(at, 6))), `${at}`);
});

Deno.test("decodeImage() says what is no image, and what is no whole one", () => {
  const png = { height: 2, width: 2, type: 0, depth: 8, palette: new Uint8Array(0) } as const;
  const bytes = pngFile(png, [1, 2, 3, 4]);
  const kind = /^Cannot read t: it is neither a PNG nor a JPEG image by its first bytes$/;
  for (
    const other of [
      bytes.subarray(0, 7),
      bytes.with(3, 0),
      Uint8Array.of(0xff, 0xd9),
      Uint8Array.of(0, 0xd8),
    ]
  ) {
    assert.throws(() => decodeImage(other, "t"), { name: "SyntaxError", message: kind });
  }
  const damaged: [Uint8Array, string][] = [
    [bytes.subarray(0, 45), "PNG"],
    [bytes.with(bytes.length - 20, 7), "PNG"],
    [Uint8Array.of(0xff, 0xd8, 0xff), "JPEG"],
  ];
  for (const [other, name] of damaged) {
    const message = new RegExp(
      `^Cannot read t: it is cut short or damaged, no whole ${name} image`,
    );
    assert.throws(() => decodeImage(other, "t"), { name: "SyntaxError", message });
  }
});

Deno.test("resizeImage() property: gives the mean of the pixels that each new one covers", () => {
  const source = random(testSeed());
  for (let trial = 0; trial < 40; trial++) {
    const [h, w, height, width] = [0, 0, 0, 0].map(() => 1 + source.integer(7));
    const rgb = Uint8Array.from(draw(source, 3 * h * w, 256));
    const resized = resizeImage({ height: h, width: w, rgb }, height, width);
    assert.deepEqual([resized.height, resized.width], [height, width]);
    assert.equal(resized.rgb.length, 3 * height * width);
    resized.rgb.forEach((value, at) => {
      const [i, j, c] = [Math.floor(at / 3 / width), Math.floor(at / 3) % width, at % 3];
      // Each old pixel as height × width small ones, h × w of which make a new one.
      let sum = 0;
      for (let y = i * h; y < (i + 1) * h; y++) {
        for (let x = j * w; x < (j + 1) * w; x++) {
          sum += rgb[(Math.floor(y / height) * w + Math.floor(x / width)) * 3 + c];
        }
      }
      assert.ok(Math.abs(value - sum / (h * w)) < 0.5 + 1e-9, `${[h, w, height, width]} ${at}`);
    });
  }
});
