import {
  DataTable,
  type Format,
  PageTop,
  Section,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import { type ContentProps, defineExperiment, type Experiment } from "../experiment.ts";
import type { RowReference } from "../row_reference.ts";
import { type CheckName, checkNames, findAudit, foundBy, headline } from "./findings.ts";
import { Groups } from "./groups.tsx";
import { Pairs } from "./pairs.tsx";
import type { AuditPayload, AuditResult, MovedColumn } from "./result.ts";
import { auditPayload } from "./schema.ts";
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
        heading={t.name}
        question={t.question}
        findings={findAudit(result, t, format)}
        method={t.method}
      />
      <Checks result={result} />
      <Suspects result={result} />
      <Groups result={result} />
      <Pairs result={result} />
      <Columns result={result} />
      <Rows result={result} />
    </>
  );
}

/** Returns how each check looked, with its numbers. */
function methodsOf({ groups, duplicates, order, drift }: AuditPayload, t: Words, format: Format) {
  const number = (value: number) => format.significant(value);
  return {
    ...t.howTexts,
    groups: groups === null ? t.howNoGroups : t.howGroups(format.count(groups.clusters)),
    duplicates: duplicates === null
      ? t.howNoDuplicates
      : duplicates.usual === null
      ? t.howEqual(format.count(duplicates.compared), format.count(duplicates.dimensions))
      : t.howDuplicates(
        format.count(duplicates.compared),
        format.count(duplicates.dimensions),
        number(duplicates.usual),
      ),
    order: order === null ? t.howNoOrder : t.howOrder(
      format.count(order.rows),
      number(order.distance),
      number(order.expected),
      format.significant(order.pValue, 2),
    ),
    drift: drift === null
      ? t.howNoDrift
      : t.howDrift(format.count(drift.rows), format.count(drift.foreignRows)),
  };
}

function Checks({ result: { payload } }: ContentProps<AuditResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const methods = methodsOf(payload, t, format);
  const found = foundBy(payload);
  const foundText = (name: CheckName) => {
    const count = found[name];
    if (count === null || name !== "order") return count && format.count(count);
    return count > 0 ? t.yes : t.no;
  };
  return (
    <Section id="checks" title={t.checksTitle}>
      <DataTable
        caption={t.checksTitle}
        name="audit-checks"
        columns={[
          { label: t.checkColumns.check },
          { label: t.checkColumns.found },
          { label: t.checkColumns.method },
        ]}
        rows={checkNames.map((name) => [t.checks[name], foundText(name), methods[name]])}
      />
    </Section>
  );
}

function Columns({ result: { payload } }: ContentProps<AuditResult>): JSX.Element {
  const t = useWords<Words>();
  const { identifiers, drift, order } = payload;
  return (
    <>
      {order !== null && order.columns.length > 0 && (
        <Section id="order" title={t.orderTitle}>
          <Moved name="audit-order" title={t.orderTitle} t={t.halvesColumns} of={order.columns} />
        </Section>
      )}
      {drift !== null && drift.columns.length > 0 && (
        <Section id="drift" title={t.driftTitle}>
          <Moved name="audit-drift" title={t.driftTitle} t={t.driftColumns} of={drift.columns} />
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

/** Columns that differ between two sets of rows. */
function Moved({ name, title, t, of }: {
  readonly name: string;
  readonly title: string;
  readonly t: Words["driftColumns"];
  readonly of: readonly MovedColumn[];
}): JSX.Element {
  const { format } = usePage();
  const number = (value: number) => format.significant(value, 4);
  return (
    <DataTable
      caption={title}
      name={name}
      columns={[
        { label: t.column },
        { label: t.distance, format: (value) => format.decimal(value, 3) },
        { label: t.adjusted, format: (value) => format.significant(value, 2) },
        { label: t.median, format: number },
        { label: t.otherMedian, format: number },
      ]}
      rows={of.map(({ column, statistic, adjusted, median, otherMedian }) => [
        column,
        statistic,
        adjusted,
        median,
        otherMedian,
      ])}
    />
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
