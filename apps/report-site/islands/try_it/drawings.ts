import type { Place } from "./ink.ts";

/** Names of the drawings that a button puts on the pad. */
export type DrawingName =
  | "letterA"
  | "letterB"
  | "letterC"
  | "dot"
  | "scribble";

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

/** The drawings that a button puts on the pad, each by a rule that knows no model. */
export const drawingNames: readonly DrawingName[] = [
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
  return letters[name].map((line) =>
    line.split(" ").map((place) => {
      const [x, y] = place.split(",").map(Number);
      return { x: 0.2 + 0.03 * x, y: 0.155 + 0.03 * y };
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
