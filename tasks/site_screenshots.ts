/**
 * `deno task site:screenshots`: pictures of the report, for the README.
 *
 * @module
 */
import { join } from "node:path";
import { chromiumPath, startBrowser } from "../apps/report-site/testing/browser.ts";
import { print, readFlags, run } from "./command_line.ts";
import { serveFolder } from "./serve_folder.ts";

const help = `Takes pictures of the report with Chromium, light and dark.

Usage: deno task site:screenshots [flags]

  --out DIR   The report: pictures DIR/site (default: report)
  --to DIR    Where the pictures go (default: apps/report-site/screenshots)
  --help      Show this text`;

/** The pages that are pictured, and where on them. */
const views = [
  { name: "overview", path: "index.html", at: "#answers" },
  { name: "kmeans", path: "kmeans.html", at: "#from-class-means-clusters" },
  { name: "mixtures", path: "mixtures.html", at: "#auroc" },
] as const;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "report" },
      to: { type: "string", default: "apps/report-site/screenshots" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const folder = join(values.out, "site");
  await checkReady(folder);
  await Deno.mkdir(values.to, { recursive: true });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal },
    serveFolder(folder),
  );
  const browser = await startBrowser();
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 720 } });
      for (const { name, path, at } of views) {
        await page.goto(`http://127.0.0.1:${server.addr.port}/${path}`);
        await page.evaluate(show, at);
        const file = join(values.to, `${name}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        print(file);
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** Runs in the page: loads its images and brings a part of it to the top. */
async function show(selector: string): Promise<void> {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
  document.querySelector(selector)?.scrollIntoView();
}

async function checkReady(folder: string): Promise<void> {
  if (chromiumPath === undefined) {
    throw new Deno.errors.NotFound(
      "Cannot take pictures: Chromium is not installed (Debian: apt-get install chromium)",
    );
  }
  try {
    await Deno.stat(join(folder, "index.html"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(
      `Cannot take pictures of ${folder}: there is no report, deno task experiments makes one`,
    );
  }
}

if (import.meta.main) await run(main);
