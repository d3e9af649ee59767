import {
  anchorName,
  BarChart,
  Figure,
  ImageGrid,
  PageTop,
  Section,
  TileList,
  tileTable,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findData, headline, setNamed } from "./findings.ts";
import { dataPayload, type DataResult, type DataSetSummary } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The experiment that describes the data. */
export const experiment: Experiment = await defineExperiment({
  id: "data",
  schema: dataPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "data",
  Content: DataContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function DataContent({ result }: ContentProps<DataResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findData(result, t, format)}
        method={t.method}
      />
      {result.payload.sets.map((set) => <DataSet key={set.name} set={set} result={result} />)}
    </>
  );
}

interface DataSetProps {
  readonly set: DataSetSummary;
  readonly result: DataResult;
}

function DataSet({ set, result }: DataSetProps): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const { title, classNames } = setNamed(result, set.name);
  const name = anchorName(set.name);
  return (
    <Section id={name} title={title}>
      <Figure
        id={`samples-${name}`}
        title={t.samplesTitle(title)}
        caption={t.samplesCaption}
        images={set.samples}
        table={tileTable(set.samples, text, format)}
      >
        <ImageGrid
          sprite={set.samples}
          alt={t.samplesAlt(title, classNames.join(", "))}
          tileWidth={72}
        />
      </Figure>
      <Figure
        id={`class-means-${name}`}
        title={t.meansTitle(title)}
        caption={t.meansCaption}
        images={set.classMeans}
        table={tileTable(set.classMeans, text, format, {
          column: t.classColumn,
          values: classNames,
        })}
      >
        <TileList
          sprite={set.classMeans}
          labels={classNames.map((label) => ({ label }))}
          alt={t.meansAlt}
        />
      </Figure>
      <ClassCounts set={set} title={title} classNames={classNames} />
    </Section>
  );
}

interface ClassCountsProps {
  readonly set: DataSetSummary;
  readonly title: string;
  readonly classNames: readonly string[];
}

function ClassCounts({ set, title, classNames }: ClassCountsProps): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const splits = set.splits.filter((split) => split.rows > 0);
  return (
    <Figure
      id={`class-counts-${anchorName(set.name)}`}
      title={t.countsTitle(title)}
      caption={t.countsCaption}
      table={{
        columns: [
          { label: t.classColumn },
          ...splits.map(({ split }) => ({ label: t.splits[split], format: format.count })),
        ],
        rows: classNames.map((name, index) => [
          name,
          ...splits.map((split) => split.classCounts[index]),
        ]),
      }}
    >
      <BarChart
        title={t.countsTitle(title)}
        description={t.countsCaption}
        rows={classNames}
        x={{ label: t.countsAxis, format: format.count, whole: true }}
        series={splits.map(({ split, classCounts }, index) => ({
          name: t.splits[split],
          colour: index + 1,
          values: classCounts,
        }))}
      />
    </Figure>
  );
}
