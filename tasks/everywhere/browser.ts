import { join } from "node:path";
import type { Browser } from "playwright-core";
import { startBrowser } from "../../apps/report-site/testing/browser.ts";
import type { Outcomes } from "./matrix.ts";
import { misprint } from "./lone_programs.ts";
import { allOf, type Project, runTool } from "./project.ts";
import { buildVitePages } from "./vite_pages.ts";

/** Name of the page that loads all packages as one module, without a bundler of its own. */
const MODULE = "page/mixtape.js";

const modulePage = `<!doctype html><title>One module</title><script type="module">
import { auroc, backendInfo, gaussianMixture, kMeans, loadDataset, readTable } from "./mixtape.js";
const outcomes = {};
try {
  const { x } = await readTable(new Blob(["a,b\\n0,0\\n0,1\\n9,9\\n9,8\\n"]));
  const { labels, inertia } = await kMeans(x, { clusters: 2 });
  const { train } = await loadDataset("digits-8x8");
  const mixture = await gaussianMixture(x, { components: 1 });
  const engine = backendInfo()?.engine;
  const seen = [labels[0] === labels[1], inertia, auroc([2, 3], [1]), train.labels.length, engine];
  const wanted = JSON.stringify([true, 1, 1, 1201, "wasm"]);
  mixture.dispose();
  outcomes["${MODULE}"] = JSON.stringify(seen) === wanted ? null : JSON.stringify(seen);
} catch (error) {
  outcomes["${MODULE}"] = String(error?.stack ?? error);
}
Object.assign(globalThis, { outcomes, ended: true });
</script>`;

/** Milliseconds that all programs may take in a browser. */
const timeout = 120_000;

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
};

/**
 * Bundles the programs of a project with esbuild, those that run alone with Vite, and runs them in
 * Chromium, in pages that are isolated, so that threads may share memory.
 *
 * @param project The project.
 * @param signal Stops it.
 * @returns The outcome of each program.
 */
export async function runInBrowser(
  project: Project,
  signal: AbortSignal,
): Promise<Outcomes> {
  const { folder, programs, alone, pageModule } = project;
  await Deno.writeTextFile(join(folder, "browser.mjs"), allOf(programs));
  await Deno.writeTextFile(
    join(folder, "assert_strict.mjs"),
    `import assert from "assert/build/assert.js"; export default assert.strict;`,
  );
  const site = join(folder, "site");
  await runTool(
    "esbuild",
    [
      "browser.mjs",
      "--bundle",
      "--format=esm",
      "--splitting",
      "--target=es2022",
      "--log-level=error",
      `--outdir=${site}`,
      "--alias:node:assert=assert/build/assert.js",
      "--alias:node:assert/strict=./assert_strict.mjs",
      "--alias:util=util/",
      "--define:process.env.NODE_DEBUG=undefined",
      "--define:global=globalThis",
      "--banner:js=globalThis.process ??= { env: {}, emitWarning() {} };",
    ],
    folder,
    signal,
  );
  await Deno.writeTextFile(
    join(site, "index.html"),
    `<!doctype html><title>Programs</title><script type="module" src="browser.js"></script>`,
  );
  await Deno.copyFile(pageModule, join(site, "mixtape.js"));
  await Deno.writeTextFile(join(site, "module.html"), modulePage);
  await buildVitePages(project, site, signal);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    return answer(join(site, pathname === "/" ? "index.html" : pathname));
  });
  const browser = await startBrowser();
  try {
    const address = `http://127.0.0.1:${server.addr.port}/`;
    const bundled = await outcomesOf(browser, address, programs);
    const module = await outcomesOf(browser, `${address}module.html`, [MODULE]);
    const lone = alone.map(async (one) => [
      one.name,
      misprint(one, await printedBy(browser, `${address}${one.name}/index.html`)),
    ]);
    return { ...bundled, ...module, ...Object.fromEntries(await Promise.all(lone)) };
  } finally {
    await browser.close();
    await server.shutdown();
  }
}

/** Opens a page and awaits the outcomes of its programs; one that tells nothing failed by the errors of the page. */
async function outcomesOf(
  browser: Browser,
  address: string,
  programs: readonly string[],
): Promise<Outcomes> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(address);
  const ended = page.waitForFunction("globalThis.ended", undefined, { timeout, polling: 200 });
  await ended.catch((error) => errors.push(String(error)));
  const outcomes = await page.evaluate("globalThis.outcomes ?? {}") as Outcomes;
  const untold = errors.join("; ");
  return Object.fromEntries(
    programs.map((name) => [name, name in outcomes ? outcomes[name] : untold]),
  );
}

/** Opens a page and awaits the first line that it prints; the errors of the page, if it prints none. */
async function printedBy(browser: Browser, address: string): Promise<string> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const line = page.waitForEvent("console", { timeout });
  await page.goto(address);
  return await line.then((message) => message.text(), (error) => [...errors, error].join("; "));
}

async function answer(path: string): Promise<Response> {
  try {
    return new Response(await Deno.readFile(path), {
      headers: {
        "content-type": types[path.split(".").at(-1)!] ?? "application/octet-stream",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}
