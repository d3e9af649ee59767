import { DataTable, Section, usePage, useWords } from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { TableResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Constant columns, and copies of other columns. */
export function Copies({ result }: ContentProps<TableResult>): JSX.Element {
  const t = useWords<Words>();
  const { constant, copied } = result.payload;
  return (
    <Section id="copies" title={t.copiesTitle}>
      <Shown
        shown={constant.names.length + copied.columns.length}
        all={constant.count + copied.count}
      />
      <DataTable
        caption={t.copiesTitle}
        name="table-copies"
        columns={[{ label: t.copiesColumns.name }, { label: t.copiesColumns.what }]}
        rows={[
          ...constant.names.map((name) => [name, t.isConstant]),
          ...copied.columns.map(({ name, of }) => [name, t.isCopy(of)]),
        ]}
      />
    </Section>
  );
}

/** Pairs of columns with a high correlation. */
export function Correlations({ result }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { count, pairs } = result.payload.correlations!;
  const c = t.correlationsColumns;
  const three = (value: number) => format.decimal(value, 3);
  return (
    <Section id="correlations" title={t.correlationsTitle}>
      <Shown shown={pairs.length} all={count} />
      <DataTable
        caption={t.correlationsTitle}
        name="table-correlations"
        columns={[
          { label: c.first },
          { label: c.second },
          { label: c.correlation, format: three },
          { label: c.low, format: three },
          { label: c.high, format: three },
          { label: c.rows, format: format.count },
        ]}
        rows={pairs.map(({ first, second, correlation, low, high, rows }) => [
          first,
          second,
          correlation,
          low,
          high,
          rows,
        ])}
      />
    </Section>
  );
}

/** Sets of rows that are the same. */
export function Repeated({ result }: ContentProps<TableResult>): JSX.Element {
  const { format } = usePage();
  const t = useWords<Words>();
  const { sets } = result.payload.repeated;
  return (
    <Section id="repeated" title={t.repeatedTitle}>
      <p>{t.repeatedIntro}</p>
      <DataTable
        caption={t.repeatedTitle}
        name="table-repeated"
        columns={[
          { label: t.repeatedColumns.first },
          { label: t.repeatedColumns.rows, format: format.count },
        ]}
        rows={sets.map(({ count, first }) => [
          first.map(({ row, id }) => t.rowName(format.count(row), id)).join("; ") +
          (first.length < count ? "; …" : ""),
          count,
        ])}
      />
    </Section>
  );
}

/** Columns of the file that are not used, and why. */
export function Omitted({ result }: ContentProps<TableResult>): JSX.Element {
  const t = useWords<Words>();
  const { count, columns } = result.payload.omitted;
  return (
    <Section id="omitted" title={t.omittedTitle}>
      <Shown shown={columns.length} all={count} />
      <DataTable
        caption={t.omittedTitle}
        name="table-omitted"
        columns={[{ label: t.omittedColumns.name }, { label: t.omittedColumns.reason }]}
        rows={columns.map(({ name, reason }) => [name, t.reasons[reason]])}
      />
    </Section>
  );
}

/** The number of entries that are shown; nothing where it is all of them. */
function Shown(
  { shown, all }: { readonly shown: number; readonly all: number },
): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  return shown === all ? null : <p>{t.someOf(format.count(shown), format.count(all))}</p>;
}
