import { DataTable, Section, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { RowReference } from "../row_reference.ts";
import type { AuditResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Groups of rows in which the network fails more than elsewhere. */
export function Groups({ result: { payload } }: ContentProps<AuditResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  const c = t.groupColumns;
  if (payload.groups === null || payload.groups.failing.length === 0) return null;
  const share = (value: number) => format.percent(value);
  const number = (value: number) => format.significant(value);
  const reference = ({ row, id }: RowReference) =>
    id === null ? format.count(row) : t.rowAndId(format.count(row), id);
  return (
    <Section id="groups" title={t.groupsTitle}>
      <DataTable
        caption={t.groupsTitle}
        name="audit-groups"
        columns={[
          { label: c.label },
          { label: c.rows, format: format.count },
          { label: c.failures, format: format.count },
          { label: c.share, format: share },
          { label: c.elsewhere, format: share },
          { label: c.adjusted, format: (value) => format.significant(value, 2) },
          { label: c.apart },
          { label: c.examples },
        ]}
        rows={payload.groups.failing.map((group) => [
          group.label,
          group.rows,
          group.failures,
          group.failures / group.rows,
          group.elsewhere,
          group.adjusted,
          group.columns.map(({ column, mean, meanElsewhere }) =>
            t.columnMeans(column, number(mean), number(meanElsewhere))
          ).join(", "),
          group.examples.map(reference).join(", "),
        ])}
      />
    </Section>
  );
}
