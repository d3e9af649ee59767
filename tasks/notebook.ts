/**
 * `deno task notebook`: writes the exercise as a notebook and, where there is Chromium, as a PDF.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { documentOf } from "../apps/exercise/document.ts";
import { doExercise, handIn } from "../apps/exercise/hand_in.ts";
import { answerTo } from "../apps/report-site/server/answer.ts";
import { FolderSource } from "../apps/report-site/server/folder_source.ts";
import { chromiumPath, startBrowser } from "../apps/report-site/testing/browser.ts";
import type { Part } from "../apps/exercise/compose.ts";
import { print, readFlags, readInteger, readName, readPath, run } from "./command_line.ts";
import { readDataDir } from "./data_folders.ts";
import { loadData } from "./load_data.ts";
import { startProgress } from "./progress.ts";
import { buildSite, reportProblems } from "./site.ts";
import { startBackend } from "./start_backend.ts";

const help =
  `Does the exercise, and writes it as a notebook and a PDF, with code, output and answers.

Usage: deno task notebook [flags]

  --dataset NAME  auto (the default: MNIST if available, else the sample), mnist or sample
  --data-dir DIR  Folder that holds MNIST, one folder per set (default: $MIXTAPE_DATA_DIR)
  --rows N        Most images of each split (default: 60000, all of them)
  --backend NAME  auto (the default), webgpu, simd or cpu
  --out DIR       The report: writes DIR/exercise, and the pages that link it (default: report)
  --help          Show this text

The PDF is printed by Chromium; where there is none, only the notebook is written.`;

const flags = {
  dataset: { type: "string", default: "auto" },
  "data-dir": { type: "string" },
  rows: { type: "string", default: "60000" },
  backend: { type: "string", default: "auto" },
  out: { type: "string", default: "report" },
  help: { type: "boolean", default: false },
} as const;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({ args, options: flags });
  if (values.help) return print(help);
  const requested = readName("--dataset", values.dataset, ["auto", "mnist", "sample"]);
  const rows = readInteger(values.rows, "--rows", { min: 100 });
  const out = readPath(values.out, "--out");
  const dataDir = readDataDir(values["data-dir"]);
  await startBackend(values.backend);

  using progress = startProgress({
    stages: [
      { name: "load data", weight: 1 },
      { name: "run the code", weight: 10 },
      { name: "write", weight: 2 },
    ],
  });
  progress.stage("load data");
  const { choice: { used }, explanation } = await loadData(requested, {
    dataDir,
    signal,
    onDownload: () => {},
  });
  progress.log(`Data: ${explanation}`);
  progress.stage("run the code");
  const exercise = await doExercise(
    { dataset: used === "mnist" ? "mnist" : "sample", dataDir, rows },
    (name, share) => progress.update(share, name),
  );
  signal.throwIfAborted();
  progress.stage("write");
  const folder = join(out, "exercise");
  // Kept even if it cannot be printed: running the code takes minutes.
  await handIn(folder, exercise);
  if (chromiumPath !== undefined) {
    await using printer = await startPrinter();
    await handIn(folder, exercise, printer.print);
  }
  const siteDir = join(out, "site");
  const site = await buildSite({
    resultsDir: join(out, "results"),
    reportDir: out,
    siteDir,
    signal,
  });
  progress.done();
  print(`Notebook: ${join(folder, "exercise.ipynb")}, and in other languages beside it`);
  print(
    chromiumPath === undefined
      ? "PDF: left out, Chromium is not installed (Debian: apt-get install chromium)"
      : `PDF: ${join(folder, "exercise.pdf")}`,
  );
  reportProblems(site);
}

/** Longest wait for Chromium to show or print the exercise, in milliseconds: seconds, unless the machine is busy. */
const printTimeoutMs = 300_000;

/** Chromium, to print with. */
interface Printer extends AsyncDisposable {
  /** Prints parts as a PDF. */
  print(parts: readonly Part[], language: string): Promise<Uint8Array>;
}

async function startPrinter(): Promise<Printer> {
  const fonts = new FolderSource(
    fileURLToPath(new URL("../apps/report-site/static/katex/", import.meta.url)),
  );
  let shown = "";
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) =>
      new URL(request.url).pathname === "/"
        ? new Response(shown, { headers: { "content-type": "text/html; charset=utf-8" } })
        : answerTo(fonts, request),
  );
  const browser = await startBrowser();
  return {
    async print(parts, language) {
      shown = documentOf(parts, language);
      const page = await browser.newPage();
      page.setDefaultTimeout(printTimeoutMs);
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      await page.evaluate(() => document.fonts.ready.then(() => true));
      const pdf = await page.pdf({
        format: "A4",
        printBackground: true,
        outline: true,
        tagged: true,
      });
      await page.close();
      return pdf;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.shutdown();
    },
  };
}

if (import.meta.main) await run(main);
