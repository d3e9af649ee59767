import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { join } from "node:path";
import { exampleRuns } from "../../apps/report-site/testing/example_runs.ts";
import { ResultStore } from "./result_store.ts";

Deno.test("ResultStore keeps every run beside the result that replaces it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const store = new ResultStore(folder);
    for (const run of exampleRuns) await store.save(run, { sheets: [], assets: [] });
    const runs = [...Deno.readDirSync(join(folder, "runs"))].map(({ name }) => name).sort();
    assert.deepEqual(
      runs,
      ["01", "02", "03"].map((day) => `classifier.202601${day}T030405000Z.json`),
    );
    const read = async (...path: string[]): Promise<Result> =>
      JSON.parse(await Deno.readTextFile(join(folder, ...path)));
    assert.deepEqual(await read("runs", runs[0]), exampleRuns[0]);
    assert.deepEqual(await read("classifier.json"), exampleRuns[2]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
