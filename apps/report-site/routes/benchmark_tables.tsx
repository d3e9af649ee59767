import type { BenchmarkRow } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../components/data_table.tsx";
import { Figure, Section } from "../components/figure.tsx";
import type { Origin } from "../components/origin.ts";
import { usePage } from "../components/page_context.ts";
import { entryName } from "./entry_name.ts";

/** Properties of the tables in this file. */
export interface BenchmarkTableProps {
  /** The rows that were measured. */
  readonly rows: readonly BenchmarkRow[];
}

/** Returns the origin of a measurement. */
export function benchmarkOrigin({ id, size, quick, measuredAt, commit }: BenchmarkRow): Origin {
  return {
    name: id,
    file: "results/benchmarks.json",
    key: null,
    commit,
    dirty: null,
    options: { command: `deno task bench ${id}`, size, quick, measuredAt },
  };
}

/** A table of the quality of results. */
export function Qualities({ rows }: BenchmarkTableProps): JSX.Element | null {
  const { text, format } = usePage();
  const t = text.benchmarks;
  const c = t.qualityColumns;
  const lines = rows.flatMap((row) =>
    row.qualities.map(({ against, name, ours, theirs, equal }) => [
      row.title,
      name,
      titleOf(row, against),
      ours,
      theirs,
      equal === null ? null : equal ? text.site.yes : text.site.no,
    ])
  );
  if (lines.length === 0) return null;
  const number = (value: number) => format.significant(value, 7);
  return (
    <Section id="quality" title={t.qualityTitle}>
      <DataTable
        caption={t.qualityTitle}
        name="benchmarks-quality"
        columns={[
          { label: c.work },
          { label: c.what },
          { label: c.against },
          { label: c.ours, format: number },
          { label: c.theirs, format: number },
          { label: c.equal },
        ]}
        rows={lines}
        origins={rows.filter((row) => row.qualities.length > 0).map(benchmarkOrigin)}
      />
    </Section>
  );
}

/** Returns the name of a participant; its identifier where it was not timed. */
function titleOf({ entries }: BenchmarkRow, id: string): string {
  const entry = entries.find((one) => one.id === id);
  return entry === undefined ? id : entryName(entries, entry);
}

/** Tables of the growth of times with the size of the problem, one per axis. */
export function Scaling({ rows }: BenchmarkTableProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.benchmarks;
  const measured = rows.flatMap((row) => row.scaling === null ? [] : [{ row, ...row.scaling }]);
  const axes = [...new Set(measured.map((one) => one.axis))];
  return (
    <>
      {axes.map((axis, index) => {
        const lines = measured.filter((one) => one.axis === axis);
        const peers = [
          ...new Map(lines.flatMap(({ row }) => row.entries).map(({ id, peer }) => [id, peer])),
        ];
        return (
          <Figure
            key={axis}
            id={`scaling-${index + 1}`}
            title={t.scalingTitle(axis)}
            caption={t.scalingCaption}
            table={{
              columns: [
                { label: axis, format: format.count },
                ...peers.map(([, peer]) => ({
                  label: peer,
                  format: (value: number) => format.significant(value, 3),
                  unit: "s",
                })),
              ],
              rows: lines.map(({ row, value }) => [
                value,
                ...peers.map(([id]) =>
                  row.entries.find((entry) => entry.id === id)?.seconds.median ?? null
                ),
              ]),
              origins: lines.map(({ row }) => benchmarkOrigin(row)),
            }}
          />
        );
      })}
    </>
  );
}

/** A table of the participants and their versions. */
export function Versions({ rows }: BenchmarkTableProps): JSX.Element {
  const { text } = usePage();
  const t = text.benchmarks;
  const byPeer = new Map(
    rows.flatMap((row) => row.entries).map(({ peer, versions }) => [peer, versions]),
  );
  return (
    <DataTable
      caption={t.versionsTitle}
      name="benchmarks-versions"
      columns={[{ label: t.versionsColumns.who }, { label: t.versionsColumns.versions }]}
      rows={[...byPeer].map(([peer, versions]) => [
        peer,
        Object.entries(versions).map(([name, version]) => `${name} ${version}`).join("; "),
      ])}
      origins={rows.map(benchmarkOrigin)}
    />
  );
}
