import assert from "node:assert/strict";
import fc from "fast-check";
import { drawing, drawingNames } from "./drawings.ts";
import { fitToFrame } from "./fit_to_frame.ts";
import { type GreyImage, Ink, padSide } from "./ink.ts";

/** MNIST's frame: centres of mass lie in the middle of pixel 14. */
const mnist = { side: 28, box: 20, centre: 14.5, maxValue: 255 };
const small = { side: 8, box: 8, centre: 4, maxValue: 16 };

function rectangle(
  [left, top, width, height]: readonly number[],
  size: readonly [width: number, height: number] = [100, 80],
): GreyImage {
  const values = Float32Array.from({ length: size[0] * size[1] }, (_, at) => {
    const [row, column] = [Math.floor(at / size[0]), at % size[0]];
    const inside = row >= top && row < top + height && column >= left && column < left + width;
    return inside ? 1 : 0;
  });
  return { values, width: size[0], height: size[1] };
}

function inked(pixels: Uint8Array, side: number) {
  const places = [...pixels.keys()].filter((at) => pixels[at] > 0);
  const rows = places.map((at) => Math.floor(at / side));
  const columns = places.map((at) => at % side);
  const mass = pixels.reduce((sum, value) => sum + value, 0);
  const moment = (axis: (at: number) => number) =>
    pixels.reduce((sum, value, at) => sum + value * (axis(at) + 0.5), 0) / mass;
  return {
    left: Math.min(...columns),
    top: Math.min(...rows),
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
    centre: { x: moment((at) => at % side), y: moment((at) => Math.floor(at / side)) },
  };
}

Deno.test("fitToFrame() scales the longer side to the box and keeps proportions", () => {
  const { left, top, width, height } = inked(
    fitToFrame(rectangle([10, 20, 15, 30]), mnist) as Uint8Array,
    28,
  );
  assert.deepEqual({ left, top, width, height }, { left: 10, top: 5, width: 10, height: 20 });
});

Deno.test("fitToFrame() averages the area that a pixel covers", () => {
  const image = rectangle([0, 0, 40, 40], [40, 40]);
  for (let row = 0; row < 40; row++) image.values.fill(0.5, row * 40 + 20, row * 40 + 40);
  const pixels = fitToFrame(image, { side: 4, box: 4, centre: 2, maxValue: 100 });
  assert.deepEqual([...pixels as Uint8Array].slice(0, 4), [100, 100, 50, 50]);
});

Deno.test("fitToFrame() has nothing to say of an empty picture", () => {
  assert.equal(fitToFrame(rectangle([0, 0, 0, 0]), mnist), undefined);
});

Deno.test("fitToFrame() gives the same image wherever and however large a drawing is", () => {
  const place = fc.record({ x: fc.integer({ max: 40 }), y: fc.integer({ max: 20 }) });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 2 }), ({ x, y }, zoom) => {
      const [left, top] = [Math.abs(x) % 40, Math.abs(y) % 20];
      const moved = rectangle([left, top, 20 * zoom, 30 * zoom]);
      assert.deepEqual(fitToFrame(moved, mnist), fitToFrame(rectangle([0, 0, 20, 30]), mnist));
    }),
    { seed: 5 },
  );
});

Deno.test("fitToFrame() moves the centre of mass where the training images have it, inside the frame", () => {
  for (const frame of [mnist, small]) {
    for (const name of drawingNames) {
      const ink = new Ink();
      drawing(name).forEach((stroke) => ink.addStroke(stroke));
      const pixels = fitToFrame(ink, frame) as Uint8Array;
      assert.equal(pixels.length, frame.side ** 2);
      assert(Math.max(...pixels) > 0.8 * frame.maxValue, name);
      const { left, top, width, height, centre } = inked(pixels, frame.side);
      assert(Math.max(width, height) <= frame.box, name);
      // A side that fills the frame cannot be moved.
      if (width < frame.side - 1) assert(Math.abs(centre.x - frame.centre) < 0.9, name);
      if (height < frame.side - 1) assert(Math.abs(centre.y - frame.centre) < 0.9, name);
      assert(left >= 0 && top >= 0);
    }
  }
});

Deno.test("Ink draws a dot, a line and nothing outside the pad", () => {
  const dot = new Ink();
  dot.addStroke([{ x: 0.5, y: 0.5 }]);
  const middle = padSide / 2 * padSide + padSide / 2;
  assert.equal(dot.values[middle], 1);
  assert.equal(dot.values[0], 0);
  const line = new Ink();
  line.addLine({ x: -1, y: 0.5 }, { x: 2, y: 0.5 });
  for (let column = 0; column < padSide; column++) {
    assert.equal(line.values[padSide / 2 * padSide + column], 1);
  }
  line.clear();
  assert(line.values.every((value) => value === 0));
});
