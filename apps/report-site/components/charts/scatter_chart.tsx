import type { JSX } from "preact";
import { median } from "../../statistics.ts";
import { type AxisSpec, exactText, scaleFor, tickRoom, XAxis, YAxis } from "./axes.tsx";
import { type Canvas, Chart, type ChartProps, pointsText, round } from "./chart.tsx";

/** Points of one kind. */
export interface ScatterSeries {
  /** Name of the series, written at the median of its points. */
  readonly name: string;
  /** Colour, by its number in the palette, 1 to 6. */
  readonly colour: number;
  /** The points. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Properties of {@link ScatterChart}. */
export interface ScatterChartProps extends Omit<ChartProps, "draw"> {
  /** Horizontal axis. */
  readonly x: AxisSpec;
  /** Vertical axis. */
  readonly y: AxisSpec;
  /** Points, those on top last. */
  readonly series: readonly ScatterSeries[];
}

/** Points of several kinds in a plane, the name of each kind among its points. */
export function ScatterChart(props: ScatterChartProps): JSX.Element {
  const markLabels = { x: props.x.label, y: props.y.label };
  return (
    <Chart
      {...props}
      markLabels={markLabels}
      draw={(canvas) => <Points {...props} canvas={canvas} />}
    />
  );
}

function Points(props: ScatterChartProps & { readonly canvas: Canvas }): JSX.Element {
  const { canvas } = props;
  const series = props.series.filter(({ points }) => points.length > 0);
  const all = series.flatMap(({ points }) => points);
  const vertical = { top: 30, bottom: canvas.height - 48 };
  const y = scaleFor(props.y, all.map((point) => point.y), [vertical.bottom, vertical.top]);
  const plot = { left: tickRoom(props.y, y), right: canvas.width - 16, ...vertical };
  const x = scaleFor(props.x, all.map((point) => point.x), [plot.left + 4, plot.right]);
  const xText = exactText(props.x, x);
  const yText = exactText(props.y, y);
  return (
    <>
      <YAxis axis={props.y} scale={y} plot={plot} />
      <XAxis axis={props.x} scale={x} plot={plot} about={canvas.narrow ? 4 : 7} />
      {series.map(({ name, colour, points }) => (
        <g key={name} class={`series-${colour}`} data-series={name} data-name={name}>
          <path
            class="points"
            data-points={pointsText(
              points.map((point) =>
                [xText(point.x), yText(point.y)] as const
              ),
              canvas,
            )}
            d={points.map((point) =>
              `M${round(x(point.x))},${round(y(point.y))}h0`
            ).join("")}
          />
        </g>
      ))}
      {series.map(({ name, colour, points }) => (
        <g key={name} class={`series-${colour}`} data-series={name}>
          <text
            class="end-label halo"
            x={round(x(median(points.map((point) =>
              point.x
            ))))}
            y={round(
              y(median(points.map((point) =>
                point.y
              ))) + 4,
            )}
            text-anchor="middle"
          >
            {name}
          </text>
        </g>
      ))}
    </>
  );
}
