import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { displayable } from "./data_text.ts";
import type { SiteExperiment } from "./experiment.ts";
import { readExamples } from "./read_examples.ts";
import { isFile, readInto } from "./read_folder.ts";
import type { Results } from "./page.ts";
import { benchmarksFile, readBenchmarks, type ReadResults, readResults } from "./read_results.ts";

/** The benchmarks of the repository. */
const committedBenchmarks = fileURLToPath(new URL("../../bench/results.json", import.meta.url));

/**
 * Reads all that a site shows: results, reports of examples, the exercise, and the benchmarks of the repository where
 * there are none among the results. Of the documentation it only notes whether it is there.
 *
 * @param experiments The experiments whose results are read.
 * @param resultsDir Folder of the results.
 * @param reportDir Folder of the report, which may hold `examples`, `exercise` and `docs`; none unless given.
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
  const resultFiles = new Map(read.files);
  const benchmarks = await benchmarksBeside(read, resultFiles);
  return {
    ...read,
    results: {
      ...read.results,
      ...benchmarks,
      examples,
      exercise: [...exercise.keys()],
      hasDocs: await isFile(join(reportDir, "docs", "index.html")),
    },
    files: resultFiles,
    otherFiles: new Map([...files, ...exercise]),
    problems: [...read.problems, ...problems],
  };
}

/** Reads the benchmarks of the repository, unless the report has its own, be they damaged. */
async function benchmarksBeside(
  { results, problems }: ReadResults,
  files: Map<string, Uint8Array>,
): Promise<Pick<Results, "benchmarks" | "areBenchmarksOfRepository">> {
  const isDamaged = problems.some(({ message }) => message.includes(benchmarksFile));
  if (results.benchmarks !== undefined || isDamaged) return {};
  const benchmarks = await readBenchmarks(committedBenchmarks, files);
  return benchmarks === undefined
    ? {}
    : { benchmarks: displayable(benchmarks), areBenchmarksOfRepository: true };
}
