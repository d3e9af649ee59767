import { experimentIds } from "@mixtape/results";
import { join } from "node:path";
import type { Browser, Page as BrowserPage } from "playwright-core";
import { serveFolder } from "../../../tasks/serve_folder.ts";
import { exportSite } from "../export.ts";
import { startBrowser } from "./browser.ts";
import { exampleBenchmarks } from "./example_benchmarks.ts";
import { exampleResultsOf } from "./example_results.ts";
import { writeResults, writeRuns } from "./write_results.ts";

/** The report of made-up results, in a browser. */
export interface Site {
  /** The browser. */
  readonly browser: Browser;
  /** Where the site was exported to. */
  readonly folder: string;
  /** Where it is served. */
  readonly address: string;
}

/** Exports the report of made-up results, serves it and starts a browser; for tests only. */
export async function withSite(run: (site: Site) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const site = join(folder, "site");
  await writeResults(join(folder, "results"), exampleResultsOf(experimentIds));
  await Deno.writeTextFile(
    join(folder, "results", "benchmarks.json"),
    JSON.stringify(exampleBenchmarks),
  );
  await writeRuns(join(folder, "results", "runs"));
  await exportSite({ resultsDir: join(folder, "results"), siteDir: site });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    serveFolder(site),
  );
  const browser = await startBrowser();
  try {
    await run({ browser, folder: site, address: `http://127.0.0.1:${server.addr.port}` });
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** What goes wrong on a page from now on. */
export function collectErrors(page: BrowserPage): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("requestfailed", (request) => {
    // Leaving a page aborts what it was still loading, such as its icon.
    const { errorText } = request.failure() ?? {};
    if (errorText !== "net::ERR_ABORTED") errors.push(`could not load ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  return errors;
}
