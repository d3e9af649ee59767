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
import type { AuditResult } from "./result.ts";
import type { Words } from "./words/en.ts";

/** The rows whose labels look wrong, with their images if they are such. */
export function Suspects({ result: { payload } }: ContentProps<AuditResult>): JSX.Element | null {
  const { format, text } = usePage();
  const t = useWords<Words>();
  if (payload.labels === null || payload.labels.rows.length === 0) return null;
  const { rows, images } = payload.labels;
  const share = (value: number) => format.percent(value);
  const labels = rows.map(({ row, given, likely }) => ({
    label: t.imageRow(format.count(row)),
    note: t.imageLabels(given, likely),
  }));
  return (
    <Section id="suspects" title={t.suspectsTitle}>
      <DataTable
        caption={t.suspectsTitle}
        name="audit-suspects"
        columns={[
          { label: t.rowColumns.number, format: format.count },
          { label: t.rowColumns.id },
          { label: t.suspectColumns.given },
          { label: t.suspectColumns.likely },
          { label: t.suspectColumns.givenProbability, format: share },
          { label: t.suspectColumns.likelyProbability, format: share },
        ]}
        rows={rows.map(({ row, id, given, likely, givenProbability, likelyProbability }) => [
          row,
          id,
          given,
          likely,
          givenProbability,
          likelyProbability,
        ])}
      />
      {images !== null && (
        <Figure
          id="suspect-images"
          title={t.suspectImagesTitle}
          caption={t.suspectImagesCaption}
          images={images}
          table={tileTable(images, text, format, {
            column: t.rowColumns.number,
            values: rows.map(({ row }) => format.count(row)),
          })}
        >
          <TileList sprite={images} labels={labels} alt={t.imageAlt} />
        </Figure>
      )}
    </Section>
  );
}
