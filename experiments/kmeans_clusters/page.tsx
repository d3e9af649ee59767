import {
  classNamesOf,
  DataTable,
  Figure,
  PageTop,
  scaledAxis,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { clustersText } from "../cluster_choice.ts";
import { ClusterCurve, type ClusterCurveProps } from "../cluster_curve.tsx";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import {
  type Choices,
  choicesOf,
  findKMeansClusters,
  headline,
  overSeeds,
  perPixel,
  secondDifferences,
  seedsOf,
  triedClusters,
} from "./findings.ts";
import { kMeansClustersPayload, type KMeansClustersResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The number of clusters of k-means, and what chooses it. */
export const experiment: Experiment = await defineExperiment({
  id: "kmeans-clusters",
  schema: kMeansClustersPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "number-of-clusters",
  group: "clusters",
  Content: ClustersContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function ClustersContent({ result }: ContentProps<KMeansClustersResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { rows, silhouetteRows } = result.payload;
  const tried = triedClusters(result);
  const inertia = overSeeds(result, (run) => perPixel(result, run.inertia));
  const bends = secondDifferences(result);
  const choices = choicesOf(result);
  const classes = classNamesOf(result).length;
  const large = (value: number) => format.significant(value, 5);
  const three = (value: number) => format.decimal(value, 3);
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findKMeansClusters(result, t, format)}
        method={t.method({
          rows: format.count(rows),
          drawn: silhouetteRows === rows ? null : format.count(silhouetteRows),
          first: format.count(tried[0]),
          last: format.count(tried[tried.length - 1]),
          seeds: format.count(seedsOf(result).length),
        })}
      />
      {choices && <ChoicesTable choices={choices} />}
      <Curve
        id="inertia"
        title={t.inertiaTitle}
        caption={t.inertiaCaption}
        curve={inertia}
        axis={scaledAxis(t.inertiaAxis, inertia.map(({ high }) => high), format)}
        write={large}
        chosen={choices?.elbow.clusters}
        classes={classes}
      />
      {bends.length > 0 && (
        <Curve
          id="elbow"
          title={t.elbowTitle}
          caption={t.elbowCaption}
          curve={bends}
          axis={scaledAxis(t.elbowAxis, bends.map(({ high }) => high), format)}
          write={large}
          chosen={choices?.elbow.clusters}
          classes={classes}
        />
      )}
      <Curve
        id="silhouette"
        title={t.silhouetteTitle}
        caption={t.silhouetteCaption(format.count(silhouetteRows))}
        curve={overSeeds(result, (run) => run.silhouette)}
        axis={{ label: t.silhouetteAxis, format: format.decimal }}
        write={three}
        chosen={choices?.silhouette.clusters}
        classes={classes}
      />
      <Curve
        id="ami"
        title={t.amiTitle}
        caption={t.amiCaption}
        curve={overSeeds(result, (run) => run.ami)}
        axis={{ label: t.amiAxis, format: format.decimal }}
        write={three}
        chosen={choices?.ami.clusters}
        classes={classes}
      />
      <AllRuns result={result} />
    </>
  );
}

function ChoicesTable({ choices }: { readonly choices: Choices }): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const criteria = ["silhouette", "elbow", "ami"] as const;
  return (
    <Section id="choices" title={t.choicesTitle}>
      <DataTable
        caption={t.choicesTitle}
        name="clusters-choices"
        columns={[
          { label: t.columns.criterion },
          { label: t.columns.clusters, format: format.count },
          { label: t.columns.rivals },
        ]}
        rows={[
          ...criteria.map((criterion) => {
            const { clusters, rivals } = choices[criterion];
            return [
              t.choices[criterion],
              clusters,
              rivals.length === 0 ? null : clustersText(rivals, format),
            ];
          }),
          [t.classesRow, choices.classes, null],
        ]}
      />
    </Section>
  );
}

interface CurveProps
  extends Omit<ClusterCurveProps, "clustersAxis" | "columns" | "references" | "height"> {
  readonly classes: number;
}

/** A value against the number of clusters, beside the number of classes. */
function Curve({ classes, ...props }: CurveProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <ClusterCurve
      {...props}
      clustersAxis={t.clustersAxis}
      columns={t.columns}
      references={[{ label: t.classesLine(format.count(classes)), x: classes }]}
    />
  );
}

function AllRuns({ result }: ContentProps<KMeansClustersResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const three = (value: number) => format.decimal(value, 3);
  return (
    <Figure
      id="all-runs"
      title={t.allRunsTitle}
      caption={t.allRunsCaption}
      table={{
        columns: [
          { label: t.columns.seed, format: format.count },
          { label: t.columns.clusters, format: format.count },
          { label: t.columns.inertia, format: (value) => format.significant(value, 6) },
          { label: t.columns.silhouette, format: three },
          { label: t.columns.ami, format: three },
          { label: t.columns.iterations, format: format.count },
          { label: t.columns.converged },
        ],
        rows: result.payload.runs.map((run) => [
          run.seed,
          run.clusters,
          perPixel(result, run.inertia),
          run.silhouette,
          run.ami,
          run.iterations,
          run.converged ? text.site.yes : text.site.no,
        ]),
      }}
    />
  );
}
