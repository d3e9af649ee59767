import type { Result, Sprite } from "@mixtape/results";
import type { JSX } from "preact";
import { filePath } from "../components/file_path.ts";
import { usePage } from "../components/page_context.ts";
import type { Cover, SiteExperiment } from "../experiment.ts";
import type { Page, Results } from "../page.ts";
import { registry, repository } from "../repository.ts";

/** Properties of the parts of the overview. */
export interface OverviewProps {
  /** The results that exist. */
  readonly results: Results;
  /** All experiments, in their order. */
  readonly experiments: readonly SiteExperiment[];
}

/** The first screen of the report: its subject, a picture of what it found, and how to run and to use it. */
export function Opening({ results, experiments }: OverviewProps): JSX.Element {
  const { text: { overview: t }, noteSummary } = usePage();
  const isOwn = results.selection?.data === "own";
  const standfirst = isOwn ? t.ownStandfirst : t.standfirst;
  noteSummary("question", standfirst);
  return (
    <div class="opening">
      <h1>{isOwn ? t.ownHeading : t.heading}</h1>
      <Picture results={results} experiments={experiments} />
      <div class="about">
        <p class="standfirst">{standfirst}</p>
        <Links results={results} />
      </div>
      <dl class="first-lines">
        <dt>{t.runIt}</dt>
        <dd>
          <code>{isOwn ? "deno task experiments --dataset FILE" : "deno task experiments"}</code>
        </dd>
        <dt>{t.useIt}</dt>
        <dd>
          <code>{`import { kMeans } from "${registry}/clustering";`}</code>
        </dd>
      </dl>
    </div>
  );
}

/** The picture that the report opens with. */
export interface ShownCover {
  /** Its result. */
  readonly result: Result;
  /** Renders it. */
  readonly Content: Cover["Content"];
  /** Its image, if it is one. */
  readonly image?: Sprite;
  /** The page that has its numbers. */
  readonly page: Page;
}

/** Returns the picture of the first experiment that has one and was run. */
export function shownCover({ results, experiments }: OverviewProps): ShownCover | undefined {
  for (const { id, cover, pages } of experiments) {
    const result = results.byExperiment[id];
    if (cover === undefined || result === undefined) continue;
    return { result, Content: cover.Content, image: cover.image?.(result), page: pages[0] };
  }
  return undefined;
}

/** The picture of the first experiment that has one, and the link to its page. */
function Picture(props: OverviewProps): JSX.Element | null {
  const { text, language, link } = usePage();
  const shown = shownCover(props);
  if (shown === undefined) return null;
  const { Content, result, page } = shown;
  return (
    <div class="cover">
      <Content result={result} />
      <a href={link(filePath(page, language))}>
        {text.overview.more(page.title(text, language.tag))}
      </a>
    </div>
  );
}

/** Links to what there is beside the pages: models to try, the code, and the exercise where it was made. */
function Links({ results }: { readonly results: Results }): JSX.Element {
  const { text, language, link } = usePage();
  const path = (name: string) => `exercise/${language.folder}${name}`;
  const exercise = [
    { name: "exercise.ipynb", label: text.exercise.link },
    { name: "exercise.pdf", label: text.exercise.pdf },
  ].filter(({ name }) => results.exercise?.includes(path(name)));
  return (
    <ul class="first-links">
      {results.byExperiment["try-it"] && (
        <li>
          <a href={link(filePath({ path: "try-it" }, language))}>{text.tryIt.title}</a>
        </li>
      )}
      <li>
        <a href={repository}>{text.overview.source}</a>
      </li>
      {results.hasDocs && (
        <li>
          <a href={link("docs/index.html")} hreflang="en">{text.overview.docs}</a>
        </li>
      )}
      {exercise.map(({ name, label }) => (
        <li key={name}>
          <a href={link(path(name))} download>{label}</a>
        </li>
      ))}
    </ul>
  );
}
