import type { Result } from "@mixtape/results";
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { Cite } from "./components/cite.tsx";
import { CodeSection } from "./components/code_section.tsx";
import { Damaged, LeftOut } from "./components/damaged.tsx";
import { DataBanner } from "./components/data_banner.tsx";
import { Document } from "./components/document.tsx";
import { filePath } from "./components/file_path.ts";
import { imagePath } from "./components/images.tsx";
import { NotRun } from "./components/not_run.tsx";
import { originOf } from "./components/origin.ts";
import {
  type Heading,
  type PageContext,
  PageProvider,
  type SummaryKind,
} from "./components/page_context.ts";
import { Provenance } from "./components/provenance.tsx";
import { displayable, marked, unmarked, withoutIsolates } from "./data_text.ts";
import { textIn } from "./language/languages.ts";
import { formatFor } from "./language/format.ts";
import type { LanguageInfo } from "./language/language.ts";
import { relativeLink } from "./links.ts";
import type { Typesetter } from "./math/typesetter.ts";
import type { ContentProps, Page, Results } from "./page.ts";
import { asError, type Problem } from "./problem.ts";

/** A page, rendered, and the files that come with it. */
export interface RenderedPage {
  /** Path of its file in the site. */
  readonly path: string;
  /** The document. */
  readonly html: string;
  /** Files that it links to and brings along, by their path. */
  readonly attachments: ReadonlyMap<string, string>;
  /** Paths of the scripts that it loads. */
  readonly scripts: readonly string[];
  /** Error that kept its content from being rendered, if any. */
  readonly error?: Error;
}

/** The input for rendering a page. */
export interface RenderOptions {
  /** The page. */
  readonly page: Page;
  /** Every page, for the menu. */
  readonly pages: readonly Page[];
  /** Language to render it in. */
  readonly language: LanguageInfo;
  /** The results that exist. */
  readonly results: Results;
  /** The results that are not what they should be; none unless given. */
  readonly problems?: readonly Problem[];
  /** Address at which the site is published, with a slash at its end; not known unless given. */
  readonly url?: string;
  /** Typesets its formulas, and remembers their styles. */
  readonly typesetter: Typesetter;
  /** Paths of the scripts that rendered content needs; none unless given. */
  readonly scriptsFor?: (content: string) => readonly string[];
  /** The name of an experiment in the language; its id unless given. */
  readonly nameOf?: (experiment: string) => string;
  /** Returns true for an experiment on data of one's own; false unless given. */
  readonly isOnOwnData?: (experiment: string) => boolean;
}

/** A page whose content is rendered: its document waits for the paths of the scripts that the content needs. */
export interface PreparedPage {
  /** The markup of its content; nothing where there is nothing to show. */
  readonly content: string;
  /** Renders the document around the content, which loads scripts by their paths. */
  complete(scripts: readonly string[]): RenderedPage;
}

/**
 * Renders a page to a whole HTML document.
 *
 * A page that needs a result that is not what it should be, or that cannot show one, says so.
 */
export function renderPage(options: RenderOptions): RenderedPage {
  const prepared = preparePage(options);
  return prepared.complete(options.scriptsFor?.(prepared.content) ?? []);
}

