import type { DrawingFrame } from "@mixtape/results";
import type { GreyImage } from "./ink.ts";

/** The part of a picture that has ink. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Least share of full ink that counts at the border of a drawing; less is the noise of a photograph. */
const faintest = 0.1;

/**
 * Makes a drawing look like the images of MNIST: what has ink is scaled, its proportions kept, so that its longer
 * side fills the box, and its centre of mass is moved to the frame's centre, as far as it stays inside.
 *
 * @param image The drawing.
 * @param frame The geometry of the training images.
 * @returns Values from 0 to `maxValue`, row by row; nothing if there is no ink.
 * @see LeCun, Cortes & Burges, http://yann.lecun.com/exdb/mnist/
 */
export function fitToFrame(image: GreyImage, frame: DrawingFrame): Uint8Array | undefined {
  const box = inkedBox(image);
  if (box === undefined) return undefined;
  const scale = frame.box / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const scaled = averageAreas(image, box, width, height);
  const [left, top] = [
    startOf(width, massCentre(scaled, width, "column"), frame),
    startOf(height, massCentre(scaled, width, "row"), frame),
  ];
  const pixels = new Uint8Array(frame.side * frame.side);
  scaled.forEach((ink, at) => {
    const row = top + Math.floor(at / width);
    pixels[row * frame.side + left + at % width] = Math.round(ink * frame.maxValue);
  });
  return pixels;
}

function inkedBox({ values, width, height }: GreyImage): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let at = 0; at < values.length; at++) {
    if (values[at] < faintest) continue;
    const [row, column] = [Math.floor(at / width), at % width];
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Scales a part of a picture: each pixel is the mean of the area that it covers. */
function averageAreas(image: GreyImage, box: Box, width: number, height: number): Float64Array {
  const across = overlaps(box.left, box.width, width);
  const down = overlaps(box.top, box.height, height);
  const scaled = new Float64Array(width * height);
  down.forEach((rows, y) =>
    across.forEach((columns, x) => {
      let sum = 0;
      for (const [row, share] of rows) {
        for (const [column, part] of columns) {
          sum += share * part * image.values[row * image.width + column];
        }
      }
      scaled[y * width + x] = sum;
    })
  );
  return scaled;
}

type Share = readonly [at: number, share: number];

/** Returns the pixels, of `count` from `start` on, that each of `cells` equal cells covers, with their shares of it. */
function overlaps(start: number, count: number, cells: number): Share[][] {
  const size = count / cells;
  return Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [cell * size, Math.min(count, (cell + 1) * size)];
    const shares: Share[] = [];
    for (let at = Math.floor(from); at < to; at++) {
      const covered = Math.min(at + 1, to) - Math.max(at, from);
      if (covered > 1e-9) shares.push([start + at, covered / size]);
    }
    return shares;
  });
}

/** The centre of mass along an axis, in pixels from the first border. */
function massCentre(values: Float64Array, width: number, axis: "row" | "column"): number {
  let [mass, moment] = [0, 0];
  values.forEach((ink, at) => {
    const place = axis === "row" ? Math.floor(at / width) : at % width;
    mass += ink;
    moment += ink * (place + 0.5);
  });
  return moment / mass;
}

/** Returns the position at which a drawing of `length` pixels has its centre of mass at that of the frame. */
function startOf(length: number, massCentre: number, { side, centre }: DrawingFrame): number {
  return Math.max(0, Math.min(side - length, Math.round(centre - massCentre)));
}
