import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromiumPath, startBrowser } from "../../../testing/browser.ts";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const dataDir = Deno.env.get("MIXTAPE_DATA_DIR");

/** A site made of models that were trained for the test. */
export interface Site {
  /** The browser. */
  readonly browser: Browser;
  /** Folder of the exported site. */
  readonly folder: string;
  /** Address of its files. */
  readonly address: string;
}

/** Looks at something on the page. */
export type Look = (site: Site) => Promise<void>;

/**
 * Tests the page in a browser, a step a look: with models of the sample, and with models of MNIST where
 * `MIXTAPE_DATA_DIR` says where it is.
 *
 * @param title The subject, the first part of the test titles.
 * @param looks The checks, by the expected behaviour, the second part of the titles.
 */
export function tryModels(title: string, looks: Readonly<Record<string, Look>>): void {
  for (const dataset of ["sample", "mnist"] as const) {
    const name = `${title}, with the models of ${dataset}`;
    const reason = chromiumPath === undefined
      ? "Chromium is not installed"
      : dataset === "mnist" && dataDir === undefined
      ? "MIXTAPE_DATA_DIR is not set"
      : undefined;
    Deno.test({
      name: reason === undefined ? name : `${name} (skipped: ${reason})`,
      ignore: reason !== undefined,
      // Playwright keeps its pipes to the browser open until after the test.
      sanitizeOps: false,
      sanitizeResources: false,
      async fn(test) {
        const out = await Deno.makeTempDir();
        try {
          const folder = await makeSite(dataset, out);
          await using browser = await startBrowser();
          for (const [name, look] of Object.entries(looks)) {
            await test.step(
              name,
              () => look({ browser, folder, address: pathToFileURL(folder).href }),
            );
          }
        } finally {
          await Deno.remove(out, { recursive: true });
        }
      },
    });
  }
}

/** Trains the models and exports the site, as a reader of the README would. */
async function makeSite(dataset: "sample" | "mnist", out: string): Promise<string> {
  const source = dataset === "mnist" ? ["--data-dir", dataDir ?? ""] : [];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      "--allow-write",
      "--allow-env=MIXTAPE_DATA_DIR,XDG_RUNTIME_DIR",
      "--allow-sys=cpus",
      "tasks/experiments.ts",
      "try-it",
      "--profile=quick",
      `--dataset=${dataset}`,
      `--out=${out}`,
      ...source,
    ],
    cwd: root,
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return join(out, "site");
}

/** Opens a page of the site, and collects what goes wrong on it. */
export async function open(
  { browser, address }: Site,
  path = "try-it.html",
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
  const page = await browser.newPage(options);
  const errors: string[] = [];
  page.on("console", (message) => errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    // A file that the reader gives is read as one of the page itself.
    if (!/^(file|blob):/.test(request.url())) errors.push(`asked for ${request.url()}`);
  });
  await page.goto(`${address}/${path}`);
  return { page, errors };
}

/** Returns the verdict on the page, in words. */
export function verdictOf(page: Page): Promise<string | null> {
  return page.textContent(".verdict-words");
}

/** Waits until the page says what is wanted, or fails with what it says instead. */
export async function untilVerdict(page: Page, wanted: RegExp): Promise<void> {
  try {
    await page.waitForFunction(
      ([source]) => new RegExp(source).test(document.querySelector(".verdict")?.textContent ?? ""),
      [wanted.source],
      { timeout: 30_000 },
    );
  } catch {
    assert.match(await verdictOf(page) ?? "no verdict", wanted);
  }
}
