import assert from "node:assert/strict";
import type { ImageDataset } from "../../run/image_dataset.ts";
import { measureFrame } from "./measure_frame.ts";

function dataset(images: readonly number[][], width: number): ImageDataset {
  const values = Uint8Array.from(images.flat());
  const split = {
    images: { values, shape: [images.length, images[0].length] as const },
    labels: new Int32Array(images.length),
  };
  return {
    name: "squares",
    title: "Squares",
    source: "made for tests",
    licence: "MIT",
    files: [],
    train: split,
    test: split,
    imageShape: { height: images[0].length / width, width },
    classNames: ["square"],
    maxValue: 10,
  };
}

Deno.test("measureFrame() finds box and centre of what is drawn, and leaves empty images out", () => {
  // deno-fmt-ignore
  const image = [
    0, 0, 0, 0,
    0, 9, 9, 0,
    0, 9, 9, 0,
    0, 0, 0, 0,
  ];
  const frame = measureFrame(dataset([image, new Array(16).fill(0), image], 4));
  assert.deepEqual(frame, { side: 4, box: 2, centre: 2, maxValue: 10 });
});

Deno.test("measureFrame() refuses images that are not square", () => {
  assert.throws(() => measureFrame(dataset([[1, 2, 3, 4, 5, 6]], 3)), RangeError);
});
