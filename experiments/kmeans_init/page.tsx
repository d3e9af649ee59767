import {
  BarChart,
  classNamesOf,
  DotPlot,
  Figure,
  LineChart,
  mean,
  median,
  PageTop,
  scaledAxis,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { Cover, shownOnCover } from "./cover.tsx";
import {
  findKMeansInit,
  greyLevels,
  headline,
  runOf,
  runsFrom,
  startColours,
  startsOf,
} from "./findings.ts";
import { Frames } from "./frames.tsx";
import { Matched } from "./matched.tsx";
import { kMeansInitPayload, type KMeansInitResult } from "./result.ts";
import { StartSection } from "./start.tsx";
import type { Words } from "./words/en.ts";

/** Three ways to start k-means. */
export const experiment: Experiment = await defineExperiment({
  id: "kmeans-init",
  schema: kMeansInitPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "kmeans",
  group: "clusters",
  Content: KMeansContent,
  headline,
  Cover,
  coverImage: (result) => shownOnCover(result).centroids,
  styles: [
    import.meta.resolve("./frames.css"),
    import.meta.resolve("./matched.css"),
    import.meta.resolve("./start.css"),
  ],
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function KMeansContent({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { clusters, runs, representatives } = result.payload;
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findKMeansInit(result, t, format)}
        method={t.method(
          format.count(clusters),
          format.count(runs.length),
          format.count(maxValueOf(result)),
        )}
      />
      <Matched result={result} />
      <Frames result={result} />
      <Iterations result={result} />
      <Inertia result={result} />
      <Curves result={result} />
      <Quality result={result} />
      <Recall result={result} />
      {representatives.map((one) => <StartSection key={one.start} result={result} one={one} />)}
    </>
  );
}

/** Largest value of a pixel of the images that were clustered. */
function maxValueOf({ data }: KMeansInitResult): number {
  const [images] = data.flatMap((one) => one.kind === "images" ? [one] : []);
  return images.maxValue;
}

function Iterations({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  return (
    <Figure
      id="iterations"
      title={t.iterationsTitle}
      caption={t.iterationsCaption}
      table={{
        columns: [
          { label: t.runColumns.start },
          { label: t.runColumns.seed, format: format.count },
          { label: t.runColumns.iterations, format: format.count },
          { label: t.runColumns.converged },
          { label: t.runColumns.seconds, format: (value) => format.decimal(value, 2), unit: "s" },
        ],
        rows: result.payload.runs.map((run) => [
          t.starts[run.start],
          run.seed,
          run.iterations,
          run.converged ? text.site.yes : text.site.no,
          run.elapsedMs / 1000,
        ]),
      }}
    >
      <DotPlot
        title={t.iterationsTitle}
        description={t.iterationsCaption}
        x={{ label: t.iterationsAxis, format: format.count, whole: true }}
        rows={startsOf(result).map((start) => {
          const values = runsFrom(result, start).map((run) => run.iterations);
          return {
            name: t.starts[start],
            colour: startColours[start],
            values,
            middle: median(values),
          };
        })}
      />
    </Figure>
  );
}

function Inertia({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const finals = result.payload.runs.map((run) => greyLevels(result, run.inertia));
  return (
    <Figure
      id="inertia"
      title={t.inertiaTitle}
      caption={t.inertiaCaption}
      table={{
        columns: [
          { label: t.runColumns.start },
          { label: t.runColumns.seed, format: format.count },
          { label: t.runColumns.greyLevels, format: (value) => format.significant(value, 6) },
          { label: t.runColumns.inertia, format: (value) => format.significant(value, 7) },
        ],
        rows: result.payload.runs.map((run, at) => [
          t.starts[run.start],
          run.seed,
          finals[at],
          run.inertia,
        ]),
      }}
    >
      <DotPlot
        title={t.inertiaTitle}
        description={t.inertiaCaption}
        x={scaledAxis(t.inertiaAxis, finals, format)}
        rows={startsOf(result).map((start) => {
          const values = runsFrom(result, start).map((run) => greyLevels(result, run.inertia));
          return {
            name: t.starts[start],
            colour: startColours[start],
            values,
            middle: mean(values),
          };
        })}
      />
    </Figure>
  );
}

function Curves({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { runs, representatives } = result.payload;
  const best = representatives.map((one) => runOf(result, one));
  const levels = (inertia: number) => greyLevels(result, inertia);
  const finals = runs.map((run) => levels(run.inertia));
  const ceiling = 1.12 * Math.max(...finals);
  const points = (history: readonly number[]) =>
    history.map(levels).flatMap((y, index) => y <= ceiling ? [{ x: index + 1, y }] : []);
  const longest = Math.max(...runs.map((run) => run.inertiaHistory.length));
  return (
    <Figure
      id="inertia-curves"
      title={t.curvesTitle}
      caption={t.curvesCaption}
      table={{
        columns: [
          { label: t.runColumns.iteration, format: format.count },
          ...best.map((run) => ({
            label: t.starts[run.start],
            format: (value: number) => format.significant(value, 6),
          })),
        ],
        rows: Array.from({ length: Math.max(...best.map((run) => run.inertiaHistory.length)) }, (
          _,
          index,
        ) => [
          index + 1,
          ...best.map((run) =>
            index in run.inertiaHistory ? levels(run.inertiaHistory[index]) : null
          ),
        ]),
      }}
    >
      <LineChart
        title={t.curvesTitle}
        description={t.curvesCaption}
        x={{ label: t.curvesX, format: format.count, whole: true, log: true, domain: [1, longest] }}
        y={scaledAxis(t.curvesY, finals, format)}
        series={[
          ...runs.map((run) => ({
            colour: startColours[run.start],
            points: points(run.inertiaHistory),
            faint: true,
          })),
          ...best.map((run) => ({
            name: t.starts[run.start],
            colour: startColours[run.start],
            points: points(run.inertiaHistory),
          })),
        ]}
      />
    </Figure>
  );
}

function Quality({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const share = (value: number) => format.decimal(value, 3);
  const measures = ["purity", "nmi", "ari"] as const;
  return (
    <Figure
      id="quality"
      title={t.qualityTitle}
      caption={t.qualityCaption}
      table={{
        columns: [
          { label: t.runColumns.start },
          { label: t.runColumns.seed, format: format.count },
          ...measures.map((measure) => ({ label: t.runColumns[measure], format: share })),
        ],
        rows: result.payload.runs.map((run) => [
          t.starts[run.start],
          run.seed,
          ...measures.map((measure) => run[measure]),
        ]),
      }}
    >
      <BarChart
        title={t.qualityTitle}
        description={t.qualityCaption}
        rows={measures.map((measure) => t.runColumns[measure])}
        x={{ label: t.qualityAxis, format: format.decimal, domain: [0, 1] }}
        series={startsOf(result).map((start) => ({
          name: t.starts[start],
          colour: startColours[start],
          values: measures.map((measure) =>
            mean(runsFrom(result, start).map((run) => Math.max(0, run[measure])))
          ),
        }))}
      />
    </Figure>
  );
}

function Recall({ result }: ContentProps<KMeansInitResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const names = classNamesOf(result);
  const { representatives } = result.payload;
  return (
    <Figure
      id="class-recall"
      title={t.recallTitle}
      caption={t.recallCaption}
      table={{
        columns: [
          { label: t.classColumn },
          ...representatives.map((one) => ({
            label: t.starts[one.start],
            format: (value: number) => format.percent(value),
          })),
        ],
        rows: names.map((name, index) => [
          name,
          ...representatives.map((one) => one.classRecall[index]),
        ]),
      }}
    >
      <BarChart
        title={t.recallTitle}
        description={t.recallCaption}
        rows={names}
        x={{ label: t.recallAxis, format: format.percentTick, domain: [0, 1] }}
        series={representatives.map((one) => ({
          name: t.starts[one.start],
          colour: startColours[one.start],
          values: one.classRecall,
        }))}
      />
    </Figure>
  );
}
