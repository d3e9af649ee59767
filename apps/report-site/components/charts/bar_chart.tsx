import type { JSX } from "preact";
import { type AxisSpec, exactText, scaleFor, ticksOf, XAxis } from "./axes.tsx";
import {
  type Canvas,
  Chart,
  type ChartProps,
  markText,
  round,
  shortened,
  textWidth,
} from "./chart.tsx";

/** Bars of one kind. */
export interface BarSeries {
  /** Name of the series. */
  readonly name: string;
  /** Name of the series in the cells or headings of the figure's table; `name` unless given. */
  readonly inTable?: string;
  /** Colour, by its number in the palette, 1 to 6. */
  readonly colour: number;
  /** One value per row. */
  readonly values: readonly number[];
}

/** Properties of {@link BarChart}. */
export interface BarChartProps extends Omit<ChartProps, "draw" | "height" | "narrowHeight"> {
  /** Names of the rows, from top to bottom. */
  readonly rows: readonly string[];
  /** Horizontal axis; bars start at its lower end. */
  readonly x: AxisSpec;
  /** Bars, side by side in each row. */
  readonly series: readonly BarSeries[];
}

const barHeight = 11;
const rowGap = 9;

/** Horizontal bars in groups, with a key above. */
export function BarChart(props: BarChartProps): JSX.Element {
  const rows = props.rows.length * (props.series.length * barHeight + rowGap);
  return (
    <Chart
      {...props}
      markLabels={{ y: props.x.label }}
      height={rows + 84}
      narrowHeight={rows + 84}
      draw={(canvas) => <Bars {...props} canvas={canvas} />}
    />
  );
}

function Bars(
  { rows, x, series, canvas }: BarChartProps & { readonly canvas: Canvas },
): JSX.Element {
  const longest = Math.max(...rows.map((name) => textWidth(name)));
  const left = Math.min(0.45 * canvas.width, longest + 6);
  const plot = { left, right: canvas.width - 26, top: 30, bottom: canvas.height - 48 };
  const values = [0, ...series.flatMap((one) => one.values)];
  const scale = scaleFor(x, values, [plot.left, plot.right]);
  const step = series.length * barHeight + rowGap;
  const about = canvas.narrow ? 3 : 6;
  const valueText = exactText(x, scale);
  return (
    <>
      <Key series={series} narrow={canvas.narrow} />
      {ticksOf(x, scale, about).map((tick) => (
        <line
          key={tick}
          class="grid"
          x1={round(scale(tick))}
          x2={round(scale(tick))}
          y1={plot.top}
          y2={plot.bottom}
        />
      ))}
      {rows.map((name, row) => {
        const top = plot.top + rowGap / 2 + row * step;
        return (
          <g key={row}>
            <text
              class="row-label"
              x={plot.left - 8}
              y={top + (step - rowGap) / 2 + 4}
              text-anchor="end"
            >
              {shortened(name, left - 8)}
            </text>
            {series.map((one, index) => (
              <rect
                key={one.name}
                class={`bar series-${one.colour}`}
                data-series={one.inTable ?? one.name}
                data-name={one.name}
                data-mark={markText(name, valueText(one.values[row]))}
                x={plot.left}
                y={top + index * barHeight}
                width={round(Math.max(0, scale(one.values[row]) - plot.left))}
                height={barHeight - 2}
              />
            ))}
          </g>
        );
      })}
      <XAxis axis={x} scale={scale} plot={plot} about={about} />
    </>
  );
}

/** Properties of {@link Key}. */
export interface KeyProps {
  /** Names and colours. */
  readonly series: readonly {
    readonly name: string;
    readonly colour: number;
    /** Name in the figure's table; `name` unless given. */
    readonly inTable?: string;
  }[];
  /** True for narrow screens. */
  readonly narrow: boolean;
}

/** Colours and what they mean, in a line above the plot. */
export function Key({ series, narrow }: KeyProps): JSX.Element {
  const room = narrow ? 340 : 744;
  const wanted = series.reduce((sum, { name }) => sum + textWidth(name, "bold") + 34, 0);
  // Widths are estimated for wide fonts.
  const overfull = wanted > 1.2 * room;
  let x = 0;
  return (
    <g class="key">
      {series.map(({ name, colour, inTable = name }) => {
        const at = x;
        const shown = overfull ? shortened(name, room / series.length - 34, "bold") : name;
        x += textWidth(shown, "bold") + 34;
        return (
          <g key={name} class={`series-${colour}`} data-series={inTable}>
            <rect class="bar" x={at} y={4} width={14} height={10} />
            <text x={at + 20} y={13} class="end-label">{shown}</text>
          </g>
        );
      })}
    </g>
  );
}
