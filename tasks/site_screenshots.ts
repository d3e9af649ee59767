/**
 * `deno task site:screenshots`: takes screenshots of the report, for the README or to look through.
 *
 * @module
 */
import { answerTo, FolderSource } from "@mixtape/report-site/server";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { languages } from "../apps/report-site/language/languages.ts";
import { chromiumPath, startBrowser } from "../apps/report-site/testing/browser.ts";
import { pageFiles } from "../apps/report-site/testing/browser_site.ts";
import { print, readFlags, readPath, run } from "./command_line.ts";
import { writeWhole } from "./write_whole.ts";

const help = `Takes pictures of the report with Chromium, light and dark.

Usage: deno task site:screenshots [flags]

  --out DIR   The report: pictures DIR/site (default: report)
  --to DIR    Folder for the pictures (default: apps/report-site/screenshots, artefacts with --all)
  --all       Take every page, in every language and theme, at three widths and in print
  --help      Show this text`;

const defaultFolder = "apps/report-site/screenshots";

/** The pages to take screenshots of, and the element to scroll to. */
const views = [
  { name: "overview", path: "index.html", at: "header" },
  { name: "kmeans", path: "kmeans.html", at: "#from-class-means-clusters" },
  { name: "mixtures", path: "mixtures.html", at: "#auroc" },
] as const;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "report" },
      to: { type: "string" },
      all: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const folder = join(readPath(values.out, "--out"), "site");
  await checkReady(folder);
  const to = readPath(values.to ?? (values.all ? "artefacts" : defaultFolder), "--to");
  await Deno.mkdir(to, { recursive: true });
  const source = new FolderSource(folder);
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal },
    (request) => answerTo(source, request),
  );
  await using browser = await startBrowser();
  const address = `http://127.0.0.1:${server.addr.port}`;
  await (values.all ? pictureAll(browser, address, to) : pictureViews(browser, address, to));
}

async function pictureViews(browser: Browser, address: string, to: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 720 } });
    for (const { name, path, at } of views) {
      await page.goto(`${address}/${path}`);
      await page.evaluate(show, at);
      const file = join(to, `${name}-${colorScheme}.png`);
      await writeWhole(file, await page.screenshot());
      print(file);
    }
    await page.close();
  }
}

/** Saves every page as `<width>-<theme>/<page>.jpg`, and printed as `print/<page>.pdf`. */
async function pictureAll(browser: Browser, address: string, to: string): Promise<void> {
  await Promise.all(languages.map(async (language) => {
    const page = await browser.newPage();
    for (const path of pageFiles(language)) {
      const name = path.replace(/\.html$/, "").replaceAll("/", "-");
      await page.goto(`${address}/${path}`);
      await page.evaluate(show, null);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [320, 768, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate(nextFrame);
          const file = join(to, `${width}-${colorScheme}`, `${name}.jpg`);
          await writeWhole(
            file,
            await page.screenshot({ fullPage: true, type: "jpeg", quality: 80 }),
          );
        }
      }
      await writeWhole(join(to, "print", `${name}.pdf`), await page.pdf({ format: "A4" }));
    }
    await page.close();
  }));
  print(`Pictures: ${to}`);
}

/** Runs in the page: loads its images and scrolls to an element, if one is named. */
async function show(selector: string | null): Promise<void> {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
  if (selector !== null) document.querySelector(selector)?.scrollIntoView();
}

/** Runs in the page: waits until the page is drawn in its new size and colours. */
async function nextFrame(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
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
