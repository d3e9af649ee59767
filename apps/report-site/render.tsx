import type { ExperimentId, Result } from "@mixtape/results";
import { renderToString } from "preact-render-to-string";
import { DataBanner } from "./components/data_banner.tsx";
import { Document, filePath } from "./components/document.tsx";
import { NotRun } from "./components/not_run.tsx";
import { originOf } from "./components/origin.ts";
import { type PageContext, PageProvider } from "./components/page_context.ts";
import { Provenance } from "./components/provenance.tsx";
import { marked, unmarked, withoutIsolates } from "./data_text.ts";
import { textIn } from "./language/catalogue.ts";
import { formatFor } from "./language/format.ts";
import type { LanguageInfo } from "./language/language.ts";
import { relativeLink } from "./links.ts";
import type { Typesetter } from "./math/typesetter.ts";
import type { Page, Results } from "./page.ts";

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
}

/** What a page is rendered from. */
export interface RenderOptions {
  /** The page. */
  readonly page: Page;
  /** Every page, for the menu. */
  readonly pages: readonly Page[];
  /** In which language. */
  readonly language: LanguageInfo;
  /** The results that exist. */
  readonly results: Results;
  /** Typesets its formulas, and remembers their styles. */
  readonly typesetter: Typesetter;
  /** Paths of the scripts that the page loads if it is ready; none unless given. */
  readonly scripts?: readonly string[];
}

/** Renders a page to a whole HTML document. */
export function renderPage(options: RenderOptions): RenderedPage {
  const { page, pages, language, typesetter } = options;
  const results = markedOnce(options.results);
  const scripts = page.isReady(results) ? options.scripts ?? [] : [];
  const path = filePath(page, language);
  const used = usedResults(page.uses, results);
  const attachments = new Map<string, string>();
  const context: PageContext = {
    page: page.path.replaceAll("/", "-"),
    path,
    origins: used.map((result) => originOf(result)),
    language,
    text: textIn(language.tag),
    format: formatFor(language.tag),
    link: (target) => relativeLink(path, target),
    attach(target, content) {
      attachments.set(target, withoutIsolates(unmarked(content)));
      return relativeLink(path, target);
    },
    typeset: (formula, display) => typesetter.typeset(formula, display),
  };
  const content = renderToString(
    <PageProvider value={context}>
      {page.isReady(results) ? page.content(results) : <NotRun page={page} />}
    </PageProvider>,
  );
  const html = renderToString(
    <PageProvider value={context}>
      <Document
        page={page}
        pages={pages}
        mathematics={content.includes('class="katex')}
        scripts={scripts}
        banner={page.uses.length > 0 && <DataBanner results={used} />}
        footer={page.uses.length > 0 && <Provenance results={used} />}
      >
        <div class="content" dangerouslySetInnerHTML={{ __html: content }} />
      </Document>
    </PageProvider>,
  );
  return { path, html: `<!doctype html>\n${unmarked(html)}\n`, attachments, scripts };
}

/** Results are marked once for all pages. */
const markedResults = new WeakMap<Results, Results>();

function markedOnce(results: Results): Results {
  const known = markedResults.get(results) ?? marked(results);
  markedResults.set(results, known);
  return known;
}

function usedResults(ids: readonly ExperimentId[], results: Results): Result[] {
  return ids.flatMap((id) => results[id] ?? []);
}
