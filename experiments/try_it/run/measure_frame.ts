import type { DrawingFrame } from "@mixtape/results";
import type { ImageDataset } from "../../run/image_dataset.ts";

/** Least share of the largest value that counts as ink. */
const faintest = 0.1;

/**
 * Measures how images were made of drawings: how large what is drawn is, and where its centre of mass lies.
 *
 * MNIST's digits were scaled until the longer side filled 20 of 28 pixels, and moved until their centre of mass was in
 * the middle; that is what this finds there, and the analogous rule elsewhere.
 *
 * @param dataset The images, which must be square; the first 2,000 training images are looked at.
 * @returns Medians over images.
 */
export function measureFrame(
  { train: { images }, imageShape: { height, width }, maxValue }: ImageDataset,
): DrawingFrame {
  if (height !== width) {
    throw new RangeError(
      `Cannot fit drawings to images of ${height}×${width} pixels: square images are needed`,
    );
  }
  const size = width * width;
  const boxes: number[] = [];
  const centres: number[] = [];
  for (let row = 0; row < Math.min(2000, images.shape[0]); row++) {
    const pixels = images.values.subarray(row * size, (row + 1) * size);
    const columns: number[] = [];
    const rows: number[] = [];
    let [mass, x, y] = [0, 0, 0];
    pixels.forEach((value, at) => {
      if (value < faintest * maxValue) return;
      rows.push(Math.floor(at / width));
      columns.push(at % width);
      mass += value;
      x += value * (at % width + 0.5);
      y += value * (Math.floor(at / width) + 0.5);
    });
    if (mass === 0) continue;
    boxes.push(Math.max(extent(columns), extent(rows)));
    centres.push(x / mass, y / mass);
  }
  // Whole pixels are what images were moved by, so the middle of a pixel or its border is meant.
  const centre = Math.round(2 * median(centres)) / 2;
  return { side: width, box: Math.round(median(boxes)), centre, maxValue };
}

function extent(places: readonly number[]): number {
  return Math.max(...places) - Math.min(...places) + 1;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
