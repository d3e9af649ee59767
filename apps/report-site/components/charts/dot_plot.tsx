import type { JSX } from "preact";
import { type AxisSpec, exactText, scaleFor, XAxis } from "./axes.tsx";
import {
  type Canvas,
  Chart,
  type ChartProps,
  markText,
  round,
  shortened,
  textWidth,
} from "./chart.tsx";

/** One row of dots. */
export interface DotRow {
  /** Name of the row. */
  readonly name: string;
  /** Colour, by its number in the palette, 1 to 6. */
  readonly colour: number;
  /** Positions of its dots. */
  readonly values: readonly number[];
  /** The value to point out, with a line. */
  readonly middle?: number;
}

/** Properties of {@link DotPlot}. */
export interface DotPlotProps extends Omit<ChartProps, "draw" | "height" | "narrowHeight"> {
  /** Horizontal axis. */
  readonly x: AxisSpec;
  /** Rows from top to bottom. */
  readonly rows: readonly DotRow[];
  /** Height of a row. */
  readonly rowHeight?: number;
}

const defaultRowHeight = 46;

/** Values in rows, a dot each. */
export function DotPlot(props: DotPlotProps): JSX.Element {
  const height = props.rows.length * (props.rowHeight ?? defaultRowHeight) + 62;
  return (
    <Chart
      {...props}
      markLabels={{ x: props.x.label }}
      height={height}
      narrowHeight={height}
      draw={(canvas) => <Dots {...props} canvas={canvas} />}
    />
  );
}

function Dots(props: DotPlotProps & { readonly canvas: Canvas }): JSX.Element {
  const { rows, x, canvas, rowHeight = defaultRowHeight } = props;
  const longest = Math.max(...rows.map((row) => textWidth(row.name)));
  const left = Math.min(0.45 * canvas.width, longest + 8);
  const plot = { left, right: canvas.width - 24, top: 6, bottom: canvas.height - 48 };
  const values = rows.flatMap((row) => row.values);
  const scale = scaleFor(x, values, [plot.left + 10, plot.right]);
  const valueText = exactText(x, scale);
  return (
    <>
      <XAxis axis={x} scale={scale} plot={plot} about={canvas.narrow ? 3 : 6} />
      {rows.map((row, index) => {
        const y = plot.top + (index + 0.5) * rowHeight;
        return (
          <g
            key={row.name}
            class={`series-${row.colour}`}
            data-series={row.name}
            data-name={row.name}
          >
            <line class="grid" x1={plot.left} x2={plot.right} y1={y} y2={y} />
            <text class="row-label" x={plot.left - 10} y={y + 4} text-anchor="end">
              {shortened(row.name, left - 10)}
            </text>
            {row.middle !== undefined && (
              <line
                class="middle"
                x1={round(scale(row.middle))}
                x2={round(scale(row.middle))}
                y1={y - rowHeight / 3}
                y2={y + rowHeight / 3}
              />
            )}
            {row.values.map((value, at) => (
              <circle
                key={at}
                class="dot open"
                data-mark={markText(valueText(value), "")}
                cx={round(scale(value))}
                cy={y}
                r={rowHeight > 40 ? 6 : 4.5}
              />
            ))}
          </g>
        );
      })}
    </>
  );
}
