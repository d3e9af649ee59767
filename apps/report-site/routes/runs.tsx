import { experimentIds, type Result } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../components/data_table.tsx";
import { Section } from "../components/figure.tsx";
import { Command } from "../components/not_run.tsx";
import { originOf } from "../components/origin.ts";
import { usePage } from "../components/page_context.ts";
import { PageTop } from "../components/page_top.tsx";
import { totalElapsed } from "../components/provenance.tsx";
import { Stepped } from "../components/stepped.tsx";
import { changeSentence, compareRuns, latestChanges, type RunChange } from "../conclusions/runs.ts";
import { type ContentProps, definePage, type Page } from "../page.ts";

/** Every stored run. */
export const runsPage: Page = definePage({
  path: "runs",
  title: (text) => text.runs.title,
  description: (text) => text.runs.description,
  needs: [],
  Content: RunsContent,
});

function RunsContent({ results: { runs = [] } }: ContentProps<never>): JSX.Element {
  const { text, format } = usePage();
  const t = text.runs;
  const changes = latestChanges(runs);
  return (
    <>
      <PageTop
        heading={t.heading}
        question={t.question}
        found={changes.map((change) => changeSentence(change, text, format))}
      />
      {runs.length === 0
        ? (
          <>
            <p>{t.none}</p>
            <Command experiments={[]} />
          </>
        )
        : <Stored runs={runs} />}
      {runs.length > 0 && changes.length === 0 && <p>{t.once}</p>}
      {changes.map(({ after }) => (
        <Comparisons
          key={after.experiment}
          runs={runs.filter((run) => run.experiment === after.experiment)}
        />
      ))}
    </>
  );
}

interface RunsProps {
  readonly runs: readonly Result[];
}

function Stored({ runs }: RunsProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.runs;
  const c = t.storedColumns;
  return (
    <Section id="stored" title={t.storedTitle}>
      <DataTable
        caption={t.storedTitle}
        name="runs-stored"
        columns={[
          { label: c.experiment },
          { label: c.started },
          { label: c.profile },
          { label: c.seed, format: format.count },
          { label: c.data },
          { label: c.backend },
          { label: c.commit },
          { label: c.elapsed, format: (value) => format.decimal(value, 1), unit: "s" },
        ]}
        rows={runs.map((run) => [
          text.site.experimentNames[run.experiment],
          format.moment(run.provenance.startedAt),
          run.options.profile,
          run.options.seed,
          run.options.dataset.used,
          run.provenance.backend,
          run.provenance.commit?.slice(0, 12) ?? null,
          totalElapsed(run) / 1000,
        ])}
      />
    </Section>
  );
}

/** Any two of the last runs of an experiment. */
const shownRuns = 4;

/** Numbers of a comparison, so that the page stays light. */
const shownNumbers = 60;

function Comparisons({ runs }: RunsProps): JSX.Element {
  const { text, format } = usePage();
  const t = text.runs;
  const { experiment } = runs[0];
  const last = runs.slice(-shownRuns);
  const changes = last.flatMap((after, at) =>
    last.slice(0, at).map((before) => compareRuns(before, after))
  );
  return (
    <Section
      id={`runs-${experimentIds.indexOf(experiment) + 1}`}
      title={t.comparisonTitle(text.site.experimentNames[experiment])}
    >
      <Stepped
        group={experiment}
        label={text.runs.title}
        steps={changes.map((change, index) => ({
          name: pairName(change),
          content: <Pairs change={change} name={`runs-${experiment}-${index + 1}`} />,
        }))}
      />
    </Section>
  );

  function pairName({ before, after }: RunChange): string {
    return t.pairTitle(
      format.moment(before.provenance.startedAt),
      format.moment(after.provenance.startedAt),
    );
  }
}

interface PairsProps {
  readonly change: RunChange;
  readonly name: string;
}

function Pairs({ change, name }: PairsProps): JSX.Element {
  const { text, format } = usePage();
  const c = text.runs.pairColumns;
  const number = (value: number) => format.significant(value, 4);
  const sentence = changeSentence(change, text, format);
  return (
    <>
      <p>{sentence}</p>
      <DataTable
        caption={sentence}
        name={name}
        columns={[
          { label: c.number },
          { label: c.before, format: number },
          { label: c.after, format: number },
          { label: c.moved },
        ]}
        rows={change.pairs.slice(0, shownNumbers).map(({ path, before, after, moved }) => [
          path,
          before.value,
          after.value,
          moved ? text.site.yes : text.site.no,
        ])}
        origins={[change.before, change.after].map((run) => originOf(run, null))}
      />
    </>
  );
}
