import type { JSX } from "preact";
import { filePath } from "../components/file_path.ts";
import { Section } from "../components/figure.tsx";
import { HeadlineCard } from "../components/headline_card.tsx";
import { Command, Lacking } from "../components/not_run.tsx";
import { usePage } from "../components/page_context.ts";
import { changeSentence } from "../conclusions/runs.ts";
import { latestChanges } from "../conclusions/stored_runs.ts";
import type { SiteExperiment } from "../experiment.ts";
import { definePage, type Page, type Results } from "../page.ts";
import { Opening, type OverviewProps, shownCover } from "./opening.tsx";

/** The page on what all experiments found, given all of them in their order. */
export function overviewPage(experiments: readonly SiteExperiment[]): Page {
  return definePage({
    path: "index",
    title: (text) => text.overview.title,
    description: (text) => text.overview.description,
    needs: [],
    uses: experiments.map(({ id }) => id),
    image: (results) => shownCover({ results, experiments })?.image,
    Content: ({ results }) => <Overview results={results} experiments={experiments} />,
  });
}

function Overview({ results, experiments }: OverviewProps): JSX.Element {
  const { text, format, language, link } = usePage();
  const t = text.overview;
  const headlines = experiments.flatMap((experiment) => {
    if (experiment.onOverview === false) return [];
    const result = results.byExperiment[experiment.id];
    return result && experiment.headline(result, { language: language.tag, text, format }) || [];
  });
  return (
    <>
      <Opening results={results} experiments={experiments} />
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
    </>
  );
}

/** The changes since the previous run of each experiment that was run more than once. */
function Changes({ results }: { readonly results: Results }): JSX.Element | null {
  const { text, format, language, link, nameOf } = usePage();
  const changes = latestChanges(results.runs ?? []);
  if (changes.length === 0) return null;
  return (
    <Section id="changes" title={text.overview.changes}>
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
