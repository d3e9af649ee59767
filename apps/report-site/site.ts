import { join } from "node:path";
import {
  beginBundling,
  bundleIslands,
  dataOfIslands,
  type IslandScripts,
  scriptsFor,
} from "./bundle_islands.ts";
import { filePath } from "./components/file_path.ts";
import type { Island } from "./islands/island.ts";
import type { LanguageInfo } from "./language/language.ts";
import { languages } from "./language/languages.ts";
import { Typesetter } from "./math/typesetter.ts";
import type { Page, Results } from "./page.ts";
import type { Problem } from "./problem.ts";
import { isFile } from "./read_folder.ts";
import type { ReadResults } from "./read_results.ts";
import { readAll } from "./read_site.ts";
import { type PreparedPage, preparePage, type RenderedPage } from "./render.tsx";
import { isFromPages, katexStyles, type SitePlan } from "./site_plan.ts";
import { joinStyles, stylesPath } from "./styles.ts";

/** The content of a file of the site. */
export type FileContent = string | Uint8Array;

/** The site of the results of one moment: the static export writes its files, the server answers with them. */
export class Site {
  /** The results that exist. */
  readonly results: Results;
  readonly #plan: SitePlan;
  readonly #url: string | undefined;
  readonly #resultFiles: ReadonlyMap<string, Uint8Array>;
  readonly #otherFiles: ReadonlyMap<string, Uint8Array>;
  readonly #islands: Promise<IslandScripts>;
  readonly #problems: readonly Problem[];
  readonly #typesetter = new Typesetter();
  readonly #prepared = new Map<string, PreparedPage>();
  readonly #pages = new Map<string, RenderedPage>();
  #files?: Promise<Map<string, FileContent>>;

  /**
   * A site.
   *
   * @param plan The parts of the site that do not depend on results.
   * @param read The results and their files.
   * @param url Address at which it is published, with a slash at its end; not known unless given.
   * @param bundling Bundling that began before the results were read, and must end before the site has scripts.
   */
  constructor(plan: SitePlan, read: ReadResults, url?: string, bundling?: Promise<void>) {
    const islands = dataOfIslands(read, plan.islands);
    this.#plan = plan;
    this.#url = url;
    this.results = read.results;
    this.#resultFiles = read.files;
    this.#otherFiles = read.otherFiles ?? new Map();
    // Bundled in other threads, while pages are rendered in this one.
    this.#islands = Promise.all([bundleIslands(islands), bundling]).then(([scripts]) => scripts);
    this.#islands.catch(() => {});
    this.#problems = [...read.problems, ...islands.problems];
  }

