/**
 * Compares the pages of the Fresh server with those of the static export, where JSR, which has Fresh, answers.
 */
import { experiments } from "@mixtape/experiments";
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportSite } from "./export.ts";
import { languages } from "./language/languages.ts";
import { jsrRegistry, loads } from "./testing/jsr.ts";
import { writeResults } from "./testing/write_results.ts";
import { exampleResultsOf, experimentIds, plan } from "./testing/examples.ts";

const folder = fileURLToPath(new URL("./fresh/", import.meta.url));
const configuration = ["--config", join(folder, "deno.json")];

function mainOf(html: string): string {
  return /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "no main";
}

async function compare(): Promise<void> {
  const out = await Deno.makeTempDir();
  const server = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...configuration,
      "--allow-read",
      "--allow-net=127.0.0.1",
      "--allow-env=DENO_DEPLOYMENT_ID,GITHUB_SHA,CI_COMMIT_SHA",
      join(folder, "main.ts"),
      "--out",
      out,
      "--port",
      "0",
    ],
    stdout: "piped",
    stderr: "inherit",
  });
  await writeResults(join(out, "results"), exampleResultsOf(experimentIds));
  await exportSite({ experiments, resultsDir: join(out, "results"), siteDir: join(out, "site") });
  const child = server.spawn();
  try {
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    await reader.cancel();
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(value)?.[0];
    assert(address, value);
    for (const { folder: language } of languages) {
      for (const { path } of plan.pages) {
        const file = `${language}${path}.html`;
        const response: Response = await fetch(`${address}/${file}`);
        const html: string = await response.text();
        assert.equal(mainOf(html), mainOf(await Deno.readTextFile(join(out, "site", file))), file);
        const policy = response.headers.get("content-security-policy") ?? "";
        assert.match(policy, /^default-src 'none';.*frame-ancestors 'none'$/, file);
      }
    }
    const style = await fetch(`${address}/assets/style.css`);
    assert.equal(await style.text(), await Deno.readTextFile(join(out, "site/assets/style.css")));
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(out, { recursive: true });
  }
}

const title = "the Fresh server answers with the pages of the static export";
const answers = await loads(join(folder, "main.ts"), { configuration, registry: jsrRegistry() });

Deno.test({
  name: answers ? title : `${title} (skipped: ${jsrRegistry()} does not answer)`,
  ignore: !answers,
  fn: compare,
});
