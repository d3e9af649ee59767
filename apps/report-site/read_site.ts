import { join } from "node:path";
import type { SiteExperiment } from "./experiment.ts";
import { readExamples } from "./read_examples.ts";
import { readInto } from "./read_folder.ts";
import { type ReadResults, readResults } from "./read_results.ts";

/**
 * Reads all that a site shows: results, reports of examples, and the exercise.
 *
 * @param experiments The experiments whose results are read.
 * @param resultsDir Folder of the results.
 * @param reportDir Folder of the report, which may hold `examples` and `exercise`; none unless given.
 */
export async function readAll(
  experiments: readonly Pick<SiteExperiment, "id" | "schema">[],
  resultsDir: string,
  reportDir?: string,
): Promise<ReadResults> {
  const read = await readResults(resultsDir, experiments);
  if (reportDir === undefined) return read;
  const { examples, files, problems } = await readExamples(
    join(reportDir, "examples"),
    experiments,
  );
  const exercise = new Map<string, Uint8Array>();
  await readInto(exercise, join(reportDir, "exercise"), "exercise");
  return {
    ...read,
    results: { ...read.results, examples, exercise: [...exercise.keys()] },
    otherFiles: new Map([...files, ...exercise]),
    problems: [...read.problems, ...problems],
  };
}
