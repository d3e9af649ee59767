import { experiments } from "@mixtape/experiments";
import { join } from "node:path";
import { exportSite } from "../export.ts";
import { exampleBenchmarks } from "./example_benchmarks.ts";
import { writeResults, writeRuns } from "./write_results.ts";
import { exampleResultsOf, experimentIds } from "./examples.ts";

/**
 * Exports the report of made-up results, or takes the one that `MIXTAPE_REPORT` names; for tests only.
 *
 * @param run Is given the folder of the report, which holds `results` and `site`; what was made is removed afterwards.
 */
export async function withReport(run: (folder: string) => Promise<void>): Promise<void> {
  const given = Deno.env.get("MIXTAPE_REPORT");
  if (given !== undefined) return await run(given);
  const folder = await Deno.makeTempDir();
  try {
    const resultsDir = join(folder, "results");
    await writeResults(resultsDir, exampleResultsOf(experimentIds));
    await Deno.writeTextFile(
      join(resultsDir, "benchmarks.json"),
      JSON.stringify(exampleBenchmarks),
    );
    await writeRuns(join(resultsDir, "runs"));
    await exportSite({ experiments, resultsDir, siteDir: join(folder, "site") });
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
