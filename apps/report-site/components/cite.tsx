import type { Result } from "@mixtape/results";
import type { JSX } from "preact";
import project from "../deno.json" with { type: "json" };
import { maximumBy } from "../statistics.ts";
import { author, repository } from "../repository.ts";
import { usePage } from "./page_context.ts";

/** The way to cite the report, as a sentence and as BibTeX; nothing if no result exists. */
export function Cite({ results }: { readonly results: readonly Result[] }): JSX.Element | null {
  const { text: { site: t } } = usePage();
  if (results.length === 0) return null;
  const { commit, dirty, startedAt } = maximumBy(
    results,
    ({ provenance }) => Date.parse(provenance.startedAt),
  ).provenance;
  const date = startedAt.slice(0, 10);
  const changes = dirty === true ? ` (${t.provenanceDirty})` : "";
  const code = commit === null ? "" : `commit ${commit.slice(0, 12)}${changes}, `;
  const run = `${code}${t.citedRun(date)}`;
  const { version } = project;
  const year = date.slice(0, 4);
  return (
    <details class="cite">
      <summary>{t.cite}</summary>
      <p>
        {author} ({year}). {t.name} {version}, {run}. <a href={repository}>{repository}</a>
      </p>
      <pre class="program" tabIndex={0}><code>{bibtex({ version, year, run })}</code></pre>
    </details>
  );
}

function bibtex(
  { version, year, run }: {
    readonly version: string;
    readonly year: string;
    readonly run: string;
  },
): string {
  return [
    "@misc{mixtape,",
    `  author = {{${author}}},`,
    `  title = {Mixtape ${version}},`,
    `  year = {${year}},`,
    `  howpublished = {\\url{${repository}}},`,
    `  note = {${run}},`,
    "}",
  ].join("\n");
}
