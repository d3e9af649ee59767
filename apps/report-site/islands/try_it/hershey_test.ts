import assert from "node:assert/strict";
import { capitalImages, digitImages } from "./hershey.ts";

const frame = { side: 28, box: 20, centre: 14, maxValue: 255 };

/** Columns between the first and the last ink of each image, both included. */
function widthsOf({ values, shape: [n, d] }: ReturnType<typeof capitalImages>): number[] {
  return Array.from({ length: n }, (_, row) => {
    const columns = [...values.subarray(row * d, (row + 1) * d)]
      .flatMap((value, at) => value > 0 ? [at % frame.side] : []);
    return Math.max(...columns) - Math.min(...columns) + 1;
  });
}

Deno.test("capitalImages() draws A to Z, each within the box of the training images", () => {
  const images = capitalImages(frame);
  assert.deepEqual(images.shape, [26, 28 * 28]);
  assert(widthsOf(images).every((width) => width <= 20));
});

Deno.test("digitImages() draws each digit as it is, narrower and wider", () => {
  const { images, digits } = digitImages(frame);
  assert.deepEqual(images.shape, [30, 28 * 28]);
  assert.deepEqual(digits, Array.from({ length: 30 }, (_, at) => Math.floor(at / 3)));
  const widths = widthsOf(images);
  for (let digit = 0; digit < 10; digit++) {
    const [plain, narrow, wide] = widths.slice(3 * digit);
    assert(narrow < plain && plain < wide, `${digit}: ${narrow}, ${plain}, ${wide}`);
    assert(wide <= 20);
  }
  const distinct = new Set(
    digits.map((_, row) => images.values.subarray(row * 784, (row + 1) * 784).join()),
  );
  assert.equal(distinct.size, 30);
});
