import { type Random, random } from "@mixtape/tensor-utils";
import type { ImageDataset, LabelledImages } from "../../run/image_dataset.ts";

/** Between minus and plus these, uniformly, is drawn how an image is turned, stretched, slanted and moved. */
export const affineRanges = {
  /** Degrees. */
  rotation: 15,
  /** Of its width, and of its height. */
  scale: 0.15,
  /** Pixels across for each pixel down. */
  shear: 0.15,
  /** Pixels across, and down. */
  shift: 2,
} as const;

/** The source of a copy's pixel: column = xx·x + xy·y + x0, row = yx·x + yy·y + y0, from the centre. */
interface AffineMap {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly x0: number;
  readonly y0: number;
}

/**
 * Appends copies of all images to them, each image of a copy turned, stretched, slanted and moved a little, at
 * random: see {@link affineRanges}. Pixels are interpolated linearly; what enters at an edge is 0.
 *
 * @param images The images.
 * @param imageShape Their size.
 * @param copies Number of copies of each image; with 0 the images are returned unchanged.
 * @param seed Seed of the moves.
 * @returns The images, then the copies.
 * @see Simard, Steinkraus & Platt (2003), https://doi.org/10.1109/ICDAR.2003.1227801
 */
export function withAffineCopies(
  { images, labels }: LabelledImages,
  imageShape: ImageDataset["imageShape"],
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
    const copy = values.subarray(row * size, (row + 1) * size);
    resample(values.subarray(from, from + size), copy, imageShape, drawMap(source));
  }
  return { images: { values, shape: [all.length, size] }, labels: all };
}

function drawMap(source: Random): AffineMap {
  const draw = (range: number) => range * (2 * source.next() - 1);
  const angle = draw(affineRanges.rotation) * Math.PI / 180;
  const across = 1 + draw(affineRanges.scale);
  const down = 1 + draw(affineRanges.scale);
  const slant = draw(affineRanges.shear);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return {
    xx: cosine / across,
    xy: (sine + slant) / across,
    yx: -sine / down,
    yy: cosine / down,
    x0: draw(affineRanges.shift),
    y0: draw(affineRanges.shift),
  };
}

/**
 * Fills an image with what an affine map takes from another.
 *
 * @param from The image, row by row.
 * @param to The other, of zeros.
 * @param imageShape Their size.
 * @param map The source of its pixels.
 */
export function resample(
  from: Uint8Array,
  to: Uint8Array,
  { height, width }: ImageDataset["imageShape"],
  { xx, xy, yx, yy, x0, y0 }: AffineMap,
): void {
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= height || column >= width ? 0 : from[row * width + column];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = xx * (x - middleX) + xy * (y - middleY) + x0 + middleX;
      const row = yx * (x - middleX) + yy * (y - middleY) + y0 + middleY;
      const [left, top] = [Math.floor(column), Math.floor(row)];
      const [right, low] = [column - left, row - top];
      const above = (1 - right) * at(top, left) + right * at(top, left + 1);
      const below = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1);
      to[y * width + x] = Math.round((1 - low) * above + low * below);
    }
  }
}
