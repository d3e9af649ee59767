import { repeatedRuns, summaryOf } from "../../conclusions/stored_runs.ts";
import type { ReadResults } from "../../read_results.ts";
import type { Island, PartPaths } from "../island.ts";
import { siteWords } from "../site_words.ts";
import type { RunsData } from "./runs_data.ts";

/** Two choices among the stored runs, and their comparison. */
export const runsIsland: Island = {
  name: "runs",
  entry: new URL("./main.ts", import.meta.url).href,
  words: (language) => siteWords(language, "site", "runs"),
  parts({ results: { runs = [] } }: ReadResults) {
    return Object.fromEntries(repeatedRuns(runs).flat().map((run, at) => [at, summaryOf(run)]));
  },
  data({ results: { runs = [] } }: ReadResults, parts: PartPaths): RunsData | undefined {
    const stored = repeatedRuns(runs).flat().map((run, at) => ({
      experiment: run.experiment,
      startedAt: run.provenance.startedAt,
      profile: run.options.profile,
      seed: run.options.seed,
      file: parts[at],
    }));
    return stored.length > 0 ? stored : undefined;
  },
};
