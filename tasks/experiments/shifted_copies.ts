import { random } from "@mixtape/tensor-utils";
import type { ImageDataset, LabelledImages } from "./image_dataset.ts";

/**
 * Appends copies of all images to them; each image of a copy is moved by a pixel, or not, at random: one of the nine
 * moves by at most one pixel across and down. What enters at an edge is 0.
 *
 * @param images The images.
 * @param imageShape Their size.
 * @param copies How many copies of all of them; with 0 the images are returned as they are.
 * @param seed Seed of the moves.
 * @returns The images, then the copies.
 */
export function withShiftedCopies(
  { images, labels }: LabelledImages,
  { height, width }: ImageDataset["imageShape"],
  copies: number,
  seed: number,
): LabelledImages {
  if (copies === 0) return { images, labels };
  const [n, size] = images.shape;
  const values = new Uint8Array((1 + copies) * n * size);
  const all = new Int32Array((1 + copies) * n);
  values.set(images.values);
  all.set(labels);
  const source = random(seed);
  for (let row = n; row < all.length; row++) {
    const from = (row % n) * size;
    all[row] = labels[row % n];
    const image = values.subarray(row * size, (row + 1) * size);
    shift(images.values.subarray(from, from + size), image, { height, width }, source.integer(9));
  }
  return { images: { values, shape: [all.length, size] }, labels: all };
}

/** Copies an image to zeros, moved by one of nine moves; 4 is none. */
function shift(
  from: ArrayLike<number>,
  to: Uint8Array,
  { height, width }: ImageDataset["imageShape"],
  move: number,
): void {
  const [down, right] = [Math.floor(move / 3) - 1, move % 3 - 1];
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
      to[y * width + x] = from[(y - down) * width + x - right];
    }
  }
}
