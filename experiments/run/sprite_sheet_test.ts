import assert from "node:assert/strict";
import { decode } from "fast-png";
import { drawSpriteSheet } from "./sprite_sheet.ts";

const shape = { height: 1, width: 2 };

Deno.test("drawSpriteSheet() puts tiles row by row and leaves NaN and the rest transparent", () => {
  const tiles = { values: [0, 16, 8, NaN, 20, -3], shape, maxValue: 16, columns: 2 };
  const { png, ...sheet } = drawSpriteSheet(tiles, { Title: "x" });
  assert.deepEqual(sheet, {
    tile: { width: 2, height: 1 },
    columns: 2,
    count: 3,
  });
  const image = decode(png);
  assert.deepEqual([image.width, image.height, image.text.Title], [4, 2, "x"]);
  assert.deepEqual([...image.data], [
    0,
    255,
    255,
    255,
    128,
    255,
    0,
    0,
    255,
    255,
    0,
    255,
    0,
    0,
    0,
    0,
  ]);
});

Deno.test("drawSpriteSheet() draws images in colour", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const tiles = { values, shape: { height: 1, width: 1 }, maxValue: 255, columns: 2 };
  const { png, ...sheet } = drawSpriteSheet({ ...tiles, channels: 3 }, {});
  assert.deepEqual(sheet, { tile: { width: 1, height: 1 }, columns: 2, count: 3 });
  const image = decode(png);
  assert.deepEqual([image.width, image.height, image.channels], [2, 2, 4]);
  assert.deepEqual([...image.data], [1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 0, 0, 0, 0]);
});

Deno.test("drawSpriteSheet() gives the same bytes for the same images", () => {
  const tiles = { values: [1, 2, 3, 4], shape, maxValue: 4 };
  const [a, b] = [1, 2].map(() => drawSpriteSheet(tiles, { seed: "0" }).png);
  assert.deepEqual(a, b);
});
