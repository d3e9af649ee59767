// @ts-types="@types/d3-shape"
import { area, line } from "d3-shape";
import type { JSX } from "preact";
import {
  type AxisSpec,
  exactText,
  type Plot,
  type Scale,
  scaleFor,
  tickRoom,
  XAxis,
  YAxis,
} from "./axes.tsx";
import {
  type Canvas,
  Chart,
  type ChartProps,
  pointsText,
  round,
  shortened,
  textWidth,
} from "./chart.tsx";
import { placeLabels } from "./place_labels.ts";
import { Reference, type ReferenceLine } from "./reference_line.tsx";

/** A point of a line, with the range that it may lie in; null breaks the line. */
export interface LinePoint {
  /** Position along the horizontal axis. */
  readonly x: number;
  /** Height. */
  readonly y: number | null;
  /** Lower end of its band. */
  readonly low?: number;
  /** Upper end of its band. */
  readonly high?: number;
  /** True to highlight the point. */
  readonly marked?: boolean;
}

/** One line of a chart. */
export interface LineSeries {
  /** Written at its end; an unnamed line is background. */
  readonly name?: string;
  /** Name of the series in the cells or headings of the figure's table; `name` unless given. */
  readonly inTable?: string;
  /** Colour, by its number in the palette, 1 to 6. */
  readonly colour: number;
  /** Points, from left to right. */
  readonly points: readonly LinePoint[];
  /** True to draw the line dashed. */
  readonly dashed?: boolean;
  /** True to draw the line faint. */
  readonly faint?: boolean;
  /** True to draw a dot at each point. */
  readonly dots?: boolean;
  /** True to draw no line between the points. */
  readonly noLine?: boolean;
}

/** Properties of {@link LineChart}. */
export interface LineChartProps extends Omit<ChartProps, "draw"> {
  /** Horizontal axis. */
  readonly x: AxisSpec;
  /** Vertical axis. */
  readonly y: AxisSpec;
  /** Lines, the one on top last. */
  readonly series: readonly LineSeries[];
  /** Lines to compare with. */
  readonly references?: readonly ReferenceLine[];
  /** True to draw the diagonal from the lower left to the upper right. */
  readonly diagonal?: boolean;
  /** True to put the names of the lines in the corner that they leave free, as they all end at the same place. */
  readonly labelsInside?: boolean;
}

/** Lines with their names at their ends. */
export function LineChart(props: LineChartProps): JSX.Element {
  const markLabels = { x: props.x.label, y: props.y.label };
  return (
    <Chart
      {...props}
      markLabels={markLabels}
      draw={(canvas) => <Lines {...props} canvas={canvas} />}
    />
  );
}

interface Drawn {
  readonly plot: Plot;
  readonly x: Scale;
  readonly y: Scale;
}

function Lines(props: LineChartProps & { readonly canvas: Canvas }): JSX.Element {
  const { canvas, series, references = [] } = props;
  const drawn = layOut(props);
  const width = drawn.plot.right - drawn.plot.left;
  const about = Math.max(2, Math.min(canvas.narrow ? 4 : 7, Math.floor(width / 50)));
  const xText = exactText(props.x, drawn.x);
  const yText = exactText(props.y, drawn.y);
  return (
    <>
      <YAxis axis={props.y} scale={drawn.y} plot={drawn.plot} />
      <XAxis axis={props.x} scale={drawn.x} plot={drawn.plot} about={about} />
      {props.diagonal && <Diagonal {...drawn} />}
      {references.map((reference) => (
        <Reference key={reference.label} reference={reference} {...drawn} />
      ))}
      {series.map((one, index) => (
        <Line key={index} series={one} canvas={canvas} {...drawn} xText={xText} yText={yText} />
      ))}
      {props.labelsInside
        ? <CornerLabels series={series} {...drawn} />
        : <EndLabels series={series} {...drawn} />}
    </>
  );
}

function layOut(props: LineChartProps & { canvas: Canvas }): Drawn {
  const { canvas, series, references = [], x, y } = props;
  const points = series.flatMap((one) => one.points);
  const heights = points.flatMap((point) => [point.y, point.low, point.high])
    .concat(references.map((reference) => "y" in reference ? reference.y : undefined))
    .filter((value) => typeof value === "number");
  const vertical = { top: 30, bottom: canvas.height - 48 };
  const yScale = scaleFor(y, heights, [vertical.bottom, vertical.top]);
  const names = series.flatMap((one) => one.name ?? []);
  const longest = Math.max(...names.map((name) => textWidth(name, "bold"))) + 14;
  const room = names.length > 0 && !props.labelsInside ? Math.min(canvas.width / 2, longest) : 26;
  const plot = { left: tickRoom(y, yScale), right: canvas.width - room, ...vertical };
  const places = points.map((point) => point.x)
    .concat(references.flatMap((reference) => "x" in reference ? reference.x : []));
  const xScale = scaleFor(x, places, [plot.left + 4, plot.right]);
  return { plot, x: xScale, y: yScale };
}

/** As much of a name as there is room for beside the plot, which has half of the drawing at least. */
function nameIn(plot: Plot, name: string): string {
  return shortened(name, plot.right - 14, "bold");
}

interface LineProps extends Drawn {
  readonly canvas: Canvas;
  readonly series: LineSeries;
  readonly xText: (value: number) => string;
  readonly yText: (value: number) => string;
}

