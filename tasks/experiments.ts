/**
 * `deno task experiments`: runs the experiments, then regenerates the report.
 *
 * @module
 */
import type { FetchProgress } from "@mixtape/datasets";
import { experiments, schemas } from "@mixtape/experiments";
import { type ExportedSite, formatFor, languages } from "@mixtape/report-site";
import { type Result, resultsJsonSchema } from "@mixtape/results";
import { join } from "node:path";
import { print, readFlags, readInteger, readName, readPath, run } from "./command_line.ts";
import { ResultStore } from "../experiments/run/result_store.ts";
import { type LoadedExperiment, runExperiments } from "../experiments/run/run_experiments.ts";
import { readDataDir } from "./data_folders.ts";
import { loadData } from "./load_data.ts";
import { formatDuration, startProgress } from "./progress.ts";
import { readProvenance } from "./provenance.ts";
import { buildSite, reportProblems } from "./site.ts";
import { describeBackend, startBackend } from "./start_backend.ts";

const help = `Runs experiments on MNIST and Fashion-MNIST and writes a report of them.

Usage: deno task experiments [ids…] [flags]

  ids                   Experiments to run; all by default (see --list)
  --list                List the experiments
  --schema              Print the JSON Schema of their results
  --profile NAME        quick (under a minute) or full (the default)
  --dataset NAME        auto (the default: MNIST if available, else the sample), mnist or sample
  --data-dir DIR        Folder that holds the data, one folder per set (default: $MIXTAPE_DATA_DIR)
  --out DIR             Folder to write the report to (default: report)
  --backend NAME        auto (the default), webgpu, simd or cpu
  --seed N              Seed of all randomness (default: 0)
  --force               Run experiments again whose results are stored already
  --no-site             Do not regenerate the pages
  --help                Show this text`;

const flags = {
  list: { type: "boolean", default: false },
  schema: { type: "boolean", default: false },
  profile: { type: "string", default: "full" },
  dataset: { type: "string", default: "auto" },
  "data-dir": { type: "string" },
  out: { type: "string", default: "report" },
  backend: { type: "string", default: "auto" },
  seed: { type: "string", default: "0" },
  force: { type: "boolean", default: false },
  "no-site": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({ args, options: flags, allowPositionals: true });
  if (values.help) return print(help);
  if (values.list) return await listExperiments();
  if (values.schema) return print(JSON.stringify(resultsJsonSchema(schemas), null, 2));

  const chosen = await chooseExperiments(positionals);
  const profile = readName("--profile", values.profile, ["quick", "full"]);
  const requested = readName("--dataset", values.dataset, ["auto", "mnist", "sample"]);
  const seed = readInteger(values.seed, "--seed", { max: 2 ** 31 - 1 });
  const out = readPath(values.out, "--out");
  const dataDir = readDataDir(values["data-dir"]);
  const store = new ResultStore(join(out, "results"), schemas);
  await store.checkWritable();
  const backend = await startBackend(values.backend);

  const start = performance.now();
  using progress = startProgress({
    stages: [
      { name: "load data", weight: 2 },
      ...chosen.map(({ id, seconds }) => ({ name: id, weight: seconds })),
      { name: "write pages", weight: values["no-site"] ? 0 : 2 },
    ],
  });
  progress.log(`Backend: ${describeBackend(backend)}`);
  progress.stage("load data");
  const data = await loadData(requested, {
    dataDir,
    signal,
    onDownload: (download) => progress.update(...describeDownload(download)),
  });
  progress.log(`Data: ${data.explanation}`);

  const results = await runExperiments(chosen, {
    profile,
    seed,
    dataset: data.choice,
    data,
    provenance: await readProvenance(backend),
    store,
    force: values.force,
    progress,
    signal,
  });
  const siteDir = join(out, "site");
  let site: ExportedSite | undefined;
  if (!values["no-site"]) {
    progress.stage("write pages");
    site = await buildSite({ resultsDir: store.folder, siteDir, signal });
    const { withoutScripts } = site;
    if (withoutScripts !== null) progress.log(`Pages without scripts: ${withoutScripts}`);
  }
  progress.done();

  print();
  for (const result of results) print(`${result.experiment}: ${headlineOf(result)}`);
  print();
  const time = formatDuration(performance.now() - start);
  print(`Done in ${time}, in-distribution data: ${data.inDistribution.title}`);
  print(
    values["no-site"]
      ? `Results: ${store.folder}`
      : `Report: ${join(siteDir, "index.html")} (deno task serve shows it)`,
  );
  if (site !== undefined) reportProblems(site);
}

/** Returns the headline of a result on one line. */
function headlineOf(result: Result): string {
  const [{ tag, text }] = languages;
  const telling = { language: tag, text, format: formatFor(tag) };
  const answer = experiments.find(({ id }) => id === result.experiment)?.headline(result, telling);
  if (answer === undefined) return "no answer";
  const { number, sentence, uncertainty } = answer;
  const said = `${number} ${sentence.replaceAll("`", "")}`;
  return uncertainty === undefined ? said : `${said} (${uncertainty})`;
}

async function listExperiments(): Promise<void> {
  const width = Math.max(...experiments.map(({ id }) => id.length));
  for (const { id, answers } of await chooseExperiments([])) {
    print(`${id.padEnd(width)}  ${answers}`);
  }
}

async function chooseExperiments(ids: readonly string[]): Promise<readonly LoadedExperiment[]> {
  const known = experiments.map(({ id }) => id);
  const asked = new Set(ids.map((id) => readName("experiment", id, known)));
  const chosen = experiments.filter(({ id }) => asked.size === 0 || asked.has(id));
  return await Promise.all(chosen.map(async (one) => ({ ...await one.load(), id: one.id })));
}

function describeDownload(download: FetchProgress): [fraction: number, note: string] {
  const { position: [file, count], receivedBytes, totalBytes = Infinity, dataset } = download;
  const fraction = (file - 1 + receivedBytes / totalBytes) / count;
  return [fraction, `downloading ${dataset}, file ${file} of ${count}`];
}

if (import.meta.main) await run(main);
