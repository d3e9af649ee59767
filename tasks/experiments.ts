/**
 * `deno task experiments`: runs the experiments, then regenerates the report.
 *
 * @module
 */
import type { FetchProgress } from "@mixtape/datasets";
import { experiments, schemas } from "@mixtape/experiments";
import { type ExportedSite, formatFor, languages } from "@mixtape/report-site";
import { type DatasetChoice, type Result, resultsJsonSchema } from "@mixtape/results";
import { join } from "node:path";
import {
  doExercise,
  type ExerciseData,
  handIn,
  isHandedIn,
  notebookFile,
} from "../apps/exercise/hand_in.ts";
import {
  print,
  printError,
  readFlags,
  readInteger,
  readName,
  readPath,
  run,
} from "./command_line.ts";
import { writeAnswers } from "../experiments/run/own/answers.ts";
import type { OwnTable } from "../experiments/run/own/own_table.ts";
import { readOwnTable } from "../experiments/run/own/read_own_table.ts";
import { ResultStore } from "../experiments/run/result_store.ts";
import type { RunData } from "../experiments/run/perform.ts";
import { runExperiments } from "../experiments/run/run_experiments.ts";
import type { RedisAddress } from "../queue/redis.ts";
import type { RunOnWorkers } from "../queue/run_on_workers.ts";
import { readDataDir } from "./data_folders.ts";
import { loadData } from "./load_data.ts";
import { type AskedData, type DataFlags, inFlags, readDataFlags } from "./own_data.ts";
import { formatDuration, type Progress, startProgress } from "./progress.ts";
import { readProvenance } from "./provenance.ts";
import { mayReach, readRedisUrl } from "./redis_url.ts";
import { lackText, loadExperiments, selectExperiments } from "./select_experiments.ts";
import { buildSite, reportProblems } from "./site.ts";
import { describeBackend, startBackend } from "./start_backend.ts";

const help =
  `Runs experiments and writes a report of them: on MNIST and Fashion-MNIST, or on data of your own.

Usage: deno task experiments [ids…] [flags]

  ids                   Experiments to run; all by default (see --list)
  --list                List the experiments
  --schema              Print the JSON Schema of their results
  --profile NAME        quick (under a minute) or full (the default)
  --dataset NAME|FILE   auto (the default: MNIST if available, else the sample), mnist, sample, or data of
                        your own: a file (CSV, JSON, Parquet, Arrow, NPY, NPZ, IDX) or a folder of images
  --data-dir DIR        Folder that holds MNIST, one folder per set (default: $MIXTAPE_DATA_DIR)
  --out DIR             Folder to write the report to (default: report)
  --backend NAME        auto (the default), webgpu, simd or cpu
  --seed N              Seed of all randomness (default: 0)
  --force               Run experiments again whose results are stored already
  --no-site             Do not regenerate the pages
  --workers URL         Have workers (deno task worker) do the work that they find at a Redis or Valkey
                        server, such as redis://127.0.0.1:6379; its password stands in the URL or in
                        $MIXTAPE_REDIS_PASSWORD
  --help                Show this text

Flags for data of your own:

  --foreign FILE        Rows that do not belong, with the same columns: a file, or a folder of images
  --label COLUMN        Column of the labels (images: their folders)
  --id COLUMN           Column of the ids, by which rows are named (default: the row, from 0)
  --columns A,B,…       Columns to use (default: all columns of numbers; quote a name that has a comma)
  --exclude A,B,…       Columns to leave out
  --delimiter MARK      Mark between the cells of a CSV (default: told by its first rows)
  --scale NAME          standard (the default for tables), robust or none (the default for images)
  --image-size WxH      Size of images in pixels, to which all are brought (default: theirs, or up to
                        32x32 where they are large)
  --channels N          1 to read images as grey, 3 in colour (default: as the first image is)
  --sample-rows N       Draw that many rows by the seed (default: all rows)`;

