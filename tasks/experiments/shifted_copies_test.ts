import assert from "node:assert/strict";
import { withShiftedCopies } from "./shifted_copies.ts";

const shape = { height: 3, width: 3 };
const dot = Uint8Array.of(0, 0, 0, 0, 7, 0, 0, 0, 0);

Deno.test("withShiftedCopies() keeps the images, and moves copies by at most a pixel", () => {
  const images = {
    values: Uint8Array.of(...dot, ...dot.map((v) => v && 9)),
    shape: [2, 9],
  } as const;
  const { images: { values, shape: [rows] }, labels } = withShiftedCopies(
    { images, labels: Int32Array.of(3, 5) },
    shape,
    40,
    1,
  );
  assert.equal(rows, 82);
  assert.deepEqual(values.slice(0, 18), images.values);
  const seen = new Set<number>();
  for (let row = 0; row < rows; row++) {
    assert.equal(labels[row], row % 2 === 0 ? 3 : 5);
    const image = Array.from(values.slice(row * 9, (row + 1) * 9));
    const at = image.findIndex((value) => value > 0);
    assert.equal(image[at], row % 2 === 0 ? 7 : 9);
    assert.equal(image.reduce((sum, value) => sum + value, 0), image[at]);
    seen.add(at);
  }
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("withShiftedCopies() lets in zeros at the edges, and is the same for a seed", () => {
  const full = { values: new Uint8Array(9).fill(1), shape: [1, 9] } as const;
  const moved = (seed: number) =>
    withShiftedCopies({ images: full, labels: Int32Array.of(0) }, shape, 30, seed).images.values;
  const values = Array.from(moved(2));
  const left = Array.from({ length: 30 }, (_, i) => {
    const copy = values.slice(9 * (i + 1), 9 * (i + 2));
    return copy.reduce((sum, value) => sum + value, 0);
  });
  assert.deepEqual(new Set(left), new Set([4, 6, 9]));
  assert.deepEqual(moved(2), moved(2));
  assert.notDeepEqual(moved(2), moved(3));
});

Deno.test("withShiftedCopies() returns the images for no copies", () => {
  const images = { values: dot, shape: [1, 9] } as const;
  const given = { images, labels: Int32Array.of(0) };
  assert.equal(withShiftedCopies(given, shape, 0, 0).images, images);
});
