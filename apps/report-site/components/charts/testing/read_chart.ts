import assert from "node:assert/strict";
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import {
  elementsOf,
  type Markup,
  numberOf,
  readMarkup,
  textOf,
} from "../../../testing/read_markup.ts";

/** The drawing of a chart for wide screens, and the one for narrow screens; for tests only. */
export function drawings(chart: JSX.Element): [wide: Markup, narrow: Markup] {
  const [wide, narrow] = elementsOf(readMarkup(renderToString(chart)), "svg");
  return [wide, narrow];
}

/** A scale as a reader of the drawing has it: from the numbers at its ticks. */
export interface ReadScale {
  /** The numbers at the ticks. */
  readonly ticks: readonly number[];
  /** The value at a coordinate, between ticks as between any two of them. */
  valueAt(coordinate: number): number;
}

/** Options of {@linkcode readScale}. */
export interface ReadScaleOptions {
  /** True if the distance of ticks is in proportion to their ratio. */
  readonly log?: boolean;
  /** The number that a text shows; the text as a number unless given. */
  readonly read?: (text: string) => number;
}

/** Reads a scale from its ticks, which must agree with each other to a hundredth of a pixel. */
export function readScale(
  drawing: Markup,
  along: "x" | "y",
  { log = false, read = Number }: ReadScaleOptions = {},
): ReadScale {
  const ticks = elementsOf(drawing, "g", "axis").flatMap((axis) => elementsOf(axis, "g"))
    .flatMap((tick) => {
      const [line] = elementsOf(tick, "line");
      const isMeant = (numberOf(line, "x1") === numberOf(line, "x2")) === (along === "x");
      if (!isMeant) return [];
      const value = read(textOf(elementsOf(tick, "text")[0]));
      return [{ value, at: numberOf(line, `${along}1`) }];
    });
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const [from, to] = [first, last].map(({ value }) => log ? Math.log(value) : value);
  const valueAt = (at: number) => {
    const value = from + (at - first.at) / (last.at - first.at) * (to - from);
    return log ? Math.exp(value) : value;
  };
  const size = Math.abs(to - from);
  for (const { value, at } of ticks) {
    assertNear(log ? Math.log(valueAt(at)) : valueAt(at), log ? Math.log(value) : value, size);
  }
  return { ticks: ticks.map(({ value }) => value), valueAt };
}

/** Asserts that two values on an axis of some length are the same, to the width of a fine line. */
export function assertNear(actual: number, expected: number, size: number, what = ""): void {
  assert(Math.abs(actual - expected) <= 1e-3 * size, `${what} ${actual} instead of ${expected}`);
}

/** The points of a path of straight lines, and where it starts anew. */
export function pointsOf(path: Markup): { x: number; y: number; starts: boolean }[] {
  return [...path.attributes.d.matchAll(/([ML])(-?[\d.]+),(-?[\d.]+)/g)]
    .map(([, letter, x, y]) => ({ x: Number(x), y: Number(y), starts: letter === "M" }));
}

/** Attributes of an element as numbers, in the order of their names. */
export function numbersOf(element: Markup, ...names: readonly string[]): number[] {
  return names.map((name) => numberOf(element, name));
}

/** The ends of a straight line: from x1, y1 to x2, y2. */
export function endsOf(line: Markup): number[] {
  return numbersOf(line, "x1", "y1", "x2", "y2");
}

/** The texts of a kind, each with its place. */
export function placedTexts(markup: Markup, name?: string): [text: string, x: number, y: number][] {
  return elementsOf(markup, "text", name)
    .map((text) => [textOf(text), numberOf(text, "x"), numberOf(text, "y")]);
}
