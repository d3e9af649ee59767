import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { brightnessOf, sizeWithin } from "./read_upload.ts";

Deno.test("brightnessOf() weighs red, green and blue as the eye does, and leaves opacity out", () => {
  const colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [51, 51, 51]];
  const data = Uint8ClampedArray.from(colours.flatMap((colour, at) => [...colour, 40 * at]));
  const { values, width, height } = brightnessOf({ data, width: 2, height: 3 });
  assertAllClose([...values], [0.2126, 0.7152, 0.0722, 1, 0, 0.2], { rtol: 1e-6, atol: 1e-6 });
  assert.deepEqual([width, height], [2, 3]);
});

Deno.test("sizeWithin() makes large images smaller, of the same shape, and no side 0", () => {
  assert.deepEqual(sizeWithin({ width: 800, height: 300 }, 100), { width: 100, height: 38 });
  assert.deepEqual(sizeWithin({ width: 300, height: 800 }, 100), { width: 38, height: 100 });
  assert.deepEqual(sizeWithin({ width: 100, height: 7 }, 100), { width: 100, height: 7 });
  assert.deepEqual(sizeWithin({ width: 5, height: 1 }, 100), { width: 5, height: 1 });
  assert.deepEqual(sizeWithin({ width: 9000, height: 2 }, 100), { width: 100, height: 1 });
});
