import assert from "node:assert/strict";
import { resample, withAffineCopies } from "./affine_copies.ts";

const shape = { height: 5, width: 5 };
const same = { xx: 1, xy: 0, yx: 0, yy: 1, x0: 0, y0: 0 };
const image = Uint8Array.from({ length: 25 }, (_, i) => 10 * i);

function resampled(map: typeof same): number[] {
  const to = new Uint8Array(25);
  resample(image, to, shape, map);
  return [...to];
}

Deno.test("resample() leaves an image as it is under the identity", () => {
  assert.deepEqual(resampled(same), [...image]);
});

Deno.test("resample() moves by whole pixels and lets in zeros", () => {
  const moved = resampled({ ...same, x0: 1 });
  for (let row = 0; row < 5; row++) {
    assert.deepEqual(moved.slice(5 * row, 5 * row + 4), [...image.slice(5 * row + 1, 5 * row + 5)]);
    assert.equal(moved[5 * row + 4], 0);
  }
});

Deno.test("resample() interpolates between pixels", () => {
  assert.equal(resampled({ ...same, x0: 0.5, y0: 0.5 })[12], (120 + 130 + 170 + 180) / 4);
});

Deno.test("resample() turns by a quarter exactly, about the centre", () => {
  const turned = resampled({ xx: 0, xy: 1, yx: -1, yy: 0, x0: 0, y0: 0 });
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 5; x++) assert.equal(turned[5 * y + x], image[5 * (4 - x) + y]);
  }
});

const dots = Uint8Array.from({ length: 2 * 81 }, (_, i) => i % 81 === 40 ? 255 : 0);
const given = {
  images: { values: dots, shape: [2, 81] as const },
  labels: Int32Array.of(3, 5),
};
const nine = { height: 9, width: 9 };

Deno.test("withAffineCopies() keeps the images and appends copies with their labels", () => {
  const { images: { values, shape: [rows] }, labels } = withAffineCopies(given, nine, 20, 1);
  assert.equal(rows, 42);
  assert.deepEqual(values.slice(0, 162), dots);
  assert.deepEqual([...labels], Array.from({ length: 42 }, (_, row) => row % 2 === 0 ? 3 : 5));
  const places = new Set<number>();
  for (let row = 2; row < rows; row++) {
    const copy = Uint8Array.from(values.slice(row * 81, (row + 1) * 81));
    const brightest = copy.indexOf(Math.max(...copy));
    // A dot in the middle goes two pixels far at most, and keeps its light but for stretching and rounding.
    assert.ok(Math.abs(brightest % 9 - 4) <= 3 && Math.abs(Math.floor(brightest / 9) - 4) <= 3);
    const light = copy.reduce((sum, value) => sum + value, 0);
    assert.ok(light > 0.6 * 255 && light < 1.5 * 255, `row ${row}: ${light}`);
    places.add(brightest);
  }
  assert.ok(places.size > 5);
});

Deno.test("withAffineCopies() gives the same for the same seed alone", () => {
  const copies = (seed: number) => withAffineCopies(given, nine, 3, seed).images.values;
  assert.deepEqual(copies(2), copies(2));
  assert.notDeepEqual(copies(2), copies(3));
});

Deno.test("withAffineCopies() returns the images for no copies", () => {
  assert.equal(withAffineCopies(given, nine, 0, 0).images, given.images);
});
