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
  | "scribble"
  | "house"
  | "spiral";

/** Lines that a pen draws; each pair is a place in hundredths of the pad. */
const lines: Readonly<Record<DrawingName, readonly string[]>> = {
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
  scribble: [
    "12,30 30,12 22,60 48,14 34,84 64,16 46,88 82,22 58,86 90,44 74,88 88,70 20,78 82,52 14,56 78,34 16,40",
  ],
  house: [
    "20,48 20,86 80,86 80,48 20,48",
    "14,50 50,14 86,50",
    "44,86 44,64 58,64 58,86",
  ],
  spiral: [spiral()],
};

/** The drawings that a button puts on the pad: the digits in their order, then what is no digit. */
export const drawingNames: readonly DrawingName[] = Object.keys(lines) as DrawingName[];

/**
 * The lines of a drawing.
 *
 * @param name Name of the drawing.
 * @returns The places of each line.
 */
export function drawing(name: DrawingName): readonly (readonly Place[])[] {
  return lines[name].map((line) =>
    line.split(" ").map((place) => {
      const [x, y] = place.split(",").map(Number);
      return { x: x / 100, y: y / 100 };
    })
  );
}

function spiral(): string {
  return Array.from({ length: 60 }, (_, step) => {
    const [angle, radius] = [step / 59 * 6 * Math.PI, 4 + 38 * step / 59];
    const [x, y] = [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  }).join(" ");
}
