import type { JSX } from "preact";

/** The room that a chart is drawn in, in CSS pixels at full size. */
export interface Canvas {
  /** Width of the drawing. */
  readonly width: number;
  /** Height of the drawing. */
  readonly height: number;
  /** True for the drawing for narrow screens. */
  readonly narrow: boolean;
}

/** Properties of {@link Chart}. */
export interface ChartProps {
  /** Title of the chart. */
  readonly title: string;
  /** Description of the chart for screen readers. */
  readonly description: string;
  /** Height of the drawing for wide screens. */
  readonly height?: number;
  /** Height of the drawing for narrow screens. */
  readonly narrowHeight?: number;
  /** Width of the drawing for wide screens. */
  readonly width?: number;
  /** True if marks are links, so that the drawing is not announced as one image. */
  readonly linked?: boolean;
  /** Labels for the name of a series and for the two values of a mark, in the tooltip. */
  readonly markLabels?: { readonly series?: string; readonly x?: string; readonly y?: string };
  /** Draws the marks. */
  readonly draw: (canvas: Canvas) => JSX.Element;
}

/**
 * A chart, drawn twice: once for wide and once for narrow screens, so that its text stays readable;
 * the stylesheet shows one of the two.
 */
export function Chart(props: ChartProps): JSX.Element {
  const { height = 360, narrowHeight = 300, width = 744 } = props;
  return (
    <>
      {drawing(props, { width, height, narrow: false })}
      {drawing(props, { width: 340, height: narrowHeight, narrow: true })}
    </>
  );
}

function drawing(
  { title, description, linked, markLabels, draw }: ChartProps,
  canvas: Canvas,
): JSX.Element {
  return (
    <svg
      class={canvas.narrow ? "chart narrow" : "chart wide"}
      viewBox={`0 0 ${canvas.width} ${canvas.height}`}
      width={canvas.width}
      height={canvas.height}
      role={linked ? "group" : "img"}
      data-series-label={markLabels?.series}
      data-x-label={markLabels?.x}
      data-y-label={markLabels?.y}
    >
      <title>{title}</title>
      <desc>{description}</desc>
      {draw(canvas)}
    </svg>
  );
}

/** The values of a mark as a script reads them: along x, then along y; either may be empty. */
export function markText(x: string, y: string): string {
  return `${x}|${y}`;
}

/**
 * The values of the points of a path, in the order of its points; those of the drawing for narrow screens are empty,
 * since the other drawing has them.
 */
export function pointsText(
  points: readonly (readonly [x: string, y: string])[],
  { narrow }: Canvas,
): string {
  return narrow ? "" : points.map(([x, y]) => markText(x, y)).join(";");
}

/** A coordinate with as many digits as a drawing needs. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Width that text takes at the size of a chart's labels, with room to spare for wide fonts. */
export function textWidth(text: string, weight: "regular" | "bold" = "regular"): number {
  const total = [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);
  return (weight === "bold" ? 1.12 : 1) * total + 4;
}

/** As much of a name as there is room for. */
export function shortened(name: string, room: number, weight?: "regular" | "bold"): string {
  if (name.length < 2 || textWidth(name, weight) <= room + 6) return name;
  const letters: string[] = [];
  for (const letter of name) {
    if (letters.length > 0 && textWidth(`${letters.join("")}${letter}…`, weight) > room) break;
    letters.push(letter);
  }
  return `${letters.join("")}…`;
}

function letterWidth(letter: string): number {
  if (/[mwMW+%@=<>]/.test(letter)) return 12;
  if (/[\u2E80-\uFFFF]|\p{Extended_Pictographic}/u.test(letter)) return 16;
  return /[ijlftrI.,:;|!' ]/.test(letter) ? 5.5 : 8;
}
