import {
  DataTable,
  Figure,
  MatrixChart,
  ScatterChart,
  Section,
  seriesColour,
  TileList,
  tileTable,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { areSlanted } from "../slanted_names.ts";
import { clusterName } from "./findings.ts";
import type { GroupsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The clusters, their sizes and central rows. */
export function ClustersTable({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { clusters } = result.payload;
  const hasIds = clusters.some(({ nearest }) => nearest.id !== null);
  const all = clusters.reduce((sum, { rows }) => sum + rows, 0);
  return (
    <Section id="clusters" title={t.clustersTitle}>
      <p>{t.clustersIntro}</p>
      <DataTable
        caption={t.clustersTitle}
        name="groups-clusters"
        columns={[
          { label: t.columns.cluster },
          { label: t.columns.rows, format: format.count },
          { label: t.columns.share, format: (value) => format.percent(value) },
          { label: t.columns.spread, format: (value) => format.significant(value, 3) },
          { label: t.columns.nearest, format: format.count },
          ...hasIds ? [{ label: t.columns.id }] : [],
        ]}
        rows={clusters.map(({ rows, spread, nearest }, at) => [
          clusterName(at, t, format),
          rows,
          rows / all,
          spread,
          nearest.row,
          ...hasIds ? [nearest.id] : [],
        ])}
      />
    </Section>
  );
}

/** Rows in the plane of the first two principal components, coloured by cluster. */
export function GroupMap({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { map: { shares, x, y, cluster }, clusters } = result.payload;
  const [first, second] = shares.map((share) => format.percent(share));
  const caption = t.mapCaption(first, second, format.count(x.length));
  const three = (value: number) => format.decimal(value, 3);
  return (
    <Figure
      id="map"
      title={t.mapTitle}
      caption={caption}
      table={{
        columns: [
          { label: t.columns.cluster },
          { label: t.mapX, format: three },
          { label: t.mapY, format: three },
        ],
        rows: x.map((_, at) => [clusterName(cluster[at], t, format), x[at], y[at]]),
      }}
    >
      <ScatterChart
        title={t.mapTitle}
        description={caption}
        height={480}
        x={{ label: t.mapX, format: format.decimal }}
        y={{ label: t.mapY, format: format.decimal }}
        series={clusters.map((_, group) => ({
          name: clusterName(group, t, format),
          colour: seriesColour(group),
          points: x.flatMap((_, at) => cluster[at] === group ? [{ x: x[at], y: y[at] }] : []),
        }))}
      />
    </Figure>
  );
}

/** Means of the columns that tell clusters apart most. */
export function Profiles({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { profiles, clusters } = result.payload;
  const names = clusters.map((_, at) => clusterName(at, t, format));
  const four = (value: number) => format.significant(value, 4);
  return (
    <Figure
      id="profiles"
      title={t.profilesTitle}
      caption={t.profilesCaption}
      table={{
        columns: [
          { label: t.columns.column },
          { label: t.columns.between, format: (value) => format.percent(value) },
          ...names.map((label) => ({ label, format: four })),
        ],
        rows: profiles.map(({ name, share, means }) => [name, share, ...means]),
      }}
    >
      <MatrixChart
        title={t.profilesTitle}
        description={t.profilesCaption}
        values={profiles.map(({ means }) => means.map((mean) => mean ?? NaN))}
        shades={profiles.map(({ means }) => shadesOf(means))}
        format={(value) => Number.isNaN(value) ? "—" : format.significant(value, 3)}
        rows={{ label: t.columns.column, names: profiles.map(({ name }) => name) }}
        columns={{ label: t.columns.cluster, names }}
        slanted={areSlanted(names)}
      />
    </Figure>
  );
}

/** Distance of each mean above the mean of all, in units of the largest such distance. */
function shadesOf(means: readonly (number | null)[]): number[] {
  const present = means.filter((mean) => mean !== null);
  const centre = present.reduce((sum, mean) => sum + mean / present.length, 0);
  const farthest = Math.max(...present.map((mean) => Math.abs(mean - centre)));
  return means.map((mean) => mean === null || farthest === 0 ? 0 : (mean - centre) / farthest);
}

/** Mean images of the clusters. */
export function Centroids({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const { clusters, centroids } = result.payload;
  const names = clusters.map((_, at) => clusterName(at, t, format));
  return (
    <Figure
      id="centroids"
      title={t.centroidsTitle}
      caption={t.centroidsCaption}
      images={centroids!}
      table={tileTable(centroids!, text, format, { column: t.columns.cluster, values: names })}
    >
      <TileList
        sprite={centroids!}
        labels={names.map((label) => ({ label }))}
        alt={t.centroidsAlt}
      />
    </Figure>
  );
}
