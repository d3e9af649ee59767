import assert from "node:assert/strict";
import { averageSquares } from "./class_densities.ts";

Deno.test("averageSquares() gives the mean of each square, image by image", () => {
  const values = Float32Array.from({ length: 2 * 16 }, (_, at) => at * at % 23);
  const { values: small, shape } = averageSquares({ values, shape: [2, 16] }, 2);
  assert.deepEqual(shape, [2, 4]);
  const mean = (image: number, ...places: number[]) =>
    places.reduce((sum, place) => sum + values[16 * image + place], 0) / 4;
  assert.deepEqual(
    [...small],
    [0, 1].flatMap((image) => [
      mean(image, 0, 1, 4, 5),
      mean(image, 2, 3, 6, 7),
      mean(image, 8, 9, 12, 13),
      mean(image, 10, 11, 14, 15),
    ]),
  );
});
