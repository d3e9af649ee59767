import {
  classNamesOf,
  Figure,
  MatrixChart,
  Section,
  TileRow,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { countText } from "../count_text.ts";
import { indicesOf } from "../indices_of.ts";
import { bestRepresentative, greyLevels, majorityShare, runOf } from "./findings.ts";
import type { KMeansInitResult, KMeansRepresentative } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Properties of the parts of this section. */
export interface StartProps {
  /** The result. */
  readonly result: KMeansInitResult;
  /** The best run from one start. */
  readonly one: KMeansRepresentative;
}

/** The best run from one start, looked at closely. */
export function StartSection({ result, one }: StartProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const run = runOf(result, one);
  return (
    <Section id={anchorOf(one)} title={t.startHeading(t.startsInProse[one.start])}>
      <p>
        {t.startIntro(
          format.count(run.seed),
          format.count(run.iterations),
          format.significant(greyLevels(result, run.inertia), 5),
        )}
      </p>
      <Clusters result={result} one={one} />
      <Contingency result={result} one={one} />
    </Section>
  );
}

function anchorOf({ start }: KMeansRepresentative): string {
  return `from-${start.replace("++", "-plus-plus")}`;
}

function Clusters({ result, one }: StartProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const clusters = indicesOf(one.clusterSizes.length);
  const isReference = one === bestRepresentative(result);
  const title = t.centroidsTitle(t.startsInProse[one.start]);
  return (
    <Figure
      id={`${anchorOf(one)}-clusters`}
      title={title}
      caption={t.centroidsCaption}
      images={one.centroids}
      table={{
        columns: [
          { label: t.clusterColumn, format: format.count },
          { label: t.majorityColumn },
          { label: t.sizeColumn, format: format.count },
        ],
        rows: clusters.map((cluster) => [
          cluster + 1,
          t.clusterMajority(
            names[one.majorityClasses[cluster]],
            format.percent(majorityShare(one, cluster), 0),
          ),
          one.clusterSizes[cluster],
        ]),
      }}
    >
      <ul class="clusters">
        {clusters.map((cluster) => (
          <Cluster
            key={cluster}
            one={one}
            cluster={cluster}
            names={names}
            isReference={isReference}
          />
        ))}
      </ul>
    </Figure>
  );
}

interface ClusterProps {
  readonly one: KMeansRepresentative;
  readonly cluster: number;
  readonly names: readonly string[];
  /** True if it is of the run that others are matched with. */
  readonly isReference: boolean;
}

function Cluster({ one, cluster, names, isReference }: ClusterProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const majority = names[one.majorityClasses[cluster]];
  const share = format.percent(majorityShare(one, cluster), 0);
  return (
    <li>
      <TileRow sprite={one.centroids} from={cluster} alt={t.centroidAlt(majority)} />
      <p>
        <strong>{t.clusterMajority(majority, share)}</strong>
        <br />
        {countText(one.clusterSizes[cluster], t.clusterSize, format)}
        {!isReference && [
          <br key="line" />,
          t.clusterShared(format.percent(one.matches[cluster].sharedRows, 0)),
        ]}
      </p>
      <div class="examples">
        <span>{t.nearest}</span>
        <TileRow
          sprite={one.nearest}
          from={cluster * one.nearest.columns}
          tiles={one.nearest.columns}
          alt={t.nearestAlt(majority)}
        />
        <span>{t.farthest}</span>
        <TileRow
          sprite={one.farthest}
          from={cluster * one.farthest.columns}
          tiles={one.farthest.columns}
          alt={t.farthestAlt(majority)}
        />
      </div>
    </li>
  );
}

function Contingency({ result, one }: StartProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const columns = one.majorityClasses.map((majority) => names[majority]);
  const title = t.contingencyTitle(t.startsInProse[one.start]);
  return (
    <Figure
      id={`${anchorOf(one)}-contingency`}
      title={title}
      caption={t.contingencyCaption}
      table={{
        columns: [
          { label: t.classColumn },
          ...columns.map((name, index) => ({
            label: `${index + 1} (${name})`,
            format: format.count,
          })),
        ],
        rows: one.contingency.map((row, index) => [names[index], ...row]),
      }}
    >
      <MatrixChart
        title={title}
        description={t.contingencyCaption}
        values={one.contingency}
        format={format.count}
        rows={{ label: t.contingencyRows, names }}
        columns={{ label: t.contingencyColumns, names: columns }}
      />
    </Figure>
  );
}