/** Stage of a run whose experiments are done by workers. */
const onWorkers = "experiments on workers";

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
  workers: { type: "string" },
  help: { type: "boolean", default: false },
  foreign: { type: "string" },
  label: { type: "string" },
  id: { type: "string" },
  columns: { type: "string" },
  exclude: { type: "string" },
  delimiter: { type: "string" },
  scale: { type: "string" },
  "image-size": { type: "string" },
  channels: { type: "string" },
  "sample-rows": { type: "string" },
} as const;

/**
 * Runs the task.
 *
 * @param args The command line.
 * @param signal Signal that Ctrl-C aborts.
 */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({ args, options: flags, allowPositionals: true });
  if (values.help) return print(help);
  if (values.list) return await listExperiments();
  if (values.schema) return print(JSON.stringify(resultsJsonSchema(schemas), null, 2));

  const known = experiments.map(({ id }) => id);
  const asked = new Set(positionals.map((id) => readName("experiment", id, known)));
  const profile = readName("--profile", values.profile, ["quick", "full"]);
  const request = await readDataFlags(values);
  const seed = readInteger(values.seed, "--seed", { max: 2 ** 31 - 1 });
  const out = readPath(values.out, "--out");
  const workers = values.workers === undefined
    ? undefined
    : readRedisUrl(values.workers, "--workers");
  if (workers !== undefined) await mayReach(workers);
  const loaded = await loadExperiments("own" in request, asked);
  const store = new ResultStore(join(out, "results"), schemas);
  await store.checkWritable();
  const backend = await startBackend(values.backend);

  const doesExercise = "named" in request && asked.size === 0;

  const wanted = [...loaded.values()].filter(({ id }) => asked.size === 0 || asked.has(id))
    .map(({ id, seconds }) => ({ name: id, weight: seconds }));
  const start = performance.now();
  using progress = startProgress({
    stages: [
      { name: "load data", weight: 2 },
      ...workers === undefined ? wanted : [{
        name: onWorkers,
        weight: wanted.reduce((sum, { weight }) => sum + weight, 0),
      }],
      ...doesExercise ? [{ name: "notebook", weight: 10 }] : [],
      ...values["no-site"] ? [] : [{ name: "write pages", weight: 2 }],
    ],
  });
  progress.log(`Backend: ${describeBackend(backend)}`);
  progress.stage("load data");
  const { data, choice, title, explanation } = await read(request, values, seed, signal, progress);
  progress.log(`Data: ${explanation}`);
  const { chosen, selection } = selectExperiments(loaded, data, asked);
  for (const leftOut of selection.leftOut.filter(({ experiment }) => loaded.has(experiment))) {
    progress.log(`Left out: ${leftOut.experiment}, ${lackText(leftOut)}`);
  }

  await store.saveSelection(selection);
  const settings = {
    profile,
    seed,
    dataset: choice,
    data,
    provenance: await readProvenance(backend),
    store,
    force: values.force,
    progress,
    signal,
  };
  const { results, failures } = workers === undefined
    ? { results: await runExperiments(chosen, settings), failures: [] }
    : await runElsewhere(workers);
  const answers = "table" in data
    ? await writeAnswers(out, { table: data.table, store, ids: [...loaded.keys()] })
    : undefined;
  const handedIn = doesExercise
    ? await writeNotebook({
      dataset: choice.used === "mnist" ? "mnist" : "sample",
      dataDir: readDataDir(values["data-dir"]),
      rows: profile === "quick" ? 2_000 : 60_000,
    })
    : undefined;
  const siteDir = join(out, "site");
  let site: ExportedSite | undefined;
  if (!values["no-site"]) {
    progress.stage("write pages");
    site = await buildSite({ resultsDir: store.folder, reportDir: out, siteDir, signal });
    const { withoutScripts } = site;
    if (withoutScripts !== null) progress.log(`Pages without scripts: ${withoutScripts}`);
  }
  progress.done();

  print();
  for (const result of results) print(`${result.experiment}: ${headlineOf(result)}`);
  print();
  const time = formatDuration(performance.now() - start);
  print(`Done in ${time}, data: ${title}`);
  if (answers !== undefined) {
    print(`Rows: ${answers.rows.join(", ")}`);
    const run = out === flags.out.default ? "" : ` --run ${out}`;
    print(`Models: ${join(out, "models")} (deno task apply${run} --data FILE uses them)`);
  }
  print(
    values["no-site"]
      ? `Results: ${store.folder}`
      : `Report: ${join(siteDir, "index.html")} (deno task serve shows it)`,
  );
  if (handedIn !== undefined) {
    print(`Notebook: ${handedIn} (deno task notebook also prints it as a PDF)`);
  }
  if (site !== undefined) reportProblems(site);
  for (const { experiment, error } of failures) {
    printError(`error: ${experiment} has no result: ${error.message}`);
    Deno.exitCode = 1;
  }

  /** Has workers run the experiments; what that needs is loaded for such runs alone. */
  async function runElsewhere(address: RedisAddress): Promise<RunOnWorkers> {
    const { runOnWorkers } = await import("../queue/run_on_workers.ts");
    progress.stage(onWorkers);
    const source = "own" in request ? request : { named: choice.used as "mnist" | "sample" };
    return await runOnWorkers(chosen, settings, { address, sharedDir: join(out, "parts"), source });
  }

  /** Does the exercise on the same data, unless its notebook is there already. */
  async function writeNotebook(exercise: ExerciseData): Promise<string> {
    const folder = join(out, "exercise");
    progress.stage("notebook");
    if (values.force || !await isHandedIn(folder, exercise)) {
      const done = await doExercise(exercise, (name, share) => progress.update(share, name));
      signal.throwIfAborted();
      await handIn(folder, done);
    }
    return join(folder, notebookFile);
  }
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
  for (const { id, load, onOwnData } of experiments) {
    const { answers } = await load();
    print(`${id.padEnd(width)}  ${answers}${onOwnData ? " (--dataset FILE)" : ""}`);
  }
}

