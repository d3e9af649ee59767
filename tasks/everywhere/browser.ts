import { join } from "node:path";
import { startBrowser } from "../../apps/report-site/testing/browser.ts";
import type { Outcomes } from "./matrix.ts";
import { allOf, type Project, runTool } from "./project.ts";

/** Milliseconds that all programs may take in a browser. */
const timeout = 120_000;

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
};

/**
 * Bundles the programs of a project with esbuild and runs them in Chromium, in a page that is
 * isolated, so that threads may share memory.
 *
 * @param project The project.
 * @param signal Stops it.
 * @returns The outcome of each program.
 */
export async function runInBrowser(
  { folder, programs }: Project,
  signal: AbortSignal,
): Promise<Outcomes> {
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
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    return answer(join(site, pathname === "/" ? "index.html" : pathname));
  });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    const ended = page.waitForFunction("globalThis.ended", undefined, { timeout, polling: 200 });
    await ended.catch((error) => errors.push(String(error)));
    const outcomes = await page.evaluate("globalThis.outcomes ?? {}") as Outcomes;
    const untold = errors.join("; ");
    return Object.fromEntries(
      programs.map((name) => [name, name in outcomes ? outcomes[name] : untold]),
    );
  } finally {
    await browser.close();
    await server.shutdown();
  }
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
