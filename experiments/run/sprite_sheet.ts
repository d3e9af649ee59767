import type { Sprite, StoredFile } from "@mixtape/results";
import { encode } from "fast-png";

/** Images of one size, to be put on one sheet. */
export interface Tiles {
  /** Pixels of all images, one after the other, row by row, channel by channel; NaN is drawn transparent. */
  readonly values: ArrayLike<number>;
  /** Size of an image. */
  readonly shape: { readonly height: number; readonly width: number };
  /** 3 for red, green and blue; 1, for grey, unless given. */
  readonly channels?: 1 | 3;
  /** The value drawn white; 0 is black. */
  readonly maxValue: number;
  /** Images in a row of the sheet, 10 unless given. */
  readonly columns?: number;
}

/** A sheet of images: what a result says of it besides where it is stored. */
export interface SpriteSheet extends Omit<Sprite, keyof StoredFile> {
  /** The PNG file. */
  readonly png: Uint8Array;
}

/**
 * Draws images on one sheet, filled row by row.
 *
 * @param tiles The images.
 * @param text Descriptions of the file, to be stored as PNG text chunks.
 * @returns The sheet.
 */
export function drawSpriteSheet(
  { values, shape: { height, width }, channels = 1, maxValue, columns = 10 }: Tiles,
  text: Readonly<Record<string, string>>,
): SpriteSheet {
  const count = values.length / (height * width * channels);
  const rows = Math.ceil(count / columns);
  const sheetWidth = columns * width;
  const data = new Uint8Array(rows * height * sheetWidth * (channels + 1));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const pixels = Math.floor(i / channels);
    const tile = Math.floor(pixels / (height * width));
    const pixel = pixels % (height * width);
    const y = Math.floor(tile / columns) * height + Math.floor(pixel / width);
    const x = (tile % columns) * width + pixel % width;
    const at = (channels + 1) * (y * sheetWidth + x);
    data[at + i % channels] = Math.round(255 * Math.min(1, Math.max(0, value / maxValue)));
    data[at + channels] = 255;
  }
  const png = encode({
    width: sheetWidth,
    height: rows * height,
    data,
    channels: channels === 3 ? 4 : 2,
    depth: 8,
    text: { ...text },
  });
  return { tile: { width, height }, columns, count, png };
}
