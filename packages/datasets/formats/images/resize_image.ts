import type { DecodedImage } from "./decode_image.ts";

/** Part of a line of pixels that falls on one pixel of another size. */
interface Cover {
  readonly from: number;
  readonly weights: readonly number[];
}

/**
 * Resizes an image: each new pixel is the mean of the area that it covers, which shrinks without
 * artefacts, and enlarges to blocks.
 *
 * @param image The image.
 * @param height New number of rows.
 * @param width New number of pixels per row.
 */
export function resizeImage(image: DecodedImage, height: number, width: number): DecodedImage {
  if (image.height === height && image.width === width) return image;
  const rows = covers(image.height, height);
  const columns = covers(image.width, width);
  const rgb = new Uint8Array(height * width * 3);
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        row.weights.forEach((down, y) => {
          column.weights.forEach((across, x) => {
            const at = ((row.from + y) * image.width + column.from + x) * 3 + c;
            sum += down * across * image.rgb[at];
          });
        });
        rgb[(i * width + j) * 3 + c] = Math.round(sum);
      }
    });
  });
  return { height, width, rgb };
}

function covers(from: number, to: number): Cover[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * ratio, Math.min(from, (i + 1) * ratio)];
    const first = Math.floor(start);
    const last = Math.max(first, Math.min(from, Math.ceil(end)) - 1);
    const weights = Array.from({ length: last - first + 1 }, (_, k) => {
      return (Math.min(end, first + k + 1) - Math.max(start, first + k)) / (end - start);
    });
    return { from: first, weights };
  });
}
