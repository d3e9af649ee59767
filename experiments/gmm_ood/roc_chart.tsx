import { LineChart, type LineSeries, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { rocOf } from "./score_curves.ts";
import type { Words } from "./words/en.ts";

/** Properties of {@link RocChart}. */
export interface RocChartProps {
  /** Name of the chart, for readers who do not see it. */
  readonly title: string;
  /** Its description. */
  readonly description: string;
  /** Size of the drawing. */
  readonly size: { readonly width: number; readonly height: number; readonly narrowHeight: number };
  /** ROC curve of the maximum softmax probability, drawn dashed beneath the others. */
  readonly softmax: ReturnType<typeof rocOf>;
  /** ROC curves of the mixtures. */
  readonly mixtures: readonly LineSeries[];
}

/** A chart of ROC curves of mixtures beside that of the softmax, with the diagonal of chance. */
export function RocChart(props: RocChartProps): JSX.Element {
  const { title, description, size, softmax, mixtures } = props;
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <LineChart
      title={title}
      description={description}
      {...size}
      x={{ label: t.rocX, format: format.percentTick, domain: [0, 1] }}
      y={{ label: t.rocY, format: format.percentTick, domain: [0, 1] }}
      diagonal
      labelsInside
      series={[{ name: t.softmax, colour: 6, dashed: true, points: softmax }, ...mixtures]}
    />
  );
}
