import type { Result } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../components/data_table.tsx";
import { Section } from "../components/figure.tsx";
import { IslandRoot } from "../components/island.tsx";
import { Command } from "../components/not_run.tsx";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { totalElapsed } from "../components/provenance.tsx";
import { changeSentence, type RunChange } from "../conclusions/runs.ts";
import { latestChanges, repeatedRuns } from "../conclusions/stored_runs.ts";
import { Comparison } from "../islands/runs/comparison.tsx";
import { type ContentProps, definePage, type Page } from "../page.ts";
import { maximumBy } from "../statistics.ts";

/** Every stored run. */
export const runsPage: Page = definePage({
  path: "runs",
  group: "about",
  title: (text) => text.runs.title,
  description: (text) => text.runs.description,
  needs: [],
  Content: RunsContent,
});

function RunsContent({ results: { byExperiment, runs = [] } }: ContentProps): JSX.Element {
  const { text, format, nameOf } = usePage();
  const t = text.runs;
  const changes = latestChanges(runs);
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        findings={changes.map((change) =>
          changeSentence(change, nameOf(change.after.experiment), text, format)
        )}
      />
      {runs.length === 0
        ? (
          <>
            <p>{t.none}</p>
            <Command experiments={[]} />
          </>
        )
        : <Stored runs={runs} />}
      <Times results={Object.values(byExperiment)} />
      {runs.length > 0 &&
        (repeatedRuns(runs).length > 0 ? <Comparisons runs={runs} /> : <p>{t.once}</p>)}
    </>
  );
}

interface RunsProps {
  readonly runs: readonly Result[];
}

function Stored({ runs }: RunsProps): JSX.Element {
  const { text, format, nameOf } = usePage();
  const t = text.runs;
  const c = t.storedColumns;
  return (
    <Section id="stored" title={t.storedTitle}>
      <DataTable
        caption={t.storedTitle}
        name="runs-stored"
        columns={[
          { label: c.experiment },
          { label: c.started, isMoment: true },
          { label: c.profile },
          { label: c.seed, format: format.count },
          { label: c.data },
          { label: c.backend },
          { label: c.commit },
          { label: c.elapsed, format: (value) => format.significant(value, 2), unit: "s" },
        ]}
        rows={runs.map((run) => [
          nameOf(run.experiment),
          format.stamp(run.provenance.startedAt),
          run.options.profile,
          run.options.seed,
          run.options.dataset.used === "own" ? run.data[0].title : run.options.dataset.used,
          run.provenance.backend,
          run.provenance.commit?.slice(0, 12) ?? null,
          totalElapsed(run) / 1000,
        ])}
      />
    </Section>
  );
}

/** The time that the current results took, and each machine and backend, once. */
function Times({ results }: { readonly results: readonly Result[] }): JSX.Element | null {
  const { text: { runs: t, site }, format } = usePage();
  if (results.length === 0) return null;
  const total = results.reduce((sum, result) => sum + totalElapsed(result), 0);
  const places = results.map(({ provenance }) => {
    const { processor, os, backend, adapter, threads, deno } = provenance;
    const machine = site.provenanceProcessors(processor.model, format.count(processor.count));
    const used = site.provenanceThreads(format.count(threads), format.isSingular(threads));
    return t.where(machine, os, [backend, adapter, used].filter(Boolean).join(", "), deno);
  });
  return (
    <Section id="times" title={t.timesTitle}>
      <p>
        {t.times(format.count(results.length), format.duration(total))}{" "}
        {[...new Set(places)].join(" ")}
      </p>
    </Section>
  );
}

/** Numbers of a comparison without script, so that the page stays light. */
const shownNumbers = 60;

/** The last two runs of each experiment; a script lets the reader choose any two. */
function Comparisons({ runs }: RunsProps): JSX.Element {
  const { text, nameOf } = usePage();
  const t = text.runs;
  const changes = latestChanges(runs);
  const names = Object.fromEntries(
    repeatedRuns(runs).map(([{ experiment }]) => [experiment, nameOf(experiment)]),
  );
  return (
    <Section id="compare" title={t.compareTitle}>
      <p>{t.compareIntro}</p>
      <IslandRoot name="runs" properties={{ start: startOf(runs, changes), names }}>
        {changes.map((change) => (
          <Comparison
            key={change.after.experiment}
            change={change}
            name={`runs-${change.after.experiment}`}
            limit={shownNumbers}
          />
        ))}
      </IslandRoot>
    </Section>
  );
}

/** The place, among the runs to choose from, of the one where most has moved. */
function startOf(runs: readonly Result[], changes: readonly RunChange[]): number {
  const choice = repeatedRuns(runs).flat();
  if (changes.length === 0) return choice.length - 1;
  const { after } = maximumBy(changes, ({ pairs }) => pairs.filter(({ moved }) => moved).length);
  return choice.findIndex(({ experiment, provenance }) =>
    experiment === after.experiment && provenance.startedAt === after.startedAt
  );
}
