import { join } from "node:path";
import type { SiteExperiment } from "./experiment.ts";
import { languages } from "./language/languages.ts";
import { linkFolder } from "./link_folder.ts";
import { replaceFolder } from "./replace_folder.ts";
import { openSite } from "./site.ts";
import { SitePlan } from "./site_plan.ts";
import { writeFiles } from "./write_files.ts";

/** The experiments of the site, where it is read from and where it is written to. */
export interface ExportOptions {
  /** The experiments, in the order in which they are shown. */
  readonly experiments: readonly SiteExperiment[];
  /** Folder of the results. */
  readonly resultsDir: string;
  /** Folder of the report, which may hold the reports of examples, the exercise and the documentation; none unless given. */
  readonly reportDir?: string;
  /** Address at which the site is published, with a slash at its end; not known unless given. */
  readonly url?: string;
  /** Folder of the site; it is replaced whole, or not at all. */
  readonly siteDir: string;
  /** Stops the export; the previous site stays in place. */
  readonly signal?: AbortSignal;
}

/** A description of an exported site. */
export interface ExportedSite {
  /** Path of the start page. */
  readonly index: string;
  /** Pages that were written, in all languages. */
  readonly pages: number;
  /** Paths of the pages whose results do not exist yet. */
  readonly notRun: readonly string[];
  /** Reason why pages lack their scripts, if the bundler could not be started; else null. */
  readonly withoutScripts: string | null;
  /** Problems of the site: damaged results or files, pages that cannot show them. */
  readonly problems: readonly Error[];
}

/**
 * Writes the whole site from the results that exist.
 *
 * The same results give the same bytes. The site is written into a folder of this export's own beside `siteDir` and
 * then swapped with it: after an error or an interruption the previous site is still there, and of two exports at the
 * same time each puts a whole site in place. A result that is not what it should be costs the pages that show it, which
 * say what is wrong and where; the others are written, and `problems` tells who called.
 *
 * @param options Folders of the results and of the site, experiments, and a signal.
 * @throws {DOMException} `AbortError`, if `signal` aborts.
 */
export async function exportSite(
  { experiments, resultsDir, reportDir, siteDir, url, signal }: ExportOptions,
): Promise<ExportedSite> {
  const plan = new SitePlan(experiments);
  return await replaceFolder(siteDir, async (folder) => {
    const site = await untilAborted(openSite(plan, resultsDir, reportDir, url), signal);
    await writeFiles(folder, await untilAborted(site.files(), signal), signal);
    if (reportDir !== undefined) {
      await linkFolder(join(reportDir, "docs"), join(folder, "docs"), signal);
    }
    return {
      index: join(siteDir, "index.html"),
      pages: plan.pages.length * languages.length,
      notRun: plan.pages.filter((page) => !page.isReady(site.results)).map((page) => page.path),
      withoutScripts: await site.withoutScripts(),
      problems: await site.problems(),
    };
  });
}

/** Waits for work that cannot be stopped midway, and no longer than until `signal` aborts. */
async function untilAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
