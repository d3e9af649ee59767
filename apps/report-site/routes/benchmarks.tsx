import type { BenchmarkRow, Benchmarks } from "@mixtape/results";
import type { JSX } from "preact";
import { anchorName } from "../components/anchor_name.ts";
import { BarChart } from "../components/charts/bar_chart.tsx";
import { DataTable } from "../components/data_table.tsx";
import { Figure, Section } from "../components/figure.tsx";
import { usePage } from "../components/page_context.ts";
import { Method, PageTop } from "../components/page_top.tsx";
import { Prose } from "../components/prose.tsx";
import { type ContentProps, definePage, type Page } from "../page.ts";
import { entryName } from "./entry_name.ts";
import { benchmarkOrigin, Qualities, Scaling, Versions } from "./benchmark_tables.tsx";

/** Mixtape beside others. */
export const benchmarksPage: Page = definePage({
  path: "benchmarks",
  group: "about",
  title: (text) => text.benchmarks.title,
  description: (text) => text.benchmarks.description,
  needs: [],
  Content: BenchmarksContent,
});

function BenchmarksContent({ results }: ContentProps): JSX.Element {
  const { benchmarks, areBenchmarksOfRepository = false } = results;
  return benchmarks
    ? <Measured benchmarks={benchmarks} ofRepository={areBenchmarksOfRepository} />
    : <NotMeasured />;
}

function NotMeasured(): JSX.Element {
  const { text } = usePage();
  const t = text.benchmarks;
  return (
    <>
      <h1>{t.title}: {t.notRun}</h1>
      <p class="standfirst">{t.notRunBody}</p>
      <MeasureCommand />
    </>
  );
}

function MeasureCommand(): JSX.Element {
  return (
    <pre class="command" tabIndex={0}>
      <code>
        deno task bench --json report/results/benchmarks.json{"\n"}deno task site
      </code>
    </pre>
  );
}

interface MeasuredProps {
  readonly benchmarks: Benchmarks;
  /** True if the report has none of its own. */
  readonly ofRepository: boolean;
}

function Measured({ benchmarks, ofRepository }: MeasuredProps): JSX.Element {
  const { text, format, link } = usePage();
  const t = text.benchmarks;
  const { machine } = benchmarks;
  const rows = benchmarks.rows.filter((row) => row.scaling === null);
  const comparisons = rows.flatMap((row) => row.comparisons);
  const judged = comparisons.filter((one) => one.reached !== null);
  const timed = comparisons.filter((one) =>
    one.measure === "seconds" && one.against !== null && !one.against.startsWith("ours")
  );
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={[
          ...timed.length === 0 ? [] : [t.findingFaster(
            format.count(timed.filter((one) => one.ratio > 1).length),
            format.count(timed.length),
          )],
          ...judged.length === 0 ? [] : [t.findingBars(
            format.count(judged.filter((one) => one.reached).length),
            format.count(judged.length),
          )],
        ]}
      />
      <Method>
        <p>
          <Prose>
            {t.machine(
              format.count(machine.processors),
              machine.processor,
              format.count(machine.memory / 2 ** 30),
              machine.os,
              machine.runtime,
            )}
          </Prose>
        </p>
        {ofRepository && (
          <>
            <p>{t.ofRepository}</p>
            <MeasureCommand />
          </>
        )}
        {rows.some((row) => row.quick) && <p>{t.quick}</p>}
      </Method>
      {rows.filter((row) => row.entries.length > 0).map((row) => <Work key={row.id} row={row} />)}
      <Qualities rows={rows} />
      <Scaling rows={benchmarks.rows} />
      <Section id="versions" title={t.versionsTitle}>
        <Versions rows={benchmarks.rows} />
        <p class="download">
          <a href={link("results/benchmarks.json")}>{t.json}</a>
        </p>
      </Section>
    </>
  );
}

function Work({ row }: { readonly row: BenchmarkRow }): JSX.Element {
  const { text, format } = usePage();
  const t = text.benchmarks;
  const caption = t.workCaption(
    row.size,
    format.moment(row.measuredAt),
    row.commit?.slice(0, 12) ?? "",
  );
  return (
    <Figure id={anchorName(row.id)} title={row.title} caption={caption}>
      <BarChart
        title={row.title}
        description={caption}
        rows={row.entries.map((entry) => shortName(row, entry.id))}
        x={{ label: t.secondsAxis, format: format.decimal }}
        series={[{
          name: t.secondsAxis,
          inTable: t.columns.median,
          colour: 1,
          values: row.entries.map((entry) => entry.seconds.median),
        }]}
      />
      <WorkTable row={row} />
    </Figure>
  );
}

/** Returns the name of a participant on its bar: short, if that distinguishes it from the others. */
function shortName({ entries }: BenchmarkRow, id: string): string {
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) return id;
  const namesakes = entries.filter((one) => one.peer === entry.peer);
  if (namesakes.length === 1) return entry.peer;
  const isAlone = namesakes.filter((one) => one.threads === entry.threads).length === 1;
  if (!isAlone) return entryName(entries, entry);
  return entry.threads === null ? entry.peer : `${entry.peer} (${entry.threads})`;
}

function WorkTable({ row }: { readonly row: BenchmarkRow }): JSX.Element {
  const { text, format } = usePage();
  const t = text.benchmarks;
  const columns = t.columns;
  const seconds = (value: number) => format.significant(value, 3);
  const known = new Set(row.entries.map((entry) => entry.id));
  const comparisonsOf = (id: string | null) => row.comparisons.filter((one) => one.against === id);
  const judged = (id: string | null) => {
    const all = comparisonsOf(id);
    const join = (texts: readonly string[]) => texts.filter(Boolean).join("; ") || null;
    return [
      join(all.map(({ ratio, measure }) => {
        const shown = `${format.significant(ratio, 3)}×`;
        return measure === "seconds" ? shown : t.memoryRatio(shown);
      })),
      join(all.map(({ bar }) => bar === null ? "" : `${format.significant(bar, 3)}×`)),
      join(
        all.map(({ reached }) => reached === null ? "" : reached ? text.site.yes : text.site.no),
      ),
    ];
  };
  const limits = comparisonsOf(null).length > 0 ||
    row.comparisons.some((one) => one.against !== null && !known.has(one.against));
  return (
    <DataTable
      caption={row.title}
      name={`benchmarks-${anchorName(row.id)}`}
      columns={[
        { label: columns.who },
        { label: columns.threads, format: format.count },
        { label: columns.median, format: seconds, unit: "s" },
        { label: columns.min, format: seconds, unit: "s" },
        { label: columns.max, format: seconds, unit: "s" },
        { label: columns.runs, format: format.count },
        { label: columns.ratio },
        { label: columns.bar },
        { label: columns.reached },
        { label: columns.remark },
      ]}
      rows={[
        ...row.entries.map((entry) => [
          entryName(row.entries, entry),
          entry.threads,
          entry.seconds.median,
          entry.seconds.min,
          entry.seconds.max,
          entry.seconds.runs,
          ...judged(entry.id),
          entry.remark,
        ]),
        ...limits ? [[t.limit, null, null, null, null, null, ...judged(null), null]] : [],
      ]}
      origins={[benchmarkOrigin(row)]}
    />
  );
}
