import type { Sprite } from "@mixtape/results";
import { takeRows } from "@mixtape/tensor-utils";
import type { OwnContext } from "../../run/experiment.ts";

/**
 * Draws rows that are images, grey: a pixel is the mean of its channels.
 *
 * @param context The data, and the output for images.
 * @param name Name of the sheet.
 * @param rows The rows.
 * @param columns Images in a row of the sheet, 10 unless given.
 * @returns The sheet; nothing if rows are not images, or there are none.
 */
export function drawImages(
  { table: { raw, imageShape }, image }: Pick<OwnContext<unknown>, "table" | "image">,
  name: string,
  rows: ArrayLike<number>,
  columns?: number,
): Sprite | null {
  if (imageShape === null || rows.length === 0) return null;
  const { height, width, channels } = imageShape;
  const { values } = takeRows(raw, rows);
  const grey = Float64Array.from({ length: values.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[pixel * channels + c];
    return sum / channels;
  });
  return image(name, { values: grey, shape: { height, width }, maxValue: 255, columns });
}
