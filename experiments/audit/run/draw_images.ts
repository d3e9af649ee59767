import type { Sprite } from "@mixtape/results";
import { takeRows } from "@mixtape/tensor-utils";
import type { OwnContext } from "../../run/experiment.ts";

/**
 * Draws rows that are images.
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
  const { values } = takeRows(raw, rows);
  const { channels } = imageShape;
  return image(name, { values, shape: imageShape, channels, maxValue: 255, columns });
}
