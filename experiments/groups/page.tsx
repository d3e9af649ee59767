import { type Format, PageTop, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { countText } from "../count_text.ts";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { Bic, Classes, Curve, MixtureTable } from "./choices.tsx";
import { Centroids, ClustersTable, GroupMap, Profiles } from "./clusters.tsx";
import { Cover } from "./cover.tsx";
import { agreementCurve, findGroups, headline, silhouetteCurve } from "./findings.ts";
import { groupsPayload, type GroupsResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment that finds the groups of a table of one's own. */
export const experiment: Experiment = await defineExperiment({
  id: "groups",
  schema: groupsPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "groups",
  onOwnData: true,
  Content: GroupsContent,
  headline,
  Cover,
  coverImage: ({ payload }) => payload.centroids ?? undefined,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function GroupsContent({ result }: ContentProps<GroupsResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { payload } = result;
  const silhouettes = silhouetteCurve(result);
  const agreements = agreementCurve(result);
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findGroups(result, t, format)}
        method={methodOf(result, t, format)}
      />
      <ClustersTable result={result} />
      <GroupMap result={result} />
      {payload.profiles.length > 0 && <Profiles result={result} />}
      {payload.centroids !== null && <Centroids result={result} />}
      {silhouettes.length > 0 && (
        <Curve
          id="silhouette"
          title={t.silhouetteTitle}
          caption={t.silhouetteCaption(format.count(payload.silhouetteRows))}
          label={t.silhouetteY}
          curve={silhouettes}
          chosen={payload.clusters.length}
        />
      )}
      {agreements.length > 0 && (
        <Curve
          id="stability"
          title={t.stabilityTitle}
          caption={t.stabilityCaption}
          label={t.stabilityY}
          curve={agreements}
          chosen={payload.clusters.length}
        />
      )}
      <Bic result={result} />
      <MixtureTable result={result} />
      {payload.classes !== null && <Classes result={result} />}
    </>
  );
}

function methodOf(
  { payload, data: [own] }: GroupsResult,
  t: Words,
  format: Format,
): string {
  const { clusterings, trials, dimensions, varianceShare } = payload;
  const tried = clusterings.map(({ clusters }) => clusters);
  const isProjected = varianceShare < 1 || dimensions < own.columns;
  return t.method({
    rows: format.count(payload.searchRows),
    seeds: format.count(payload.seeds),
    first: tried.length === 0 ? null : format.count(tried[0]),
    last: tried.length === 0 ? null : format.count(tried[tried.length - 1]),
    drawn: format.count(payload.silhouetteRows),
    dimensions: format.count(dimensions),
    share: isProjected ? format.percent(varianceShare) : null,
    columns: isProjected ? null : countText(own.columns, t.columnsText, format),
    patience: format.count(payload.patience),
    largest: format.count(Math.max(...trials.map(({ components }) => components))),
  });
}
