import assert from "node:assert/strict";
import { bundleIslands, dataOfIslands } from "./bundle_islands.ts";
import { plan } from "./testing/examples.ts";

Deno.test("SitePlan lists islands with entries that exist, each name once", async () => {
  for (const { entry } of plan.islands) assert((await Deno.stat(new URL(entry))).isFile);
  const names = plan.islands.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

Deno.test("bundleIslands() bundles nothing whose data are not there", async () => {
  const nothing = {
    results: { byExperiment: {} },
    files: new Map<string, Uint8Array>(),
    problems: [],
  };
  const { files, byIsland } = await bundleIslands(dataOfIslands(nothing, plan.islands));
  for (const island of plan.islands) {
    const { name, data } = island;
    if (data === undefined) continue;
    assert(![...files.keys()].some((path) => path.includes(`/${name}.`)), name);
    assert(!byIsland.has(island), name);
  }
});
