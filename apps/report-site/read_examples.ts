import type { Result } from "@mixtape/results";
import { join } from "node:path";
import type { SiteExperiment } from "./experiment.ts";
import type { Problem } from "./problem.ts";
import { entriesOf, readInto } from "./read_folder.ts";
import { readResults } from "./read_results.ts";

/** The report of an example, as the gallery shows it. */
export interface ExampleReport {
  /** Name of the example and of its folder. */
  readonly name: string;
  /** The result of each experiment that was run on its data. */
  readonly byExperiment: Readonly<Record<string, Result>>;
}

/** The reports of a folder of examples, and the files of their sites. */
export interface ReadExamples {
  /** The reports, in the order of their names. */
  readonly examples: readonly ExampleReport[];
  /** Files of their sites, by their paths in the site of the report. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Results that are not what they should be. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the reports of examples: folders that hold `results` and `site` each. Others are left out.
 *
 * @param folder Folder of the examples; one that does not exist holds none.
 * @param experiments The experiments whose results are read.
 */
export async function readExamples(
  folder: string,
  experiments: readonly Pick<SiteExperiment, "id" | "schema">[],
): Promise<ReadExamples> {
  const examples: ExampleReport[] = [];
  const files = new Map<string, Uint8Array>();
  const problems: Problem[] = [];
  for (const name of await foldersIn(folder)) {
    const ofSite = new Map<string, Uint8Array>();
    await readInto(ofSite, join(folder, name, "site"), `examples/${name}`);
    if (!ofSite.has(`examples/${name}/index.html`)) continue;
    const read = await readResults(join(folder, name, "results"), experiments);
    for (const problem of read.problems) problems.push({ ...problem, concerns: () => false });
    examples.push({ name, byExperiment: read.results.byExperiment });
    for (const [path, bytes] of ofSite) files.set(path, bytes);
  }
  return { examples, files, problems };
}

async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const { name, isDirectory } of await entriesOf(folder)) {
    if (isDirectory && !name.startsWith(".")) names.push(name);
  }
  return names.sort();
}
