import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { brightnessOf, sizeWithin } from "./read_upload.ts";

/** Red, green, blue and opacity of pixels in a row. */
function row(pixels: readonly (readonly number[])[]) {
  return { data: Uint8ClampedArray.from(pixels.flat()), width: pixels.length, height: 1 };
}

Deno.test("brightnessOf() weighs red, green and blue as the eye does, and gives each alone", () => {
  const pixels = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [0, 0, 0],
    [51, 102, 153],
  ].map((colour) => [...colour, 255]);
  const images = brightnessOf({ ...row(pixels), width: 2, height: 3 });
  const expected = [
    [0.2126, 0.7152, 0.0722, 1, 0, 0.37192],
    [1, 0, 0, 1, 0, 0.2],
    [0, 1, 0, 1, 0, 0.4],
    [0, 0, 1, 1, 0, 0.6],
  ];
  images.forEach(({ values, width, height }, at) => {
    assertAllClose([...values], expected[at], { rtol: 1e-6, atol: 1e-6 });
    assert.deepEqual([width, height], [2, 3]);
  });
  assert.equal(images.length, 4);
});

Deno.test("brightnessOf() puts paper behind what is transparent that lines stand out from, and corners do not", () => {
  const [clear, black, white, veil] = [[9, 9, 9, 0], [0, 0, 0, 255], [255, 255, 255, 255], [
    255,
    255,
    255,
    102,
  ]];
  const seen = (...pixels: number[][]) => [...brightnessOf(row(pixels))[0].values];
  const near = (actual: number[], expected: number[]) =>
    assertAllClose(actual, expected, { rtol: 1e-6, atol: 1e-6 });
  near(seen(clear, clear, black, clear), [1, 1, 0, 1]);
  near(seen(clear, clear, white, veil), [0, 0, 1, 0.4]);
  near(seen(clear, white, white, white, black), [1, 1, 1, 1, 0]);
  near(seen(clear, black, black, black, white), [0, 0, 0, 0, 1]);
  near(seen(clear, clear), [1, 1]);
});

Deno.test("sizeWithin() makes large images smaller, of the same shape, and no side 0", () => {
  assert.deepEqual(sizeWithin({ width: 800, height: 300 }, 100), { width: 100, height: 38 });
  assert.deepEqual(sizeWithin({ width: 300, height: 800 }, 100), { width: 38, height: 100 });
  assert.deepEqual(sizeWithin({ width: 100, height: 7 }, 100), { width: 100, height: 7 });
  assert.deepEqual(sizeWithin({ width: 5, height: 1 }, 100), { width: 5, height: 1 });
  assert.deepEqual(sizeWithin({ width: 9000, height: 2 }, 100), { width: 100, height: 1 });
});