  /** Reason why pages lack their scripts, if the bundler could not be started; else null. */
  async withoutScripts(): Promise<string | null> {
    return (await this.#islands).unavailable;
  }

  /**
   * Renders a page, once.
   *
   * @param page The page.
   * @param language Language of the page.
   */
  async render(page: Page, language: LanguageInfo): Promise<RenderedPage> {
    const prepared = this.#prepare(page, language);
    const { byIsland } = await this.#islands;
    const path = filePath(page, language);
    const known = this.#pages.get(path) ??
      prepared.complete(scriptsFor(prepared.content, language.tag, byIsland));
    this.#pages.set(path, known);
    return known;
  }

  #prepare(page: Page, language: LanguageInfo): PreparedPage {
    const path = filePath(page, language);
    const known = this.#prepared.get(path) ?? preparePage({
      page,
      pages: this.#plan.pagesFor(this.results),
      language,
      results: this.results,
      problems: this.#problems,
      typesetter: this.#typesetter,
      url: this.#url,
      nameOf: (experiment) => this.#plan.nameOf(experiment, language),
      isOnOwnData: (experiment) => this.#plan.isOnOwnData(experiment),
    });
    this.#prepared.set(path, known);
    return known;
  }

  /**
   * One file of the site.
   *
   * @param path Its path.
   * @returns Its content; nothing if there is no such file.
   */
  async file(path: string): Promise<FileContent | undefined> {
    const page = this.#plan.pageAt(path);
    if (page !== undefined) return (await this.render(page.page, page.language)).html;
    if (path.startsWith("results/")) return this.#resultFiles.get(path.slice("results/".length));
    // Only what pages bring along needs them all to be rendered.
    return (await this.#islands).files.get(path) ?? this.#otherFiles.get(path) ??
      (isFromPages(path) ? (await this.files()).get(path) : undefined);
  }

  /** Every file of the site by its path; the same results give the same bytes. */
  async files(): Promise<ReadonlyMap<string, FileContent>> {
    return await (this.#files ??= this.#makeFiles());
  }

  /** Everything that is not what it should be: results, their files, pages that cannot show them. */
  async problems(): Promise<readonly Error[]> {
    await this.files();
    const ofPages = [...this.#pages.values()].flatMap(({ error }) => error ?? []);
    const all = [...this.#problems.map(({ error }) => error), ...ofPages];
    // A page fails in each language alike.
    return [...new Map(all.map((error) => [error.message, error])).values()];
  }

  async #makeFiles(): Promise<Map<string, FileContent>> {
    const site = new Map<string, FileContent>();
    const pages = languages.flatMap((language) =>
      this.#plan.pages.map((page) => [page, language] as const)
    );
    for (const [page, language] of pages) {
      // Rendering holds the thread: between two pages, others have their turn, such as Ctrl-C.
      await new Promise((resolve) => setTimeout(resolve));
      this.#prepare(page, language);
    }
    for (const [page, language] of pages) {
      const rendered = await this.render(page, language);
      site.set(rendered.path, rendered.html);
      for (const [path, content] of rendered.attachments) site.set(path, content);
    }
    site.set(katexStyles, this.#typesetter.stylesheet());
    site.set(stylesPath, await joinStyles(this.#plan.styles));
    for (const [path, bytes] of await readStatic()) site.set(`assets/${path}`, bytes);
    for (const [path, bytes] of this.#resultFiles) site.set(`results/${path}`, bytes);
    for (const [path, bytes] of this.#otherFiles) site.set(path, bytes);
    for (const [path, script] of (await this.#islands).files) site.set(path, script);
    return site;
  }
}

/**
 * Reads results and makes the site of them.
 *
 * @param plan The parts of the site that do not depend on results.
 * @param resultsDir Folder of the results; damage in it is among the problems of the site.
 * @param reportDir Folder of the report, which may hold reports of examples and the exercise; none unless given.
 * @param url Address at which it is published, with a slash at its end; not known unless given.
 */
export async function openSite(
  plan: SitePlan,
  resultsDir: string,
  reportDir?: string,
  url?: string,
): Promise<Site> {
  const bundling = beginBundling(await expectedIslands(plan, resultsDir));
  const read = await readAll(plan.experiments, resultsDir, reportDir);
  return new Site(plan, read, url, bundling);
}

/** The islands of experiments that have a result, damaged or not, and those that need no data. */
async function expectedIslands(
  { experiments, islands }: SitePlan,
  resultsDir: string,
): Promise<Island[]> {
  const ofResults = await Promise.all(
    experiments.map(async ({ id, islands = [] }) =>
      islands.length > 0 && await isFile(join(resultsDir, `${id}.json`)) ? islands : []
    ),
  );
  return [...ofResults.flat(), ...islands.filter(({ data }) => data === undefined)];
}

const staticFolder = new URL("./static/", import.meta.url);

async function readStatic(folder = ""): Promise<[path: string, bytes: Uint8Array][]> {
  const files: [string, Uint8Array][] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, staticFolder))) {
    const path = `${folder}${name}`;
    if (isDirectory) files.push(...await readStatic(`${path}/`));
    else files.push([path, await Deno.readFile(new URL(path, staticFolder))]);
  }
  return files;
}
