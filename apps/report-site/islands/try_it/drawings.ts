import type { Place } from "./ink.ts";
import { capital } from "./hershey.ts";

/** Names of the drawings that a button puts on the pad. */
export type DrawingName =
  | "letterA"
  | "letterB"
  | "letterC"
  | "dot"
  | "scribble";

/** The drawings that a button puts on the pad, each by a rule that knows no model. */
export const drawingNames: readonly DrawingName[] = [
  "letterA",
  "letterB",
  "letterC",
  "dot",
  "scribble",
];

/**
 * The lines of a drawing.
 *
 * @param name Name of the drawing.
 * @returns The places of each line.
 */
export function drawing(name: DrawingName): readonly (readonly Place[])[] {
  if (name === "dot") return [[{ x: 0.5, y: 0.5 }]];
  if (name === "scribble") return [scribble()];
  return capital(name.slice("letter".length));
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
