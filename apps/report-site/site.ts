import { bundleIslands, type IslandScripts } from "./bundle_islands.ts";
import { type LanguageInfo, languages } from "./language/language.ts";
import { Typesetter } from "./math/typesetter.ts";
import type { Page, Results } from "./page.ts";
import { pages } from "./pages.ts";
import { type ReadResults, readResults } from "./read_results.ts";
import { type RenderedPage, renderPage } from "./render.tsx";

/** What a file of the site holds. */
export type FileContent = string | Uint8Array;

/** The site of the results of one moment: the static export writes its files, the server answers with them. */
export class Site {
  /** The results that exist. */
  readonly results: Results;
  /** Why pages come without their scripts, if the bundler could not be started; else null. */
  readonly withoutScripts: string | null;
  readonly #resultFiles: ReadonlyMap<string, Uint8Array>;
  readonly #islands: IslandScripts;
  #files?: Promise<Map<string, FileContent>>;

  /**
   * A site.
   *
   * @param read The results and their files.
   * @param islands The scripts of its pages.
   */
  constructor({ results, files }: ReadResults, islands: IslandScripts) {
    this.results = results;
    this.withoutScripts = islands.unavailable;
    this.#resultFiles = files;
    this.#islands = islands;
  }

  /**
   * Renders a page.
   *
   * @param page The page.
   * @param language In which language.
   * @param typesetter Typesets its formulas, and remembers their styles.
   */
  render(
    page: Page,
    language: LanguageInfo,
    typesetter: Typesetter = new Typesetter(),
  ): RenderedPage {
    const scripts = this.#islands.byPage.get(page.path);
    return renderPage({ page, pages, language, results: this.results, typesetter, scripts });
  }

  /**
   * One file of the site.
   *
   * @param path Its path.
   * @returns What it holds; nothing if there is no such file.
   */
  async file(path: string): Promise<FileContent | undefined> {
    const known = this.#islands.files.get(path) ??
      this.#resultFiles.get(path.replace(/^results\//, ""));
    // Only what pages bring along needs them all to be rendered.
    return known ?? await staticFile(path) ?? (await this.files()).get(path);
  }

  /** Every file of the site by its path; the same results give the same bytes. */
  async files(): Promise<ReadonlyMap<string, FileContent>> {
    return await (this.#files ??= this.#makeFiles());
  }

  async #makeFiles(): Promise<Map<string, FileContent>> {
    const site = new Map<string, FileContent>();
    const typesetter = new Typesetter();
    for (const language of languages) {
      for (const page of pages) {
        // Rendering holds the thread: between two pages, others have their turn, such as Ctrl-C.
        await new Promise((resolve) => setTimeout(resolve));
        const rendered = this.render(page, language, typesetter);
        site.set(rendered.path, rendered.html);
        for (const [path, content] of rendered.attachments) site.set(path, content);
      }
    }
    site.set("assets/katex/katex.css", typesetter.stylesheet());
    for (const [path, bytes] of await readStatic()) site.set(`assets/${path}`, bytes);
    for (const [path, bytes] of this.#resultFiles) site.set(`results/${path}`, bytes);
    for (const [path, script] of this.#islands.files) site.set(path, script);
    return site;
  }
}

/**
 * Reads results and makes the site of them.
 *
 * @param resultsDir Folder of the results.
 * @throws {SyntaxError} If a result does not conform.
 */
export async function openSite(resultsDir: string): Promise<Site> {
  const read = await readResults(resultsDir);
  return new Site(read, await bundleIslands(read));
}

const staticFolder = new URL("./static/", import.meta.url);

async function staticFile(path: string): Promise<Uint8Array | undefined> {
  return (await readStatic()).find(([name]) => `assets/${name}` === path)?.[1];
}

async function readStatic(folder = ""): Promise<[path: string, bytes: Uint8Array][]> {
  const files: [string, Uint8Array][] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, staticFolder))) {
    const path = `${folder}${name}`;
    if (isDirectory) files.push(...await readStatic(`${path}/`));
    else files.push([path, await Deno.readFile(new URL(path, staticFolder))]);
  }
  return files;
}
