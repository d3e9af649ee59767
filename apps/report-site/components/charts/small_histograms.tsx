import type { JSX } from "preact";
import { round } from "./chart.tsx";

/** A small histogram. */
export interface SmallHistogram {
  /** Name of what is counted. */
  readonly name: string;
  /** Number of values in each bin; all bins are equally wide. */
  readonly counts: readonly number[];
  /** Lower end of the first bin, as text. */
  readonly low: string;
  /** Upper end of the last bin, as text. */
  readonly high: string;
}

/** Properties of {@link SmallHistograms}. */
export interface SmallHistogramsProps {
  /** The histograms, in reading order. */
  readonly histograms: readonly SmallHistogram[];
  /** Describes a histogram for screen readers. */
  readonly alt: (histogram: SmallHistogram) => string;
}

const width = 120;
const height = 40;

/** Many small histograms side by side, each with its name and the ends of its axis. */
export function SmallHistograms({ histograms, alt }: SmallHistogramsProps): JSX.Element {
  return (
    <ul class="small-histograms">
      {histograms.map((histogram, at) => (
        <li key={at}>
          <span class="small-name">{histogram.name}</span>
          <svg
            class="small-histogram"
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={alt(histogram)}
          >
            <path d={steps(histogram.counts)} />
            <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
          </svg>
          <span class="small-ends">
            <span>{histogram.low}</span>
            <span>{histogram.high}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The outline of the bars, the highest as high as the drawing. */
function steps(counts: readonly number[]): string {
  const largest = Math.max(1, ...counts);
  const bars = counts.map((count, bin) => {
    const top = round(height - 1 - (height - 2) * count / largest);
    return `V${top}H${round((bin + 1) * width / counts.length)}`;
  });
  return `M0,${height - 1}${bars.join("")}V${height - 1}Z`;
}
