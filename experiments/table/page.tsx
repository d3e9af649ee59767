import {
  BarChart,
  DataTable,
  Figure,
  PageTop,
  Section,
  SmallHistograms,
  TileList,
  tileTable,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { countText } from "../count_text.ts";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findTable, headline } from "./findings.ts";
import { tablePayload, type TableResult } from "./result.ts";
import { Copies, Correlations, Omitted, Repeated } from "./troubles.tsx";
import type { Words } from "./words/en.ts";

/** The experiment that describes a table of one's own. */
export const experiment: Experiment = await defineExperiment({
  id: "table",
  schema: tablePayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "table",
  onOwnData: true,
  Content: TableContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function TableContent({ result }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { payload } = result;
  const { columns, spread, images, constant, copied, correlations } = payload;
  return (
    <>
      <PageTop
        heading={t.name}
        question={t.question}
        findings={findTable(result, t, format)}
        method={t.method}
      />
      {images !== null && <Images result={result} />}
      {columns.length > 0 && <Columns result={result} />}
      {columns.length > 0 && <Histograms result={result} />}
      {spread !== null && <Spread result={result} />}
      {constant.names.length + copied.columns.length > 0 && <Copies result={result} />}
      {correlations !== null && correlations.count > 0 && <Correlations result={result} />}
      {payload.repeated.count > 0 && <Repeated result={result} />}
      {payload.omitted.count > 0 && <Omitted result={result} />}
      {payload.classes.length > 0 && <Classes result={result} />}
    </>
  );
}

function Columns({ result: { payload, data: [own] } }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { columns } = payload;
  const c = t.columnsLabels;
  const number = (value: number) => format.significant(value, 4);
  return (
    <Section id="columns" title={t.columnsTitle}>
      {columns.length < own.columns && (
        <p>
          {t.columnsIntro(
            format.count(columns.length),
            countText(own.columns, t.columnsText, format),
          )}
        </p>
      )}
      <DataTable
        caption={t.columnsTitle}
        name="table-columns"
        columns={[
          { label: c.name },
          { label: c.missing, format: format.count },
          { label: c.missingShare, format: (value) => format.percent(value) },
          { label: c.distinct, format: format.count },
          { label: c.min, format: number },
          { label: c.mean, format: number },
          { label: c.max, format: number },
          { label: c.deviation, format: number },
        ]}
        rows={columns.map(({ name, missing, distinct, min, mean, max, deviation }) => [
          name,
          missing,
          missing / own.rows,
          distinct,
          min,
          mean,
          max,
          deviation,
        ])}
      />
    </Section>
  );
}

function Histograms({ result }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { columns } = result.payload;
  const bins = columns[0].histogram.map((_, bin) => t.bin(format.count(bin + 1)));
  const end = (value: number) => format.significant(value, 3);
  const caption = t.histogramsCaption(format.count(bins.length));
  return (
    <Figure
      id="histograms"
      title={t.histogramsTitle}
      caption={caption}
      table={{
        columns: [
          { label: t.columnsLabels.name },
          { label: t.columnsLabels.min, format: end },
          { label: t.columnsLabels.max, format: end },
          ...bins.map((label) => ({ label, format: format.count })),
        ],
        rows: columns.map(({ name, min, max, histogram }) => [name, min, max, ...histogram]),
      }}
    >
      <SmallHistograms
        histograms={columns.map(({ name, histogram, min, max }) => ({
          name,
          counts: histogram,
          low: end(min),
          high: end(max),
        }))}
        alt={({ name, low, high }) => t.histogramAlt(name, low, high)}
      />
    </Figure>
  );
}

function Spread({ result }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const spread = result.payload.spread!;
  const keys = ["least", "lower", "middle", "upper", "most"] as const;
  return (
    <Section id="spread" title={t.spreadTitle}>
      <p>{t.spreadCaption}</p>
      <DataTable
        caption={t.spreadTitle}
        name="table-spread"
        columns={[
          { label: t.statistic },
          ...keys.map((key) => ({
            label: t.quartiles[key],
            format: (value: number) => format.significant(value, 4),
          })),
        ]}
        rows={(["missing", "mean", "deviation"] as const).map((statistic) => [
          t.statistics[statistic],
          ...keys.map((key) => spread[statistic][key]),
        ])}
      />
    </Section>
  );
}

function Images({ result }: ContentProps<TableResult>): JSX.Element {
  const { text, format } = usePage();
  const t = useWords<Words>();
  const { sprite, classes } = result.payload.images!;
  const labels = Array.from({ length: sprite.count }, (_, at) => ({ label: classes[at] ?? "" }));
  return (
    <Figure
      id="images"
      title={t.imagesTitle}
      caption={t.imagesCaption}
      images={sprite}
      table={tileTable(
        sprite,
        text,
        format,
        classes.length > 0 ? { column: t.classColumn, values: classes } : undefined,
      )}
    >
      <TileList
        sprite={sprite}
        labels={labels}
        alt={(label) => t.imagesAlt(label === "" ? t.imageLabel : label)}
      />
    </Figure>
  );
}

function Classes({ result: { payload, data: [own] } }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { classes } = payload;
  const caption = [
    t.classesCaption,
    ...classes.length < own.classes
      ? [t.someOf(format.count(classes.length), format.count(own.classes))]
      : [],
  ].join(" ");
  return (
    <Figure
      id="classes"
      title={t.classesTitle}
      caption={caption}
      table={{
        columns: [
          { label: t.classColumn },
          { label: t.rowsColumn, format: format.count },
          { label: t.shareColumn, format: (value) => format.percent(value) },
        ],
        rows: classes.map(({ name, rows }) => [name, rows, rows / own.rows]),
      }}
    >
      <BarChart
        title={t.classesTitle}
        description={caption}
        rows={classes.map(({ name }) => name)}
        x={{ label: t.classesX, format: format.count, whole: true }}
        series={[{ name: t.rowsColumn, colour: 1, values: classes.map(({ rows }) => rows) }]}
      />
    </Figure>
  );
}
