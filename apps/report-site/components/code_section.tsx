import type { Result } from "@mixtape/results";
import { dirname } from "node:path";
import type { JSX } from "preact";
import type { PageCode } from "../page.ts";
import { registry, sourceAddress } from "../repository.ts";
import { changesNote } from "./changes_note.ts";
import { Section } from "./figure.tsx";
import { usePage } from "./page_context.ts";

/** Properties of {@link CodeSection}. */
export interface CodeSectionProps {
  /** The program. */
  readonly code: PageCode;
  /** The result of its experiment, if there is one. */
  readonly result: Result | undefined;
}

/** The algorithm of a page as a program, how to run it, and the source of the experiment. */
export function CodeSection({ code, result }: CodeSectionProps): JSX.Element {
  const { text: { site: t } } = usePage();
  const { file, source } = code;
  const packages = new Set(
    [...source.matchAll(/from "@mixtape\/([a-z-]+)/g)].map(([, name]) => name),
  );
  const names = [...packages].map((name) => `${registry}/${name}`);
  return (
    <Section id="code" title={t.codeTitle}>
      <p>{t.codeIntro}</p>
      <pre class="program" tabIndex={0}><code>{source}</code></pre>
      <p>{t.codeRun}</p>
      <pre class="command" tabIndex={0}><code>deno run --allow-read {file}</code></pre>
      <p>{t.codeElsewhere}</p>
      <pre class="command" tabIndex={0}><code>deno add {names.join(" ")}</code></pre>
      <Source folder={dirname(file)} result={result} />
    </Section>
  );
}

interface SourceProps {
  readonly folder: string;
  readonly result: Result | undefined;
}

/** The link to the source of an experiment, at the commit of its run where that is known. */
function Source({ folder, result }: SourceProps): JSX.Element {
  const { text } = usePage();
  const t = text.site;
  const { commit = null, dirty = null } = result?.provenance ?? {};
  const link = <a href={sourceAddress(folder, commit)}>{folder}</a>;
  if (commit === null) return <p>{t.sourceOfNewest} {link}.</p>;
  return (
    <p>
      {t.sourceOfRun} {link}, {t.sourceCommit} <code>{commit.slice(0, 12)}</code>
      {changesNote(dirty, text)}.
    </p>
  );
}
