import {
  DataTable,
  Figure,
  LineChart,
  MatrixChart,
  Section,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { ClusterCurve, type ClusterCurveProps } from "../cluster_curve.tsx";
import type { ContentProps } from "../experiment.ts";
import { areSlanted } from "../slanted_names.ts";
import { clusterName, rankedTrials } from "./findings.ts";
import { covariances, type GroupsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Properties of {@link Curve}. */
export interface CurveProps
  extends Pick<ClusterCurveProps, "id" | "title" | "caption" | "curve" | "chosen"> {
  /** Label of the vertical axis. */
  readonly label: string;
}

/** A value against the number of clusters. */
export function Curve({ label, ...props }: CurveProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <ClusterCurve
      {...props}
      height={280}
      clustersAxis={t.clustersX}
      axis={{ label, format: format.decimal }}
      write={(value) => format.decimal(value, 3)}
      columns={t.columns}
    />
  );
}

/** BIC of every mixture that was tried. */
export function Bic({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const { trials } = result.payload;
  const ranked = rankedTrials(result);
  return (
    <Figure
      id="bic"
      title={t.bicTitle}
      caption={t.bicCaption}
      table={{
        columns: [
          { label: t.columns.shape },
          { label: t.columns.components, format: format.count },
          { label: t.columns.bic, format: (value) => format.decimal(value, 1) },
          { label: t.columns.shrunken },
          { label: t.columns.converged },
        ],
        rows: trials.map(({ covariance, components, bic, isShrunken, converged }) => [
          t.shapes[covariance],
          components,
          bic,
          isShrunken ? text.site.yes : text.site.no,
          converged ? text.site.yes : text.site.no,
        ]),
      }}
    >
      <LineChart
        title={t.bicTitle}
        description={t.bicCaption}
        x={{ label: t.componentsX, format: format.count, whole: true }}
        y={{ label: t.bicY, format: format.decimal }}
        series={covariances.map((covariance, at) => ({
          name: t.shapes[covariance],
          colour: seriesColour(at),
          dots: true,
          points: ranked.filter((one) => one.covariance === covariance)
            .map((one, place) => ({
              x: one.components,
              y: one.bic - ranked[0].bic,
              marked: place === 0,
            }))
            .toSorted((a, b) => a.x - b.x),
        }))}
      />
    </Figure>
  );
}

/** Weights of the components of the chosen mixture. */
export function MixtureTable({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <Section id="mixture" title={t.mixtureTitle}>
      <DataTable
        caption={t.mixtureTitle}
        name="groups-mixture"
        columns={[
          { label: t.columns.component, format: format.count },
          { label: t.columns.weight, format: (value) => format.percent(value) },
        ]}
        rows={result.payload.mixture.weights.map((weight, at) => [at + 1, weight])}
      />
    </Section>
  );
}

/** Agreement of clusters and components with the classes. */
export function Classes({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { classes, clusters } = result.payload;
  const { counts } = classes!;
  const three = (value: number) => format.decimal(value, 3);
  const names = clusters.map((_, at) => clusterName(at, t, format));
  const { classNames } = result.data[0];
  return (
    <Section id="classes" title={t.classesTitle}>
      <DataTable
        caption={t.agreementTitle}
        name="groups-agreement"
        columns={[
          { label: t.columns.division },
          { label: t.columns.ami, format: three },
          { label: t.columns.ari, format: three },
        ]}
        rows={(["clusters", "components"] as const).map((division) => [
          t.divisions[division],
          classes![division].ami,
          classes![division].ari,
        ])}
      />
      {counts !== null && (
        <Figure
          id="contingency"
          title={t.countsTitle}
          caption={t.classesCaption}
          table={{
            columns: [
              { label: t.columns.className },
              ...names.map((label) => ({ label, format: format.count })),
            ],
            rows: counts.map((row, at) => [classNames[at], ...row]),
          }}
        >
          <MatrixChart
            title={t.countsTitle}
            description={t.classesCaption}
            values={counts}
            format={format.count}
            rows={{ label: t.classesRows, names: classNames }}
            columns={{ label: t.classesColumns, names }}
            slanted={areSlanted(names)}
          />
        </Figure>
      )}
    </Section>
  );
}
