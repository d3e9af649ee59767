import { dirname, join, normalize } from "node:path";
import { languages } from "./language/language.ts";
import { pages } from "./pages.ts";
import { type FileContent, openSite } from "./site.ts";

/** Where the site is read from and written to. */
export interface ExportOptions {
  /** Folder of the results. */
  readonly resultsDir: string;
  /** Folder of the site; it is replaced whole, or not at all. */
  readonly siteDir: string;
}

/** What was exported. */
export interface ExportedSite {
  /** Path of the page to begin with. */
  readonly index: string;
  /** Pages that were written, in all languages. */
  readonly pages: number;
  /** Paths of the pages whose results do not exist yet. */
  readonly notRun: readonly string[];
  /** Why pages come without their scripts, if the bundler could not be started; else null. */
  readonly withoutScripts: string | null;
}

/**
 * Writes the whole site from the results that exist.
 *
 * The same results give the same bytes. The site is written beside `siteDir` and then swapped with it,
 * so that after an error the previous site is still there.
 *
 * @param options Where from and where to.
 * @throws {SyntaxError} If a result does not conform.
 */
export async function exportSite({ resultsDir, siteDir }: ExportOptions): Promise<ExportedSite> {
  const site = await openSite(resultsDir);
  await replaceFolder(siteDir, await site.files());
  return {
    index: join(siteDir, "index.html"),
    pages: pages.length * languages.length,
    notRun: pages.filter((page) => !page.isReady(site.results)).map((page) => page.path),
    withoutScripts: site.withoutScripts,
  };
}

async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, FileContent>,
): Promise<void> {
  const target = normalize(folder).replace(/[/\\]$/, "");
  const partial = `${target}.partial`;
  const previous = `${target}.previous`;
  await removeIfThere(partial);
  try {
    await writeAll(partial, [...files]);
    await removeIfThere(previous);
    await swap(partial, target, previous);
  } catch (error) {
    await removeIfThere(partial);
    throw error;
  }
  await removeIfThere(previous);
}

async function swap(partial: string, target: string, previous: string): Promise<void> {
  await renameIfThere(target, previous);
  try {
    await Deno.rename(partial, target);
  } catch (error) {
    await renameIfThere(previous, target);
    throw error;
  }
}

/** Files that are written at the same time: as many as keep the disk busy, fewer than may be open. */
const atOnce = 64;

async function writeAll(
  folder: string,
  files: readonly (readonly [path: string, content: FileContent])[],
): Promise<void> {
  for (let first = 0; first < files.length; first += atOnce) {
    const writes = files.slice(first, first + atOnce)
      .map(([path, content]) => writeInto(join(folder, path), content));
    // Nothing may still be writing when what was written is taken away again.
    const failed = (await Promise.allSettled(writes)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }
}

async function writeInto(path: string, content: FileContent): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await Deno.writeTextFile(path, content);
  else await Deno.writeFile(path, content);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
