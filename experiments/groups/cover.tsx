import {
  CoverPicture,
  CoverTiles,
  ScatterChart,
  seriesColour,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import { clusterName } from "./findings.ts";
import type { GroupsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The centroids of images; of other rows, a map of the clusters. */
export function Cover({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { map: { x, y, cluster }, clusters, centroids } = result.payload;
  const names = clusters.map((_, at) => clusterName(at, t, format));
  if (centroids !== null) {
    return (
      <CoverPicture caption={t.coverCentroidsCaption}>
        <CoverTiles
          sprite={centroids}
          tiles={names.map((name, tile) => ({ tile, alt: t.centroidsAlt(name) }))}
        />
      </CoverPicture>
    );
  }
  return (
    <CoverPicture caption={t.coverMapCaption}>
      <ScatterChart
        title={t.mapTitle}
        description={t.coverMapCaption}
        narrowHeight={220}
        x={{ label: t.mapX, format: format.decimal }}
        y={{ label: t.mapY, format: format.decimal }}
        series={names.map((name, group) => ({
          name,
          colour: seriesColour(group),
          points: x.flatMap((_, at) => cluster[at] === group ? [{ x: x[at], y: y[at] }] : []),
        }))}
      />
    </CoverPicture>
  );
}
