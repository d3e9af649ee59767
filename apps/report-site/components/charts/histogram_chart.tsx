import type { ScoreHistogram } from "@mixtape/results";
import type { JSX } from "preact";
import { type AxisSpec, exactText, scaleFor, XAxis, YAxis } from "./axes.tsx";
import { Key } from "./bar_chart.tsx";
import { type Canvas, Chart, type ChartProps, pointsText, round } from "./chart.tsx";

/** Properties of {@link HistogramChart}. */
export interface HistogramChartProps extends Omit<ChartProps, "draw"> {
  /** Scores of both kinds of data. */
  readonly histogram: ScoreHistogram;
  /** Names of the two kinds of data. */
  readonly names: { readonly inDistribution: string; readonly outOfDistribution: string };
  /** Their names in the headings of the figure's table; their names in the chart unless given. */
  readonly inTable?: { readonly inDistribution: string; readonly outOfDistribution: string };
  /** Horizontal axis. */
  readonly x: AxisSpec;
  /** Vertical axis: shares of each kind. */
  readonly y: AxisSpec;
  /** A score to mark, and what to call it. */
  readonly marker?: { readonly value: number; readonly label: string };
}

/** Two histograms of shares in the same bins; bars beyond the dashed lines hold the tails. */
export function HistogramChart(props: HistogramChartProps): JSX.Element {
  const markLabels = { x: props.x.label, y: props.y.label };
  return (
    <Chart
      {...props}
      markLabels={markLabels}
      draw={(canvas) => <Histogram {...props} canvas={canvas} />}
    />
  );
}

function Histogram(props: HistogramChartProps & { readonly canvas: Canvas }): JSX.Element {
  const { histogram, names, inTable = names, canvas, x, y, marker } = props;
  const { edges } = histogram;
  const kinds = [
    {
      name: names.inDistribution,
      inTable: inTable.inDistribution,
      colour: 1,
      shares: shares(histogram.inDistribution),
    },
    {
      name: names.outOfDistribution,
      inTable: inTable.outOfDistribution,
      colour: 2,
      shares: shares(histogram.outOfDistribution),
    },
  ];
  const plot = { left: 50, right: canvas.width - 12, top: 48, bottom: canvas.height - 48 };
  const tail = canvas.narrow ? 12 : 20;
  const xScale = scaleFor(
    { ...x, domain: [edges[0], edges[edges.length - 1]] },
    edges,
    [plot.left + tail, plot.right - tail],
  );
  const yScale = scaleFor(y, [0, ...kinds.flatMap((kind) => kind.shares)], [plot.bottom, plot.top]);
  // A score beyond the edges is marked in the middle of its tail.
  const markerAt = (value: number): number =>
    Math.max(plot.left + tail / 2, Math.min(plot.right - tail / 2, xScale(value)));
  const xText = exactText(x, xScale);
  const yText = exactText(y, yScale);
  const ends = edges.map(xText);
  const bins = [
    `< ${ends[0]}`,
    ...ends.slice(1).map((end, bin) => `${ends[bin]} – ${end}`),
    `≥ ${ends[ends.length - 1]}`,
  ];
  const xs = [plot.left, ...edges.map((edge) => xScale(edge)), plot.right];
  return (
    <>
      <Key series={kinds} narrow={canvas.narrow} />
      <g transform="translate(0 18)">
        <text x={0} y={13} class="axis-label">{y.label}</text>
      </g>
      <YAxis axis={{ ...y, label: "" }} scale={yScale} plot={plot} />
      {[xs[1], xs[xs.length - 2]].map((end) => (
        <line
          key={end}
          class="reference"
          x1={round(end)}
          x2={round(end)}
          y1={plot.top}
          y2={plot.bottom}
        />
      ))}
      {kinds.map((kind) => (
        <path
          key={kind.name}
          class={`histogram series-${kind.colour}`}
          data-series={kind.inTable}
          data-name={kind.name}
          data-bars={pointsText(kind.shares.map((share, bin) => [bins[bin], yText(share)]), canvas)}
          d={steps(xs, kind.shares.map((share) => yScale(share)), plot.bottom)}
        />
      ))}
      {marker && <Marker label={marker.label} at={markerAt(marker.value)} plot={plot} />}
      <XAxis axis={x} scale={xScale} plot={plot} about={canvas.narrow ? 4 : 8} />
    </>
  );
}

interface MarkerProps {
  readonly label: string;
  readonly at: number;
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
}

function Marker({ label, at, plot }: MarkerProps): JSX.Element {
  const onLeft = at > (plot.left + plot.right) / 2;
  return (
    <g class="marker">
      <line x1={round(at)} x2={round(at)} y1={plot.top} y2={plot.bottom} />
      <text
        class="halo"
        x={round(onLeft ? at - 7 : at + 7)}
        y={plot.top + 14}
        text-anchor={onLeft ? "end" : "start"}
      >
        {label}
      </text>
    </g>
  );
}

function shares(counts: ScoreHistogram["inDistribution"]): number[] {
  const all = [counts.below, ...counts.counts, counts.above];
  const total = all.reduce((sum, count) => sum + count, 0);
  return all.map((count) => count / Math.max(1, total));
}

function steps(xs: readonly number[], heights: readonly number[], bottom: number): string {
  const parts = heights.map((height, bin) => `V${round(height)}H${round(xs[bin + 1])}`);
  return `M${round(xs[0])},${round(bottom)}${parts.join("")}V${round(bottom)}Z`;
}
