import type { DataSetSummary, ResultOf } from "@mixtape/results";
import type { JSX } from "preact";
import { anchorName } from "../components/anchor_name.ts";
import { BarChart } from "../components/charts/bar_chart.tsx";
import { Figure, Section } from "../components/figure.tsx";
import { ImageGrid, TileList } from "../components/images.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { tileTable } from "../components/tile_table.ts";
import { findData, setNamed } from "../conclusions/data.ts";
import { type ContentProps, definePage, type Page } from "../page.ts";

/** What the data look like. */
export const dataPage: Page = definePage({
  path: "data",
  title: (text) => text.data.title,
  description: (text) => text.data.description,
  needs: ["data"],
  Content: DataContent,
});

function DataContent({ results }: ContentProps<"data">): JSX.Element {
  const { text, format } = usePage();
  const t = text.data;
  const result = results.data;
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        found={findData(result, text, format)}
        done={t.done}
      />
      {result.payload.sets.map((set) => <DataSet key={set.name} set={set} result={result} />)}
    </>
  );
}

interface DataSetProps {
  readonly set: DataSetSummary;
  readonly result: ResultOf<"data">;
}

function DataSet({ set, result }: DataSetProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.data;
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
  const { text, format } = usePage();
  const t = text.data;
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
