import assert from "node:assert/strict";
import { paint } from "./pixels.tsx";

Deno.test("paint() draws grey pixels that hide what is below, and nothing without a canvas", () => {
  let put: unknown[] = [];
  const context = {
    createImageData: (width: number, height: number) => ({
      data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData: (image: ImageData, x: number, y: number) => put = [[...image.data], x, y],
  };
  const canvas = {
    width: 2,
    height: 2,
    getContext: (kind: string) => kind === "2d" ? context : null,
  };
  paint(canvas as unknown as HTMLCanvasElement, [0, 5, 10, 20], 10);
  const grey = (value: number) => [value, value, value, 255];
  assert.deepEqual(put, [[...grey(0), ...grey(128), ...grey(255), ...grey(255)], 0, 0]);
  paint(null, [1], 1);
  paint({ ...canvas, getContext: () => null } as unknown as HTMLCanvasElement, [1], 1);
});