/** Data that were read, and what is said of them. */
interface ReadData {
  readonly data: RunData;
  readonly choice: DatasetChoice;
  /** Name to show of the data that are in-distribution. */
  readonly title: string;
  /** The data and the reason for their choice, in a sentence. */
  readonly explanation: string;
}

async function read(
  request: AskedData,
  flags: DataFlags,
  seed: number,
  signal: AbortSignal,
  progress: Progress,
): Promise<ReadData> {
  if ("named" in request) {
    const data = await loadData(request.named, {
      dataDir: readDataDir(flags["data-dir"]),
      signal,
      onDownload: (download) => progress.update(...describeDownload(download)),
    });
    const { choice, explanation, inDistribution: { title } } = data;
    return { data, choice, title, explanation };
  }
  const onProgress = (fraction: number, note: string) => progress.update(fraction, note);
  const onNote = (note: string) => progress.log(note);
  const table = await inFlags(
    readOwnTable(request.own, { seed, signal, onProgress, onNote }),
  );
  return {
    data: { table },
    choice: { requested: "own", used: "own", reason: "asked-for" },
    title: table.name,
    explanation: describeTable(table),
  };
}

function describeTable(
  { name, used: { rows, fileRows, columns, scale }, foreign }: OwnTable,
): string {
  const drawn = rows < fileRows ? ` of ${fileRows}` : "";
  const against = foreign === null ? "" : `, against ${foreign.name}`;
  return `${name}, ${rows}${drawn} rows × ${columns} columns, scale ${scale}${against}`;
}

function describeDownload(download: FetchProgress): [fraction: number, note: string] {
  const { position: [file, count], receivedBytes, totalBytes = Infinity, dataset } = download;
  const fraction = (file - 1 + receivedBytes / totalBytes) / count;
  return [fraction, `downloading ${dataset}, file ${file} of ${count}`];
}

if (import.meta.main) await run(main);
