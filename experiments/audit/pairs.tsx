import {
  DataTable,
  Figure,
  Section,
  TileList,
  tileTable,
  usePage,
  useWords,
} from "@mixtape/report-site/components";
import type { JSX } from "preact";
import type { ContentProps } from "../experiment.ts";
import type { AuditResult, RowPair } from "./result.ts";
import type { Words } from "./words/en.ts";

/** Rows that come twice: equal ones, and those that are nearly so with their images if they are such. */
export function Pairs({ result: { payload } }: ContentProps<AuditResult>): JSX.Element | null {
  const { format } = usePage();
  const t = useWords<Words>();
  if (payload.duplicates === null) return null;
  const { identicalPairs, nearPairs } = payload.duplicates;
  const c = t.pairColumns;
  const rowColumns = [
    { label: c.first, format: format.count },
    { label: c.firstId },
    { label: c.firstLabel },
    { label: c.other, format: format.count },
    { label: c.otherId },
    { label: c.otherLabel },
  ];
  return (
    <>
      {identicalPairs.length > 0 && (
        <Section id="identical" title={t.identicalTitle}>
          <DataTable
            caption={t.identicalTitle}
            name="audit-identical"
            columns={rowColumns}
            rows={identicalPairs.map(cellsOf)}
          />
        </Section>
      )}
      {nearPairs.length > 0 && (
        <Section id="near" title={t.nearTitle}>
          <DataTable
            caption={t.nearTitle}
            name="audit-near"
            columns={[
              ...rowColumns,
              { label: c.apart, format: (value) => format.significant(value) },
              { label: c.adjusted, format: (value) => format.significant(value, 2) },
            ]}
            rows={nearPairs.map((pair) => [...cellsOf(pair), pair.distance, pair.adjusted])}
          />
          <PairImages duplicates={payload.duplicates} />
        </Section>
      )}
    </>
  );
}

function cellsOf({ first, other }: RowPair): (string | number | null)[] {
  return [first.row, first.id, first.label, other.row, other.id, other.label];
}

function PairImages(
  { duplicates: { images, nearPairs } }: {
    readonly duplicates: NonNullable<AuditResult["payload"]["duplicates"]>;
  },
): JSX.Element | null {
  const { format, text } = usePage();
  const t = useWords<Words>();
  if (images === null) return null;
  const rows = nearPairs.flatMap(({ first, other }) => [first.row, other.row]);
  return (
    <Figure
      id="near-images"
      title={t.nearImagesTitle}
      caption={t.nearImagesCaption}
      images={images}
      table={tileTable(images, text, format, {
        column: t.rowColumns.number,
        values: rows.map((row) => format.count(row)),
      })}
    >
      <TileList
        sprite={images}
        labels={rows.map((row) => ({ label: t.imageRow(format.count(row)) }))}
        alt={t.imageAlt}
      />
    </Figure>
  );
}
