import { fitToFrame } from "./fit_to_frame.ts";
import type { DrawingFrame } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { Ink, type Place } from "./ink.ts";

/**
 * The capital letters of the alphabet of one stroke (Roman simplex) of the Hershey Fonts, which A. V. Hershey created
 * at the U.S. National Bureau of Standards: as he drew them, 21 units high from 1 on, so that nobody chose their shapes
 * by what models say of them.
 */
const capitals: Readonly<Record<string, readonly string[]>> = {
  A: ["9,1 1,22", "9,1 17,22", "4,15 14,15"],
  B: [
    "4,1 4,22",
    "4,1 13,1 16,2 17,3 18,5 18,7 17,9 16,10 13,11",
    "4,11 13,11 16,12 17,13 18,15 18,18 17,20 16,21 13,22 4,22",
  ],
  C: ["18,6 17,4 15,2 13,1 9,1 7,2 5,4 4,6 3,9 3,14 4,17 5,19 7,21 9,22 13,22 15,21 17,19 18,17"],
  D: ["4,1 4,22", "4,1 11,1 14,2 16,4 17,6 18,9 18,14 17,17 16,19 14,21 11,22 4,22"],
  E: ["4,1 4,22", "4,1 17,1", "4,11 12,11", "4,22 17,22"],
  F: ["4,1 4,22", "4,1 17,1", "4,11 12,11"],
  G: [
    "18,6 17,4 15,2 13,1 9,1 7,2 5,4 4,6 3,9 3,14 4,17 5,19 7,21 9,22 13,22 15,21 17,19 18,17 18,14",
    "13,14 18,14",
  ],
  H: ["4,1 4,22", "18,1 18,22", "4,11 18,11"],
  I: ["4,1 4,22"],
  J: ["12,1 12,17 11,20 10,21 8,22 6,22 4,21 3,20 2,17 2,15"],
  K: ["4,1 4,22", "18,1 4,15", "9,10 18,22"],
  L: ["4,1 4,22", "4,22 16,22"],
  M: ["4,1 4,22", "4,1 12,22", "20,1 12,22", "20,1 20,22"],
  N: ["4,1 4,22", "4,1 18,22", "18,1 18,22"],
  O: [
    "9,1 7,2 5,4 4,6 3,9 3,14 4,17 5,19 7,21 9,22 13,22 15,21 17,19 18,17 19,14 19,9 18,6 17,4 15,2 13,1 9,1",
  ],
  P: ["4,1 4,22", "4,1 13,1 16,2 17,3 18,5 18,8 17,10 16,11 13,12 4,12"],
  Q: [
    "9,1 7,2 5,4 4,6 3,9 3,14 4,17 5,19 7,21 9,22 13,22 15,21 17,19 18,17 19,14 19,9 18,6 17,4 15,2 13,1 9,1",
    "12,18 18,24",
  ],
  R: ["4,1 4,22", "4,1 13,1 16,2 17,3 18,5 18,7 17,9 16,10 13,11 4,11", "11,11 18,22"],
  S: [
    "17,4 15,2 12,1 8,1 5,2 3,4 3,6 4,8 5,9 7,10 13,12 15,13 16,14 17,16 17,19 15,21 12,22 8,22 5,21 3,19",
  ],
  T: ["8,1 8,22", "1,1 15,1"],
  U: ["4,1 4,16 5,19 7,21 10,22 12,22 15,21 17,19 18,16 18,1"],
  V: ["1,1 9,22", "17,1 9,22"],
  W: ["2,1 7,22", "12,1 7,22", "12,1 17,22", "22,1 17,22"],
  X: ["3,1 17,22", "17,1 3,22"],
  Y: ["1,1 9,11 9,22", "17,1 9,11"],
  Z: ["17,1 3,22", "3,1 17,1", "3,22 17,22"],
};

/** The digits of the same alphabet. */
const digits: readonly (readonly string[])[] = [
  ["9,1 6,2 4,5 3,10 3,13 4,18 6,21 9,22 11,22 14,21 16,18 17,13 17,10 16,5 14,2 11,1 9,1"],
  ["6,5 8,4 11,1 11,22"],
  ["4,6 4,5 5,3 6,2 8,1 12,1 14,2 15,3 16,5 16,7 15,9 13,12 3,22 17,22"],
  ["5,1 16,1 10,9 13,9 15,10 16,11 17,14 17,16 16,19 14,21 11,22 8,22 5,21 4,20 3,18"],
  ["13,1 3,15 18,15", "13,1 13,22"],
  ["15,1 5,1 4,10 5,9 8,8 11,8 14,9 16,11 17,14 17,16 16,19 14,21 11,22 8,22 5,21 4,20 3,18"],
  [
    "16,4 15,2 12,1 10,1 7,2 5,5 4,10 4,15 5,19 7,21 10,22 11,22 14,21 16,19 17,16 17,15 16,12 14,10 11,9 10,9 7,10 5,12 4,15",
  ],
  ["17,1 7,22", "3,1 17,1"],
  [
    "8,1 5,2 4,4 4,6 5,8 7,9 11,10 14,11 16,13 17,15 17,18 16,20 15,21 12,22 8,22 5,21 4,20 3,18 3,15 4,13 6,11 9,10 13,9 15,8 16,6 16,4 15,2 12,1 8,1",
  ],
  [
    "16,8 15,11 13,13 10,14 9,14 6,13 4,11 3,8 3,7 4,4 6,2 9,1 10,1 13,2 15,4 16,8 16,13 15,18 13,21 10,22 8,22 5,21 4,19",
  ],
];

/** Widths at which digits are drawn, as shares of their own: people write as narrow and as wide. */
const widths = [1, 0.7, 1.3];

/**
 * The lines of a capital letter.
 *
 * @param name The letter, from A to Z.
 * @returns The places of each line.
 */
export function capital(name: string): Place[][] {
  return placesOf(capitals[name]);
}

/** The places of lines as Hershey drew them, in the middle of the pad. */
function placesOf(lines: readonly string[]): Place[][] {
  return lines.map((line) =>
    line.split(" ").map((place) => {
      const [x, y] = place.split(",").map(Number);
      return { x: 0.2 + 0.03 * x, y: 0.155 + 0.03 * y };
    })
  );
}

/**
 * Draws the capital letters with the pen of the page, and treats them as a reader's drawings.
 *
 * @param frame The geometry of the training images.
 * @returns One image per letter, from A to Z.
 */
export function capitalImages(frame: DrawingFrame): HostMatrix {
  return imagesOf(Object.keys(capitals).map(capital), frame);
}

/**
 * Draws the digits likewise, each as it is, narrower and wider.
 *
 * @param frame The geometry of the training images.
 * @returns The images, those of a digit one after the other, and the digit of each.
 */
export function digitImages(frame: DrawingFrame): { images: HostMatrix; digits: number[] } {
  const drawings = digits.flatMap((lines) =>
    widths.map((width) =>
      placesOf(lines).map((line) => line.map(({ x, y }) => ({ x: 0.5 + width * (x - 0.5), y })))
    )
  );
  return {
    images: imagesOf(drawings, frame),
    digits: drawings.map((_, at) => Math.floor(at / widths.length)),
  };
}

/** Images of drawings. */
function imagesOf(drawings: readonly Place[][][], frame: DrawingFrame): HostMatrix {
  const images = drawings.map((strokes) => {
    const ink = new Ink();
    strokes.forEach((stroke) => ink.addStroke(stroke));
    return fitToFrame(ink, frame) ?? [];
  });
  const values = Uint8Array.from(images.flatMap((image) => [...image]));
  return { values, shape: [images.length, frame.side ** 2] };
}
