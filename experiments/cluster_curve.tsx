import { type AxisSpec, Figure, LineChart, usePage } from "@mixtape/report-site/components";
import type { ComponentProps, JSX } from "preact";
import type { AtClusters } from "./cluster_choice.ts";

/** Properties of {@link ClusterCurve}. */
export interface ClusterCurveProps
  extends Pick<ComponentProps<typeof LineChart>, "height" | "references"> {
  /** Anchor of the figure. */
  readonly id: string;
  /** Title of the figure. */
  readonly title: string;
  /** Caption of the figure. */
  readonly caption: string;
  /** The value by numbers of clusters. */
  readonly curve: readonly AtClusters[];
  /** The number of clusters that was chosen, if one was. */
  readonly chosen?: number;
  /** Label of the numbers of clusters on the axis. */
  readonly clustersAxis: string;
  /** The axis of the value. */
  readonly axis: AxisSpec;
  /** Writes a value in the table. */
  readonly write: (value: number) => string;
  /** Headings of the table. */
  readonly columns: Readonly<Record<"clusters" | "mean" | "low" | "high", string>>;
}

/** A value against the number of clusters, with its range over the seeds. */
export function ClusterCurve(props: ClusterCurveProps): JSX.Element {
  const { id, title, caption, curve, chosen, clustersAxis, axis, write, columns, ...drawn } = props;
  const { format } = usePage();
  return (
    <Figure
      id={id}
      title={title}
      caption={caption}
      table={{
        columns: [
          { label: columns.clusters, format: format.count },
          { label: columns.mean, format: write },
          { label: columns.low, format: write },
          { label: columns.high, format: write },
        ],
        rows: curve.map(({ clusters, mean, low, high }) => [clusters, mean, low, high]),
      }}
    >
      <LineChart
        title={title}
        description={caption}
        x={{ label: clustersAxis, format: format.count, whole: true }}
        y={axis}
        series={[{
          name: columns.mean,
          colour: 1,
          dots: true,
          points: curve.map(({ clusters, mean, low, high }) => ({
            x: clusters,
            y: mean,
            low,
            high,
            marked: clusters === chosen,
          })),
        }]}
        {...drawn}
      />
    </Figure>
  );
}
