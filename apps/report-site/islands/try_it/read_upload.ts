import { type GreyImage, padSide } from "./ink.ts";
import { endsEarly } from "./jpeg_end.ts";
import { inkOfPhoto } from "./photo_ink.ts";

/** Thrown when a part of a picture is missing. */
export class IncompletePictureError extends TypeError {
  /** Name of the class. */
  override readonly name = "IncompletePictureError";
}

/**
 * Reads an image that the reader uploads, such as a photograph.
 *
 * @param file The file that the reader chose.
 * @returns Its ink.
 * @throws {IncompletePictureError} If a part of it is missing.
 * @throws If the browser cannot read it as an image.
 */
export async function readUpload(file: Blob): Promise<GreyImage> {
  const picture = await loadPicture(file);
  if (!await isWhole(file)) {
    throw new IncompletePictureError(
      "Cannot read the image: a part is missing, give the whole file",
    );
  }
  // A vector drawing has no pixels of its own to keep.
  const zoom = file.type === "image/svg+xml" ? padSide : 1;
  const size = { width: zoom * picture.naturalWidth, height: zoom * picture.naturalHeight };
  const { width, height } = sizeWithin(size, padSide);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("Cannot read the image: the browser has no canvas");
  // Thin lines of a large photograph would fall between the pixels that are kept.
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  const [brightness, ...colours] = brightnessOf(context.getImageData(0, 0, width, height));
  return inkOfPhoto(brightness, colours);
}

/** Loads a picture of any format of the browser's, vector drawings included, turned as its camera was held. */
async function loadPicture(file: Blob): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  try {
    await picture.decode();
  } finally {
    URL.revokeObjectURL(picture.src);
  }
  return picture;
}

/** Tells whether all of a picture is there: an image element shows what is, and leaves the rest empty. */
async function isWhole(file: Blob): Promise<boolean> {
  // Made of marks, and no format of bitmaps.
  if (file.type === "image/svg+xml") return true;
  if (endsEarly(new Uint8Array(await file.arrayBuffer()))) return false;
  try {
    (await createImageBitmap(file)).close();
    return true;
  } catch {
    return false;
  }
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

/** Shares of red, green and blue in brightness as the eye sees it, then each alone. */
const mixtures = [[0.2126, 0.7152, 0.0722], [1, 0, 0], [0, 1, 0], [0, 0, 1]];

/**
 * Computes the brightness of each pixel, with paper behind what is transparent: of a picture that is mostly so, paper
 * that its lines stand out from, and else paper like the rest of it.
 *
 * @param image Red, green, blue and opacity of each pixel.
 * @returns From 0, black, to 1, white: as the eye sees it, then of red, green and blue alone.
 */
export function brightnessOf(
  { data, width, height }: Pick<ImageData, "data" | "width" | "height">,
): GreyImage[] {
  const opacity = Array.from({ length: width * height }, (_, at) => data[4 * at + 3] / 255);
  return mixtures.map((shares) => {
    const plain = opacity.map((_, at) =>
      shares.reduce((sum, share, colour) => sum + share * data[4 * at + colour], 0) / 255
    );
    const paper = paperBehind(plain, opacity);
    const values = plain.map((value, at) => paper + opacity[at] * (value - paper));
    return { values: Float32Array.from(values), width, height };
  });
}

function paperBehind(brightness: readonly number[], opacity: readonly number[]): number {
  const opaque = brightness.filter((_, at) => opacity[at] > 0.5).sort((a, b) => a - b);
  if (opaque.length === 0) return 1;
  const median = opaque[opaque.length >> 1];
  if (opaque.length > opacity.length / 2) return median;
  return median > 0.5 ? 0 : 1;
}
