import { convertIndexedToRgb, decode as decodePng, hasPngSignature } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";

/** An image of 8-bit pixels. */
export interface DecodedImage {
  /** Number of rows. */
  readonly height: number;
  /** Number of pixels per row. */
  readonly width: number;
  /** Red, green and blue of each pixel, row by row. */
  readonly rgb: Uint8Array;
}

/**
 * Decodes a PNG or JPEG image. 16 bits per channel become 8, and transparent pixels are shown on
 * white.
 *
 * @param bytes The file.
 * @param name Name of the file in error messages.
 * @throws {SyntaxError} If it is damaged, or another kind of file.
 */
export function decodeImage(bytes: Uint8Array, name: string): DecodedImage {
  const isPng = bytes.length >= 8 && hasPngSignature(bytes);
  if (!isPng && !(bytes[0] === 0xff && bytes[1] === 0xd8)) {
    throw new SyntaxError(
      `Cannot read ${name}: it is neither a PNG nor a JPEG image by its first bytes`,
    );
  }
  try {
    return isPng ? fromPng(bytes) : fromJpeg(bytes);
  } catch (cause) {
    const { message } = cause as { message?: string };
    throw new SyntaxError(
      `Cannot read ${name}: it is cut short or damaged, no whole ${isPng ? "PNG" : "JPEG"} image ` +
        `(${message ?? cause})`,
      { cause },
    );
  }
}

function fromPng(bytes: Uint8Array): DecodedImage {
  const png = decodePng(bytes, { checkCrc: true });
  const { height, width } = png;
  if (png.palette !== undefined) {
    const data = convertIndexedToRgb(png);
    return onWhite({ height, width, data, channels: data.length / (height * width), largest: 255 });
  }
  const { data, channels, depth } = png;
  if (depth < 8) return onWhite({ height, width, data: unpacked(png), channels: 1, largest: 255 });
  return onWhite({ height, width, data, channels, largest: depth === 16 ? 65535 : 255 });
}

/** Spreads pixels of 1, 2 or 4 bits over a byte each; rows begin at whole bytes. */
function unpacked(
  { height, width, depth, data }: {
    height: number;
    width: number;
    depth: number;
    data: ArrayLike<number>;
  },
): Uint8Array {
  const pixels = new Uint8Array(height * width);
  const rowBytes = Math.ceil(width * depth / 8);
  const largest = 2 ** depth - 1;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const byte = data[i * rowBytes + Math.floor(j * depth / 8)];
      const shift = 8 - depth - j * depth % 8;
      pixels[i * width + j] = Math.round((byte >> shift & largest) * 255 / largest);
    }
  }
  return pixels;
}

function fromJpeg(bytes: Uint8Array): DecodedImage {
  const { height, width, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true });
  return onWhite({ height, width, data, channels: 4, largest: 255 });
}

function onWhite(
  { height, width, data, channels, largest }: {
    height: number;
    width: number;
    data: ArrayLike<number>;
    channels: number;
    largest: number;
  },
): DecodedImage {
  const rgb = new Uint8Array(height * width * 3);
  const hasAlpha = channels === 2 || channels === 4;
  const scale = 255 / largest;
  for (let i = 0, from = 0; i < rgb.length; i += 3, from += channels) {
    const alpha = hasAlpha ? data[from + channels - 1] / largest : 1;
    for (let c = 0; c < 3; c++) {
      const value = data[from + (channels < 3 ? 0 : c)] * scale;
      rgb[i + c] = Math.round(alpha * value + (1 - alpha) * 255);
    }
  }
  return { height, width, rgb };
}

/** Returns true if no pixel has a colour. */
export function isGrey({ rgb }: DecodedImage): boolean {
  for (let i = 0; i < rgb.length; i += 3) {
    if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return false;
  }
  return true;
}

/** Returns the first channel of each pixel. */
export function greyOf({ rgb }: DecodedImage): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) => rgb[3 * i]);
}
