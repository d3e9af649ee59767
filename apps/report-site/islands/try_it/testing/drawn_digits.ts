import type { Place } from "../ink.ts";

/** Lines of digits drawn by hand; each pair is a place in hundredths of the pad. */
const digits = {
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
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Names of the digits that were drawn. */
export type DrawnDigit = keyof typeof digits;

/**
 * The lines of a digit that was drawn by hand.
 *
 * @param name Name of the digit.
 * @returns The places of each line.
 */
export function drawnDigit(name: DrawnDigit): Place[][] {
  return digits[name].map((line) =>
    line.split(" ").map((place) => {
      const [x, y] = place.split(",").map((hundredths) => Number(hundredths) / 100);
      return { x, y };
    })
  );
}
