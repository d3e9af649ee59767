import { DataTable, PageTop, Section, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { findTable, headline } from "./findings.ts";
import { tablePayload, type TableResult } from "./result.ts";
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
  const { columns, classes } = result.payload;
  const c = t.columnsLabels;
  const number = (value: number) => format.significant(value, 4);
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={findTable(result, t, format)}
        method={t.method}
      />
      <Section id="columns" title={t.columnsTitle}>
        <DataTable
          caption={t.columnsTitle}
          name="table-columns"
          columns={[
            { label: c.name },
            { label: c.missing, format: format.count },
            { label: c.min, format: number },
            { label: c.mean, format: number },
            { label: c.max, format: number },
            { label: c.deviation, format: number },
          ]}
          rows={columns.map(({ name, missing, min, mean, max, deviation }) => [
            name,
            missing,
            min,
            mean,
            max,
            deviation,
          ])}
        />
      </Section>
      {classes.length > 0 && (
        <Section id="classes" title={t.classesTitle}>
          <DataTable
            caption={t.classesTitle}
            name="table-classes"
            columns={[{ label: t.classColumn }, { label: t.rowsColumn, format: format.count }]}
            rows={classes.map(({ name, rows }) => [name, rows])}
          />
        </Section>
      )}
    </>
  );
}