/** Renders the content of a page, which takes far longer than its document and needs no script to be bundled yet. */
export function preparePage(options: Omit<RenderOptions, "scriptsFor">): PreparedPage {
  const { page, pages, language, typesetter } = options;
  const results = markedOnce(options.results);
  const path = filePath(page, language);
  const used = usedResults(page.uses, results);
  const attachments = new Map<string, string>();
  const headings: Heading[] = [];
  const summaries: Partial<Record<SummaryKind, string>> = {};
  const context: PageContext = {
    page: page.path.replaceAll("/", "-"),
    path,
    url: options.url,
    origins: used.map((result) => originOf(result)),
    language,
    text: textIn(language.tag),
    format: formatFor(language.tag),
    nameOf: options.nameOf ?? ((experiment) => experiment),
    isOnOwnData: options.isOnOwnData ?? (() => false),
    link: (target) => relativeLink(path, target),
    attach(target, content) {
      attachments.set(target, withoutIsolates(unmarked(content)));
      return relativeLink(path, target);
    },
    noteSummary(kind, sentence) {
      // What a formula says can be told in no attribute.
      if (!sentence.includes("$")) summaries[kind] ??= sentence.replaceAll("`", "");
    },
    addHeading: (heading) => headings.push(heading),
    typeset: (formula, display) => typesetter.typeset(formula, display),
  };
  const image = page.isReady(results) ? page.image?.(results) : undefined;
  const inPage = (content: JSX.Element) =>
    renderToString(<PageProvider value={context}>{content}</PageProvider>);
  const inDocument = (content: string, scripts: readonly string[], used: readonly Result[]) =>
    inPage(
      <Document
        page={page}
        pages={pages}
        mathematics={content.includes('class="katex')}
        scripts={scripts}
        headings={headings}
        summary={withoutIsolates(summaries.finding ?? summaries.question ?? "") || undefined}
        image={image && imagePath(image)}
        banner={page.uses.length > 0 && <DataBanner results={used} />}
        footer={
          <>
            {page.uses.length > 0 && <Provenance results={used} />}
            <Cite results={Object.values(results.byExperiment)} />
          </>
        }
      >
        <div class="content" dangerouslySetInnerHTML={{ __html: content }} />
      </Document>,
    );
  const rendered = { path, attachments };
  try {
    const { code } = page;
    const program = code && (
      <CodeSection code={code} result={results.byExperiment[code.experiment]} />
    );
    const shown = page.isReady(results) ? inPage(<>{page.content(results)}{program}</>) : "";
    const problems = problemsOf(shown);
    const instead = page.isReady(results)
      ? problems.length > 0 && <LeftOut problems={problems} />
      : <Instead page={page} problems={problems} results={results} />;
    const content = inPage(<>{instead}</>) + shown;
    return { content: shown, complete: (scripts) => complete(content, scripts) };
  } catch (thrown) {
    return { content: "", complete: () => damaged(thrown) };
  }

  function complete(content: string, scripts: readonly string[]): RenderedPage {
    try {
      return { ...rendered, html: wholeDocument(inDocument(content, scripts, used)), scripts };
    } catch (thrown) {
      return damaged(thrown);
    }
  }

  function damaged(thrown: unknown): RenderedPage {
    const error = asError(thrown);
    const message = marked(displayable(`Cannot show ${page.path}: ${error.message}`));
    const all = [...problemsOf(""), { message, error, concerns: () => true }];
    attachments.clear();
    headings.length = 0;
    summaries.finding = summaries.question = undefined;
    const html = wholeDocument(inDocument(inPage(<Damaged page={page} problems={all} />), [], []));
    return { ...rendered, html, scripts: [], error };
  }

  function problemsOf(content: string): Problem[] {
    return (options.problems ?? []).filter((problem) => problem.concerns(page, content))
      .map((problem) => ({ ...problem, message: marked(problem.message) }));
  }
}

function wholeDocument(html: string): string {
  return `<!doctype html>\n${unmarked(html)}\n`;
}

interface InsteadProps extends ContentProps {
  readonly page: Page;
  /** Problems of the results that the page shows. */
  readonly problems: readonly Problem[];
}

/** The replacement for the content of a page that is not ready. */
function Instead({ page, problems, results }: InsteadProps): JSX.Element {
  const isDamaged = problems.some(({ experiment }) => page.needs.some((id) => id === experiment));
  return isDamaged
    ? <Damaged page={page} problems={problems} />
    : <NotRun page={page} results={results} />;
}

/** Results are marked once for all pages. */
const markedResults = new WeakMap<Results, Results>();

function markedOnce(results: Results): Results {
  const known = markedResults.get(results) ?? marked(results);
  markedResults.set(results, known);
  return known;
}

function usedResults(ids: readonly string[], results: Results): Result[] {
  return ids.flatMap((id) => results.byExperiment[id] ?? []);
}
