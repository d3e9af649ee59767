import type { Result } from "@mixtape/results";
import type { JSX } from "preact";
import { DataTable } from "../components/data_table.tsx";
import { filePath } from "../components/file_path.ts";
import { Section } from "../components/figure.tsx";
import { HeadlineCard } from "../components/headline_card.tsx";
import { Command, Lacking } from "../components/not_run.tsx";
import { usePage } from "../components/page_context.ts";
import { totalElapsed } from "../components/provenance.tsx";
import { changeSentence } from "../conclusions/runs.ts";
import { latestChanges, repeatedRuns } from "../conclusions/stored_runs.ts";
import type { SiteExperiment } from "../experiment.ts";
import { definePage, type Page, type Results } from "../page.ts";

/** The page on what all experiments found, given all of them in their order. */
export function overviewPage(experiments: readonly SiteExperiment[]): Page {
  return definePage({
    path: "index",
    title: (text) => text.overview.title,
    description: (text) => text.overview.description,
    needs: [],
    uses: experiments.map(({ id }) => id),
    Content: ({ results }) => <Overview results={results} experiments={experiments} />,
  });
}

interface OverviewProps {
  readonly results: Results;
  readonly experiments: readonly SiteExperiment[];
}

function Overview({ results, experiments }: OverviewProps): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = text.overview;
  const headlines = experiments.flatMap((experiment) => {
    if (experiment.onOverview === false) return [];
    const result = results.byExperiment[experiment.id];
    return result && experiment.headline(result, { language: language.tag, text, format }) || [];
  });
  const isOwn = results.selection?.data === "own";
  return (
    <>
      <h1>{isOwn ? t.ownHeading : t.heading}</h1>
      <p class="standfirst">{isOwn ? t.ownStandfirst : t.standfirst}</p>
      <Exercise files={results.exercise ?? []} />
      {headlines.length > 0 && (
        <Section id="answers" title={t.headlines}>
          <ul class="headlines">
            {headlines.map((headline) => (
              <HeadlineCard
                key={headline.page}
                headline={headline}
                href={link(filePath({ path: headline.page }, language))}
              />
            ))}
          </ul>
        </Section>
      )}
      <Changes results={results} />
      <NotRunYet results={results} experiments={experiments} />
      <LeftOutOfRun results={results} experiments={experiments} />
      <Runs results={results} experiments={experiments} />
    </>
  );
}

/** Links to the exercise as a notebook and as a PDF, where they were made. */
function Exercise({ files }: { readonly files: readonly string[] }): JSX.Element | null {
  const { text: { exercise: t }, language, link } = usePage();
  const path = (name: string) => `exercise/${language.folder}${name}`;
  const known = [
    { name: "exercise.ipynb", label: t.link },
    { name: "exercise.pdf", label: t.pdf },
  ].filter(({ name }) => files.includes(path(name)));
  if (known.length === 0) return null;
  return (
    <p class="exercise">
      {known.map(({ name, label }, at) => (
        <>
          {at > 0 && ", "}
          <a key={name} href={link(path(name))} download>{label}</a>
        </>
      ))}
    </p>
  );
}

/** The changes since the previous run of each experiment that was run more than once. */
function Changes({ results }: { readonly results: Results }): JSX.Element | null {
  const { text, format, language, link, nameOf } = usePage();
  const { runs = [] } = results;
  if (runs.length === 0) return null;
  const changes = latestChanges(runs);
  return (
    <Section id="changes" title={text.overview.changes}>
      {repeatedRuns(runs).length === 0 && <p>{text.runs.once}</p>}
      <ul>
        {changes.map((change) => (
          <li key={change.after.experiment}>
            {changeSentence(change, nameOf(change.after.experiment), text, format)}
          </li>
        ))}
      </ul>
      <p>
        <a href={link(filePath({ path: "runs" }, language))}>
          {text.overview.more(text.runs.title)}
        </a>
      </p>
    </Section>
  );
}

function NotRunYet({ results, experiments }: OverviewProps): JSX.Element | null {
  const { text, nameOf } = usePage();
  const t = text.overview;
  const leftOut = new Set(results.selection?.leftOut.map(({ experiment }) => experiment));
  const missing = experiments.map(({ id }) => id)
    .filter((id) => results.byExperiment[id] === undefined && !leftOut.has(id));
  if (missing.length === 0) return null;
  return (
    <Section id="not-run" title={t.notRun}>
      <p>{t.notRunBody}</p>
      <dl class="terms">
        {missing.map((id) => (
          <div key={id}>
            <dt>{nameOf(id)}</dt>
            <dd>
              <Command experiments={[id]} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** The experiments that do not fit the data, by the need that these lack. */
function LeftOutOfRun({ results, experiments }: OverviewProps): JSX.Element | null {
  const { text, format, nameOf } = usePage();
  const known = new Set(experiments.map(({ id }) => id));
  const leftOut = (results.selection?.leftOut ?? []).filter((one) => known.has(one.experiment));
  if (leftOut.length === 0) return null;
  const groups = Map.groupBy(leftOut, ({ need, least }) => `${need} ${least}`);
  return (
    <Section id="left-out-of-run" title={text.overview.leftOut}>
      <p>{text.overview.leftOutBody}</p>
      <dl class="terms">
        {[...groups].map(([key, group]) => (
          <div key={key}>
            <dt>{format.list(group.map(({ experiment }) => `“${nameOf(experiment)}”`))}</dt>
            <dd>
              <Lacking {...group[0]} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Runs({ results, experiments }: OverviewProps): JSX.Element | null {
  const { text, format, nameOf } = usePage();
  const t = text.overview;
  const columns = t.runsColumns;
  const run: Result[] = experiments.flatMap(({ id }) => results.byExperiment[id] ?? []);
  if (run.length === 0) return null;
  const total = run.reduce((sum, result) => sum + totalElapsed(result), 0);
  return (
    <Section id="runs" title={t.runs}>
      <p>
        {t.runsBody(format.count(run.length), format.duration(total))} {placesOf(run).join(" ")}
      </p>
      <DataTable
        caption={t.runs}
        name="index-runs"
        columns={[
          { label: columns.experiment },
          { label: columns.elapsed, format: (value) => format.decimal(value, 1), unit: "s" },
          { label: columns.profile },
          { label: columns.seed, format: format.count },
          { label: columns.backend },
          { label: columns.commit },
        ]}
        rows={run.map((result) => [
          nameOf(result.experiment),
          totalElapsed(result) / 1000,
          result.options.profile,
          result.options.seed,
          result.provenance.backend,
          result.provenance.commit?.slice(0, 12) ?? null,
        ])}
      />
    </Section>
  );

  /** Each machine and backend, once. */
  function placesOf(results: readonly Result[]): string[] {
    const { site } = text;
    return [
      ...new Set(results.map(({ provenance }) => {
        const { processor, os, backend, adapter, threads, deno } = provenance;
        const machine = site.provenanceProcessors(processor.model, format.count(processor.count));
        const used = site.provenanceThreads(format.count(threads), format.isSingular(threads));
        return t.where(machine, os, [backend, adapter, used].filter(Boolean).join(", "), deno);
      })),
    ];
  }
}
