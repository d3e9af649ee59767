import type { Place } from "./ink.ts";

/** Names of the drawings that a button puts on the pad. */
export type DrawingName =
  | "zero"
  | "one"
  | "two"
  | "three"
  | "four"
  | "five"
  | "six"
  | "seven"
  | "eight"
  | "nine"
  | "letterA"
  | "letterB"
  | "letterC"
  | "dot"
  | "scribble";

/** Lines that a pen draws, by hand; each pair is a place in hundredths of the pad. */
const digits: Readonly<Record<string, readonly string[]>> = {
  zero: ["52,18 40,20 31,32 28,50 31,68 40,80 52,82 62,78 70,66 72,50 69,32 61,21 52,18"],
  one: ["54,18 51,40 49,60 46,82"],
  two: ["31,32 37,22 50,18 62,23 65,35 60,48 47,62 31,80 46,78 60,79 72,80"],
  three: ["33,24 45,18 58,20 64,30 59,41 47,48 60,51 68,61 65,74 53,82 40,81 31,75"],
  four: ["36,19 32,36 30,50 45,51 66,48", "63,20 61,45 59,82"],
  five: ["66,19 52,20 38,20 36,34 35,46 48,44 60,48 66,59 63,72 52,80 40,81 31,76"],
  six: ["60,17 48,25 39,39 34,55 35,70 44,81 56,80 64,71 62,60 53,55 43,59 36,68"],
  seven: ["36,20 64,20 58,40 52,60 46,82", "40,52 66,52"],
  eight: [
    "61,27 51,19 40,22 37,32 44,42 56,52 64,64 60,77 48,82 37,76 37,64 46,53 58,43 64,33 61,27",
  ],
  nine: ["64,32 56,21 44,21 35,31 37,43 48,48 59,43 64,32 62,48 58,65 53,82"],
};

/**
 * The first letters of the alphabet of one stroke (Roman simplex) of the Hershey Fonts, which A. V. Hershey created at
 * the U.S. National Bureau of Standards: as he drew them, 21 units high from 1 on, so that nobody chose their shapes
 * by what models say of them.
 */
const letters: Readonly<Record<string, readonly string[]>> = {
  letterA: ["9,1 1,22", "9,1 17,22", "4,15 14,15"],
  letterB: [
    "4,1 4,22",
    "4,1 13,1 16,2 17,3 18,5 18,7 17,9 16,10 13,11",
    "4,11 13,11 16,12 17,13 18,15 18,18 17,20 16,21 13,22 4,22",
  ],
  letterC: [
    "18,6 17,4 15,2 13,1 9,1 7,2 5,4 4,6 3,9 3,14 4,17 5,19 7,21 9,22 13,22 15,21 17,19 18,17",
  ],
};

/** The drawings that a button puts on the pad: the digits in their order, then what is no digit. */
export const drawingNames: readonly DrawingName[] = [
  ...Object.keys(digits),
  ...Object.keys(letters),
  "dot",
  "scribble",
] as DrawingName[];

/**
 * The lines of a drawing.
 *
 * @param name Name of the drawing.
 * @returns The places of each line.
 */
export function drawing(name: DrawingName): readonly (readonly Place[])[] {
  if (name === "dot") return [[{ x: 0.5, y: 0.5 }]];
  if (name === "scribble") return [scribble()];
  if (name in digits) return placesOf(digits[name], { scale: 0.01, left: 0, top: 0 });
  return placesOf(letters[name], { scale: 0.03, left: 0.2, top: 0.155 });
}

function placesOf(
  lines: readonly string[],
  { scale, left, top }: { readonly scale: number; readonly left: number; readonly top: number },
): Place[][] {
  return lines.map((line) =>
    line.split(" ").map((place) => {
      const [x, y] = place.split(",").map(Number);
      return { x: left + scale * x, y: top + scale * y };
    })
  );
}

/** A line through the first 16 points of Halton's sequence, spread over the middle of the pad. */
function scribble(): Place[] {
  return Array.from({ length: 16 }, (_, at) => ({
    x: 0.15 + 0.7 * mirrored(at + 1, 2),
    y: 0.15 + 0.7 * mirrored(at + 1, 3),
  }));
}

/** The digits of a number, in reverse and behind the point: a number between 0 and 1. */
function mirrored(value: number, base: number): number {
  return value === 0 ? 0 : (value % base + mirrored(Math.floor(value / base), base)) / base;
}