function Line({ series, canvas, x, y, xText, yText }: LineProps): JSX.Element {
  const defined = (point: LinePoint) => point.y !== null;
  const path = line<LinePoint>((point) => round(x(point.x)), (point) => round(y(point.y!)))
    .defined(defined)(series.points);
  const banded = series.points.filter((point) => point.low !== undefined);
  const band = area<LinePoint>(
    (point) => round(x(point.x)),
    (point) => round(y(point.low!)),
    (point) => round(y(point.high!)),
  )(banded);
  const classes = ["line", series.dashed && "dashed", series.faint && "faint"].filter(Boolean);
  const heightText = ({ y, low, high }: LinePoint) =>
    low === high ? yText(y!) : `${yText(y!)} (${yText(low!)}–${yText(high!)})`;
  const shown = series.points.filter(defined)
    .map((point) => [xText(point.x), heightText(point)] as const);
  return (
    <g class={`series-${series.colour}`} data-series={keyOf(series)} data-name={series.name}>
      {banded.length > 1 && <path d={band!} class="band" />}
      {path && (
        <path
          d={path}
          class={series.noLine ? "no-line" : classes.join(" ")}
          data-points={series.name && pointsText(shown, canvas)}
        />
      )}
      {series.dots &&
        series.points.filter(defined).map((point) => (
          <circle key={point.x} cx={round(x(point.x))} cy={round(y(point.y!))} r={3} class="dot" />
        ))}
      {series.points.filter((point) => point.marked && defined(point)).map((point) => (
        <circle key={point.x} cx={round(x(point.x))} cy={round(y(point.y!))} r={6.5} class="ring" />
      ))}
    </g>
  );
}

/** Returns the name of a series in the figure's table. */
function keyOf({ inTable, name }: LineSeries): string | undefined {
  return inTable ?? name;
}

function EndLabels({ series, plot, x, y }: Drawn & { series: readonly LineSeries[] }): JSX.Element {
  const all = series.flatMap((one) => {
    const { name, colour, points } = one;
    const last = points.findLast((point) => point.y !== null);
    return name && last ? [{ name, key: keyOf(one), colour, x: x(last.x), y: y(last.y!) }] : [];
  });
  const early = all.filter((end) => end.x < plot.left + 0.6 * (plot.right - plot.left));
  const ends = all.filter((end) => !early.includes(end));
  const limits = { low: plot.top, high: plot.bottom - 4 };
  const places = placeLabels(ends.map((end) => end.y), 16, limits);
  const earlyPlaces = placeLabels(early.map((end) => end.y - 13), 16, limits);
  // Names of lines that end early stay inside the plot if others stand beside it.
  const reach = ends.length > 0 ? plot.right : Infinity;
  return (
    <>
      {early.map((end, index) => {
        const start = Math.min(end.x + 10, reach - textWidth(end.name, "bold"));
        const x = Math.max(plot.left + 4, start);
        return (
          <g key={end.name} class={`series-${end.colour}`} data-series={end.key}>
            <text class="end-label halo" x={round(x)} y={round(earlyPlaces[index] + 4)}>
              {shortened(end.name, Math.min(plot.right - 14, reach - x), "bold")}
            </text>
          </g>
        );
      })}
      {ends.map((end, index) => (
        <g key={end.name} class={`series-${end.colour}`} data-series={end.key}>
          {leaderNeeded(end, places[index], plot) && (
            <path
              class="leader"
              d={`M${round(end.x + 3)},${round(end.y)}L${plot.right + 8},${round(places[index])}`}
            />
          )}
          <text x={plot.right + 10} y={round(places[index] + 4)} class="end-label">
            {nameIn(plot, end.name)}
          </text>
        </g>
      ))}
    </>
  );
}

function CornerLabels({ series, plot }: Drawn & { series: readonly LineSeries[] }): JSX.Element {
  const named = series.filter((one) => one.name !== undefined).toReversed();
  const below = isBelowDiagonal(series);
  const top = below ? plot.top + 14 : plot.bottom - 18 * named.length;
  const right = below ? plot.left + 42 : plot.right - 10;
  return (
    <>
      {named.map((one, index) => {
        const { name, colour, dashed } = one;
        const y = top + 18 * index;
        return (
          <g key={name} class={`series-${colour}`} data-series={keyOf(one)}>
            <line
              class={dashed ? "line dashed" : "line"}
              x1={right - 26}
              x2={right}
              y1={y}
              y2={y}
            />
            <text
              class="end-label halo"
              x={below ? right + 8 : right - 34}
              y={y + 4}
              text-anchor={below ? "start" : "end"}
            >
              {nameIn(plot, name!)}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** Returns true if the lines run below the diagonal, where their names would be. */
function isBelowDiagonal(series: readonly LineSeries[]): boolean {
  const points = series.flatMap((one) => one.points);
  return points.filter((point) => (point.y ?? 0) < point.x).length > points.length / 2;
}

function leaderNeeded(end: { x: number; y: number }, place: number, plot: Plot): boolean {
  return Math.abs(end.y - place) > 5 || end.x < plot.right - 12;
}

function Diagonal({ plot }: Drawn): JSX.Element {
  return (
    <line class="reference" x1={plot.left + 4} y1={plot.bottom} x2={plot.right} y2={plot.top} />
  );
}
