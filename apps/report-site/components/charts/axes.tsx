// @ts-types="@types/d3-scale"
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import type { JSX } from "preact";
import type { Format } from "../../language/format.ts";
import { round } from "./chart.tsx";

/** The label, range and tick format of an axis. */
export interface AxisSpec {
  /** Quantity on the axis, with its unit. */
  readonly label: string;
  /** Writes a tick with so many decimals, which tell all ticks of the axis apart. */
  readonly format: (value: number, digits: number) => string;
  /** Divisor for the values at ticks, which the label must mention. */
  readonly divisor?: number;
  /** Ends of the axis; those of the data by default. */
  readonly domain?: readonly [low: number, high: number];
  /** Logarithmic instead of linear. */
  readonly log?: boolean;
  /** True for counts, whose ticks are at whole numbers only. */
  readonly whole?: boolean;
}

/** The axis of large numbers, such as inertia: ticks are small, and the label has the power of ten. */
export function scaledAxis(label: string, values: readonly number[], format: Format): AxisSpec {
  const { divisor, text } = format.powerOfTen(values);
  return { label: text === "" ? label : `${label} (${text})`, format: format.decimal, divisor };
}

/** The rectangle that marks are drawn in. */
export interface Plot {
  /** Left edge. */
  readonly left: number;
  /** Right edge. */
  readonly right: number;
  /** Upper edge. */
  readonly top: number;
  /** Lower edge. */
  readonly bottom: number;
}

/** Maps values to coordinates. */
export type Scale = ScaleContinuousNumeric<number, number>;

/** The scale of an axis over the given values. */
export function scaleFor(
  axis: AxisSpec,
  values: readonly number[],
  range: readonly [number, number],
): Scale {
  const [low, high] = axis.domain ?? extent(values);
  const scale = axis.log ? scaleLog() : scaleLinear();
  scale.domain([low, high]).range(range);
  return axis.domain ? scale : scale.nice(10);
}

function extent(values: readonly number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

/** The values at which an axis has ticks. */
export function ticksOf(axis: AxisSpec, scale: Scale, about: number): readonly number[] {
  const ticks = scale.ticks(about).filter((tick) => !axis.whole || Number.isInteger(tick));
  if (!axis.log) return ticks;
  const steps = ticks.filter((tick) => [1, 2, 5].includes(mantissa(tick)));
  return steps.length <= about + 2 ? steps : steps.filter((tick) => mantissa(tick) === 1);
}

function mantissa(value: number): number {
  return round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
}

/** Returns the text of each tick of an axis. */
export function tickLabels(axis: AxisSpec, ticks: readonly number[]): string[] {
  const values = ticks.map((tick) => tick / (axis.divisor ?? 1));
  const common = Math.max(0, ...values.map(decimalsOf));
  return values.map((value) => axis.format(value, axis.log ? decimalsOf(value) : common));
}

/** Writes the values of marks, with more digits than a drawing can show. */
export function exactText(axis: AxisSpec, scale: Scale): (value: number) => string {
  const [low, high] = scale.domain();
  const { divisor = 1 } = axis;
  return (value) => {
    const written = value / divisor;
    if (axis.whole && Number.isInteger(written)) return axis.format(written, 0);
    const span = axis.log ? Math.abs(written) : Math.abs(high - low) / divisor;
    const digits = 3 - Math.floor(Math.log10(span || 1));
    return axis.format(written, Math.max(0, Math.min(6, digits)));
  };
}

/** The decimals that a round value needs. */
function decimalsOf(value: number): number {
  for (let digits = 0; digits < 12; digits += 1) {
    const scaled = value * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 12;
}

/** Properties of an axis. */
export interface AxisProps {
  /** Label, range and tick format. */
  readonly axis: AxisSpec;
  /** Scale from values to coordinates. */
  readonly scale: Scale;
  /** Area of the marks. */
  readonly plot: Plot;
  /** Approximate number of ticks. */
  readonly about?: number;
}

/** Ticks, numbers and label under the plot. */
export function XAxis({ axis, scale, plot, about = 6 }: AxisProps): JSX.Element {
  const ticks = ticksOf(axis, scale, about);
  const labels = tickLabels(axis, ticks);
  return (
    <g class="axis">
      <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} class="axis-line" />
      {ticks.map((tick, index) => {
        const x = round(scale(tick));
        return (
          <g key={tick}>
            <line x1={x} x2={x} y1={plot.bottom} y2={plot.bottom + 5} class="axis-line" />
            <text x={x} y={plot.bottom + 19} text-anchor="middle">{labels[index]}</text>
          </g>
        );
      })}
      <text
        x={(plot.left + plot.right) / 2}
        y={plot.bottom + 39}
        class="axis-label"
        text-anchor="middle"
      >
        {axis.label}
      </text>
    </g>
  );
}

/** Grid lines and numbers left of the plot, and the label above it. */
export function YAxis({ axis, scale, plot, about = 5 }: AxisProps): JSX.Element {
  const ticks = ticksOf(axis, scale, about);
  const labels = tickLabels(axis, ticks);
  return (
    <g class="axis">
      {ticks.map((tick, index) => {
        const y = round(scale(tick));
        return (
          <g key={tick}>
            <line x1={plot.left} x2={plot.right} y1={y} y2={y} class="grid" />
            <text x={plot.left - 8} y={y + 4} text-anchor="end">{labels[index]}</text>
          </g>
        );
      })}
      <text x={0} y={13} class="axis-label">{axis.label}</text>
    </g>
  );
}

/** Room that the numbers of a vertical axis take. */
export function tickRoom(axis: AxisSpec, scale: Scale, about = 5): number {
  const labels = tickLabels(axis, ticksOf(axis, scale, about));
  const longest = Math.max(...labels.map((label) => label.length));
  return longest * 8.4 + 14;
}
