import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { brightnessOf } from "./read_upload.ts";

Deno.test("brightnessOf() weighs red, green and blue as the eye does, and leaves opacity out", () => {
  const colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [51, 51, 51]];
  const data = Uint8ClampedArray.from(colours.flatMap((colour, at) => [...colour, 40 * at]));
  const { values, width, height } = brightnessOf({ data, width: 2, height: 3 });
  assertAllClose([...values], [0.2126, 0.7152, 0.0722, 1, 0, 0.2], { rtol: 1e-6, atol: 1e-6 });
  assert.deepEqual([width, height], [2, 3]);
});
