import { type GreyImage, padSide } from "./ink.ts";

/**
 * Reads an image that the reader uploads: dark lines on bright paper as well as bright lines on dark ground.
 *
 * @param file The file that the reader chose.
 * @returns Its ink: the difference of each pixel from the brightness of the border.
 * @throws If the browser cannot read it as an image.
 */
export async function readUpload(file: Blob): Promise<GreyImage> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, padSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("Cannot read the image: the browser has no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return inkOf(context.getImageData(0, 0, width, height));
}

/**
 * Computes the difference of each pixel of an image from its border.
 *
 * @param image Red, green, blue and opacity of each pixel.
 * @returns From 0, like the border, to 1, what differs most from it.
 */
export function inkOf(
  { data, width, height }: Pick<ImageData, "data" | "width" | "height">,
): GreyImage {
  const grey = Float32Array.from(
    { length: width * height },
    (_, at) =>
      (0.2126 * data[4 * at] + 0.7152 * data[4 * at + 1] + 0.0722 * data[4 * at + 2]) / 255,
  );
  const border = grey.filter((_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return row === 0 || column === 0 || row === height - 1 || column === width - 1;
  });
  const ground = border.toSorted()[border.length >> 1];
  const away = grey.map((value) => Math.abs(value - ground));
  const most = away.reduce((a, b) => Math.max(a, b), 0);
  return { values: most < 0.05 ? away.fill(0) : away.map((one) => one / most), width, height };
}
