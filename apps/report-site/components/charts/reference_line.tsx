import type { JSX } from "preact";
import type { Plot, Scale } from "./axes.tsx";
import { round } from "./chart.tsx";

/** A straight line to compare with: horizontal at a height, or vertical at a place. */
export type ReferenceLine =
  & {
    /** Label of the line. */
    readonly label: string;
  }
  & ({
    /** Height of a horizontal line. */
    readonly y: number;
  } | {
    /** Place of a vertical line. */
    readonly x: number;
  });

interface ReferenceProps {
  readonly reference: ReferenceLine;
  readonly plot: Plot;
  readonly x: Scale;
  readonly y: Scale;
}

/** A reference line across the plot with its label. */
export function Reference({ reference, plot, x, y }: ReferenceProps): JSX.Element {
  if ("x" in reference) {
    const place = round(x(reference.x));
    return (
      <g>
        <line class="reference" x1={place} x2={place} y1={plot.top} y2={plot.bottom} />
        <text class="reference-label" x={place} y={plot.top - 4} text-anchor="middle">
          {reference.label}
        </text>
      </g>
    );
  }
  const height = round(y(reference.y));
  return (
    <g>
      <line class="reference" x1={plot.left} x2={plot.right} y1={height} y2={height} />
      <text
        class="reference-label"
        x={plot.right - 4}
        y={height > plot.bottom - 20 ? height - 6 : height + 15}
        text-anchor="end"
      >
        {reference.label}
      </text>
    </g>
  );
}
