/**
 * `deno task site`: regenerates the pages from the results that exist.
 *
 * @module
 */
import { type ExportedSite, type ExportOptions, exportSite } from "@mixtape/report-site";
import { experiments } from "@mixtape/experiments";
import { join } from "node:path";
import {
  ending,
  print,
  printError,
  readFlags,
  readFolderUrl,
  readPath,
  run,
} from "./command_line.ts";
import { describeFileError } from "./file_errors.ts";

const help = `Regenerates the pages of the report from the results that exist.

Usage: deno task site [flags]

  --out DIR   The report: reads DIR/results and DIR/examples, replaces DIR/site (default: report)
  --url URL   The address at which the site is published, for links in previews and search engines;
              without it the image of a preview has a relative address, which few services follow
  --help      Show this text

A result that is damaged costs the pages that show it: they say what is wrong, the others are written,
and the task ends with 1.`;

/**
 * Writes the pages from the results that exist.
 *
 * @param options Folder of the results, and folder of the site, which is replaced whole or not at all.
 * @returns A description of the site that was written.
 */
export async function buildSite(
  options: Omit<ExportOptions, "experiments">,
): Promise<ExportedSite> {
  return await exportSite({ ...options, experiments });
}

/**
 * Prints one line for each problem of a site that was written nevertheless, and makes the task exit with code 1: a
 * site with a page that cannot be shown should not be published unseen.
 *
 * @param site The description of the site.
 */
export function reportProblems({ problems }: ExportedSite): void {
  for (const problem of problems) printError(ending(causeIn(problem), false).message);
  if (problems.length > 0) Deno.exitCode = 1;
}

/** Returns the error of the file system that caused a problem, since its message has a remedy; else the problem. */
function causeIn(problem: Error): Error {
  const { cause } = problem;
  return cause instanceof Error && describeFileError(cause) !== undefined ? cause : problem;
}

/** Regenerates the pages of the report that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "report" },
      url: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const out = readPath(values.out, "--out");
  const site = await buildSite({
    resultsDir: join(out, "results"),
    reportDir: out,
    siteDir: join(out, "site"),
    url: values.url === undefined ? undefined : readFolderUrl(values.url, "--url"),
    signal,
  });
  if (site.notRun.length > 0) print(`Not run yet: ${site.notRun.join(", ")}`);
  if (site.withoutScripts !== null) print(`Pages without scripts: ${site.withoutScripts}`);
  const seconds = (performance.now() / 1000).toFixed(1);
  print(`Report: ${site.index} (${site.pages} pages in ${seconds} s; deno task serve shows it)`);
  reportProblems(site);
}

if (import.meta.main) await run(main);
