import { type GreyImage, padSide } from "./ink.ts";
import { inkOfPhoto } from "./photo_ink.ts";

/**
 * Reads an image that the reader uploads, such as a photograph.
 *
 * @param file The file that the reader chose.
 * @returns Its ink.
 * @throws If the browser cannot read it as an image.
 */
export async function readUpload(file: Blob): Promise<GreyImage> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = sizeWithin(bitmap, padSide);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("Cannot read the image: the browser has no canvas");
  // Thin lines of a large photograph would fall between the pixels that are kept.
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return inkOfPhoto(brightnessOf(context.getImageData(0, 0, width, height)));
}

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the size of an image that is made smaller until it fits into a square; a small one keeps its own.
 *
 * @param size Size of the image, in pixels.
 * @param side Side of the square, in pixels.
 */
export function sizeWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}

/**
 * Computes the brightness of each pixel.
 *
 * @param image Red, green, blue and opacity of each pixel.
 * @returns From 0, black, to 1, white.
 */
export function brightnessOf(
  { data, width, height }: Pick<ImageData, "data" | "width" | "height">,
): GreyImage {
  const values = Float32Array.from(
    { length: width * height },
    (_, at) =>
      (0.2126 * data[4 * at] + 0.7152 * data[4 * at + 1] + 0.0722 * data[4 * at + 2]) / 255,
  );
  return { values, width, height };
}
