import { DataTable, PageTop, Section, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import { checkNames, findAudit, foundBy, headline } from "./findings.ts";
import { auditPayload, type AuditResult, type RowReference } from "./result.ts";
import { Suspects } from "./suspects.tsx";
import type { Words } from "./words/en.ts";

/** The experiment that looks for faults in a table of one's own. */
export const experiment: Experiment = await defineExperiment({
  id: "audit",
  schema: auditPayload,
  words: (language) => import(`./words/${language}.ts`),
  path: "audit",
  onOwnData: true,
  Content: AuditContent,
  headline,
  load: () => import("./run.ts"),
  example: () => import("./example.ts"),
});

function AuditContent({ result }: ContentProps<AuditResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={findAudit(result, t, format)}
        method={t.method}
      />
      <Checks result={result} />
      <Suspects result={result} />
      <Columns result={result} />
      <Rows result={result} />
    </>
  );
}

function Checks({ result: { payload } }: ContentProps<AuditResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const found = foundBy(payload);
  const { drift } = payload;
  const how = {
    ...t.howTexts,
    drift: drift === null
      ? t.howNoDrift
      : t.howDrift(format.count(drift.rows), format.count(drift.foreignRows)),
  };
  return (
    <Section id="checks" title={t.checksTitle}>
      <DataTable
        caption={t.checksTitle}
        name="audit-checks"
        columns={[
          { label: t.checkColumns.check },
          { label: t.checkColumns.found, format: format.count },
          { label: t.checkColumns.method },
        ]}
        rows={checkNames.map((name) => [t.checks[name], found[name], how[name]])}
      />
    </Section>
  );
}

function Columns({ result: { payload } }: ContentProps<AuditResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { identifiers, drift } = payload;
  const number = (value: number) => format.significant(value, 4);
  return (
    <>
      {drift !== null && drift.columns.length > 0 && (
        <Section id="drift" title={t.driftTitle}>
          <DataTable
            caption={t.driftTitle}
            name="audit-drift"
            columns={[
              { label: t.driftColumns.column },
              { label: t.driftColumns.distance, format: (value) => format.decimal(value, 3) },
              { label: t.driftColumns.adjusted, format: (value) => format.significant(value, 2) },
              { label: t.driftColumns.median, format: number },
              { label: t.driftColumns.foreignMedian, format: number },
            ]}
            rows={drift.columns.map(({ column, statistic, adjusted, median, foreignMedian }) => [
              column,
              statistic,
              adjusted,
              median,
              foreignMedian,
            ])}
          />
        </Section>
      )}
      {identifiers.length > 0 && (
        <Section id="identifiers" title={t.identifiersTitle}>
          <DataTable
            caption={t.identifiersTitle}
            name="audit-identifiers"
            columns={[{ label: t.identifierColumns.column }, { label: t.identifierColumns.sign }]}
            rows={identifiers.map(({ column, sign }) => [column, t.signs[sign]])}
          />
        </Section>
      )}
    </>
  );
}

function Rows({ result: { payload } }: ContentProps<AuditResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { rareClasses, emptyRows } = payload;
  return (
    <>
      {rareClasses !== null && rareClasses.length > 0 && (
        <Section id="rare-classes" title={t.rareTitle}>
          <DataTable
            caption={t.rareTitle}
            name="audit-rare-classes"
            columns={[
              { label: t.rareColumns.name },
              { label: t.rareColumns.rows, format: format.count },
            ]}
            rows={rareClasses.map(({ name, rows }) => [name, rows])}
          />
        </Section>
      )}
      {emptyRows.count > 0 && (
        <Section id="empty-rows" title={t.emptyTitle}>
          <DataTable
            caption={t.emptyTitle}
            name="audit-empty-rows"
            columns={[
              { label: t.rowColumns.number, format: format.count },
              { label: t.rowColumns.id },
            ]}
            rows={emptyRows.rows.map(({ row, id }: RowReference) => [row, id])}
          />
        </Section>
      )}
    </>
  );
}
