import { filePath } from "./components/file_path.ts";
import type { SiteExperiment } from "./experiment.ts";
import type { Island } from "./islands/island.ts";
import { islands } from "./islands/islands.ts";
import type { LanguageInfo } from "./language/language.ts";
import { languages } from "./language/languages.ts";
import type { Page, Results } from "./page.ts";
import { pagesOf } from "./pages.ts";

/** A page in a language. */
export interface PageOfSite {
  /** The page. */
  readonly page: Page;
  /** The language. */
  readonly language: LanguageInfo;
}

/** Everything that the site of some experiments has whatever their results. */
export class SitePlan {
  /** The experiments, in the order in which they are shown. */
  readonly experiments: readonly SiteExperiment[];
  /** Every page, in the order of the menu. */
  readonly pages: readonly Page[];
  /** Every island, in the order in which pages load their scripts. */
  readonly islands: readonly Island[];
  /** Addresses of the stylesheets of the experiments. */
  readonly styles: readonly string[];
  readonly #byPath: ReadonlyMap<string, PageOfSite>;
  readonly #byId: ReadonlyMap<string, SiteExperiment>;

  /** The plan of the site of some experiments. */
  constructor(experiments: readonly SiteExperiment[]) {
    this.experiments = experiments;
    this.pages = pagesOf(experiments);
    this.islands = [...experiments.flatMap((one) => one.islands ?? []), ...islands];
    this.styles = experiments.flatMap((one) => one.styles ?? []);
    this.#byId = new Map(experiments.map((one) => [one.id, one]));
    this.#byPath = new Map(
      languages.flatMap((language) =>
        this.pages.map((page) => [filePath(page, language), { page, language }] as const)
      ),
    );
  }

  /** The page that a path of the site is the file of; nothing for other files. */
  pageAt(path: string): PageOfSite | undefined {
    return this.#byPath.get(path);
  }

  /** Returns true if a site may have a file with a path, for any results. */
  mayHave(path: string): boolean {
    return this.pageAt(path) !== undefined || isFromPages(path) ||
      ["results/", "examples/", "exercise/", "docs/", "assets/"].some((folder) =>
        path.startsWith(folder)
      );
  }

  /** The pages of a report: without those of experiments that do not fit its data, and those that are empty. */
  pagesFor(results: Results): readonly Page[] {
    const leftOut = new Set(
      results.selection?.leftOut.flatMap(({ experiment }) =>
        this.#byId.get(experiment)?.pages ?? []
      ),
    );
    return this.pages.filter((page) => !leftOut.has(page) && !page.isEmpty?.(results));
  }

  /** Returns true if an experiment runs on data of one's own. */
  isOnOwnData(experiment: string): boolean {
    return this.#byId.get(experiment)?.onOwnData === true;
  }

  /** The name of an experiment in a language; its id if the site does not know it. */
  nameOf(experiment: string, language: LanguageInfo): string {
    return this.#byId.get(experiment)?.name(language.tag) ?? experiment;
  }
}

/** The stylesheet of the formulas that pages have. */
export const katexStyles = "assets/katex/katex.css";

/** Tells whether a file comes with pages: their tables, and the styles of their formulas. */
export function isFromPages(path: string): boolean {
  return path === katexStyles ||
    languages.some(({ folder }) => path.startsWith(`${folder}tables/`));
}
