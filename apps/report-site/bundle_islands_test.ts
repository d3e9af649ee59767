import { experiments } from "@mixtape/experiments";
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleIslands } from "./bundle_islands.ts";
import { exportSite } from "./export.ts";
import { needsIsland } from "./islands/island.ts";
import { languages } from "./language/languages.ts";
import { readResults } from "./read_results.ts";
import { writeResults, writeRuns } from "./testing/write_results.ts";
import { exampleResultsOf, experimentIds, plan } from "./testing/examples.ts";

async function inFolder(run: (resultsDir: string, siteDir: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await writeResults(join(folder, "results"), exampleResultsOf(experimentIds));
    await writeRuns(join(folder, "results", "runs"));
    await run(join(folder, "results"), join(folder, "site"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("SitePlan lists islands with entries that exist, each name once", async () => {
  for (const { entry } of plan.islands) assert((await Deno.stat(new URL(entry))).isFile);
  const names = plan.islands.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

Deno.test("bundleIslands() makes classic scripts that need no module, no node and no eval", async () => {
  await inFolder(async (resultsDir) => {
    const { files, unavailable } = await bundleIslands(
      await readResults(resultsDir, experiments),
      plan.islands,
    );
    assert.equal(unavailable, null);
    for (const [path, code] of files) {
      assert.match(path, /^assets\/islands\/[a-z-]+\.[0-9a-f]{12}\.js$/);
      assert.doesNotMatch(code, /\bimport\s*["{*]|"node:|\beval\(|new Function/, path);
      if (path.includes("-data.")) continue;
      assert(gzipSync(code).length < 600_000, `${path} is heavy`);
    }
  });
});

Deno.test("bundleIslands() bundles nothing whose data are not there", async () => {
  const nothing = {
    results: { byExperiment: {} },
    files: new Map<string, Uint8Array>(),
    problems: [],
  };
  const { files, byIsland } = await bundleIslands(nothing, plan.islands);
  for (const island of plan.islands) {
    const { name, data } = island;
    if (data === undefined) continue;
    assert(![...files.keys()].some((path) => path.includes(`/${name}.`)), name);
    assert(!byIsland.has(island), name);
  }
});

Deno.test("exportSite() lets scripts run on pages with islands only, and only the site's own", async () => {
  await inFolder(async (resultsDir, siteDir) => {
    await exportSite({ experiments, resultsDir, siteDir });
    for (const { folder } of languages) {
      for (const { path } of plan.pages) {
        const html = await Deno.readTextFile(join(siteDir, `${folder}${path}.html`));
        const alive = plan.islands.some((island) => needsIsland(html, island));
        assert.equal(/script-src 'self'"/.test(html), alive, path);
        assert.doesNotMatch(html, /unsafe/, path);
        const scripts = [...html.matchAll(/<script[^>]*>[^<]*/g)].map(([tag]) => tag);
        assert.equal(scripts.length > 0, alive, path);
        for (const tag of scripts) {
          assert.match(tag, /^<script defer src="(\.\.\/)*assets\/islands\/[\w.-]+\.js">$/, path);
        }
      }
    }
  });
});

Deno.test("exportSite() says which file is not the one that its result names", async () => {
  await inFolder(async (resultsDir, siteDir) => {
    await Deno.writeTextFile(join(resultsDir, "try-it/detector.json"), "{}");
    const { problems: [problem] } = await exportSite({ experiments, resultsDir, siteDir });
    assert.match(
      problem.message,
      /^Cannot read .*detector\.json: expected 300 bytes with the SHA-256 [0-9a-f]{64}, got 2 /,
    );
  });
});
