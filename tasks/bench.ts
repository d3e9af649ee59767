/**
 * `deno task bench`: measures Mixtape beside comparable libraries.
 *
 * @module
 */
import { readCommit } from "../bench/core/commit.ts";
import { readMachine } from "../bench/core/machine.ts";
import { replaceMarkedSection, resultMarkers } from "../bench/core/marked_section.ts";
import { reportMarkdown, reportText } from "../bench/core/report.ts";
import { type BenchResults, mergeResults, readResults } from "../bench/core/results_file.ts";
import type { Row } from "../bench/core/row.ts";
import type { RowResult } from "../bench/core/row_result.ts";
import { measureComposition } from "../bench/gpu/measure_composition.ts";
import { measureGpu } from "../bench/gpu/measure_gpu.ts";
import { Inputs } from "../bench/inputs.ts";
import { rows } from "../bench/rows/registry.ts";
import { runRow } from "../bench/run_row.ts";
import {
  print,
  printError,
  readFlags,
  readInteger,
  readName,
  readPath,
  run,
  UsageError,
} from "./command_line.ts";
import { readDataDir } from "./data_folders.ts";
import { writeWhole } from "./write_whole.ts";

const help = `Measures Mixtape beside its peers, on the same input from the same start, in turn.

Usage: deno task bench [rows…] [flags]
       deno task bench gpu [--quick] [--json FILE]
       deno task bench composition

  rows                  Rows to measure, by id or the beginning of one (kmeans, scaling); by default,
                        all but scaling
  gpu                   The kernels for graphics processors beside those of simd, in about five
                        minutes; writes bench/gpu.json, or the file that --json names. Without a
                        graphics processor, on an adapter of software, problems are small, and it
                        writes none but that
  composition           The processor time of the same kernels, on small problems, beside that of
                        the compositions of stock operations that they stand for
  --list                List the rows
  --data-dir DIR        Folder that holds the data, one folder per set (default: $MIXTAPE_DATA_DIR)
  --runs N              Largest number of runs of each (default: 5)
  --seconds N           Seconds of runs after which one is not run again (default: 20)
  --quick               Measure small problems, to see that it works; no bar applies
  --json FILE           Write the results; other rows in the file are kept if from this machine
  --from FILE           Show the results of a file instead of measuring
  --markdown FILE       Write the tables between the markers of a document, such as bench/README.md
  --section NAME        The section of that document, by its marker (default: results)
  --help                Show this text`;

const flags = {
  list: { type: "boolean", default: false },
  "data-dir": { type: "string" },
  runs: { type: "string", default: "5" },
  seconds: { type: "string", default: "20" },
  quick: { type: "boolean", default: false },
  json: { type: "string" },
  from: { type: "string" },
  markdown: { type: "string" },
  section: { type: "string", default: "results" },
  help: { type: "boolean", default: false },
} as const;

/** Runs the benchmarks that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({ args, options: flags, allowPositionals: true });
  if (values.help) return print(help);
  if (values.list) return listRows();
  if (positionals[0] === "gpu") {
    const path = values.json === undefined ? undefined : readPath(values.json, "--json");
    return await benchGpu(path, values.quick, signal);
  }
  if (positionals[0] === "composition") return await benchComposition(signal);
  const [json, from, markdown] = (["json", "from", "markdown"] as const).map((flag) =>
    values[flag] === undefined ? undefined : readPath(values[flag], `--${flag}`)
  );
  const results = from === undefined
    ? await measureRows(chooseRows(positionals), {
      dataDir: readDataDir(values["data-dir"]),
      quick: values.quick,
      runs: readInteger(values.runs, "--runs", { min: 1 }),
      secondsEach: readInteger(values.seconds, "--seconds"),
      json,
      signal,
    })
    : await storedResults(from);
  for (const line of reportText(results)) print(line);
  if (markdown !== undefined) {
    const document = await Deno.readTextFile(markdown);
    const all = json === undefined ? results : await storedResults(json);
    const section = replaceMarkedSection(
      document,
      reportMarkdown(all),
      resultMarkers(values.section),
    );
    await writeWhole(markdown, section);
  }
}

async function benchComposition(signal: AbortSignal): Promise<void> {
  await measureComposition(({ operation, problem, kernelMs, compositionMs, hostMs }) => {
    const besideKernel = (ms: number) =>
      `${ms.toFixed(1)} ms, ${(ms / kernelMs).toFixed(1)} times as much`;
    print(
      `${operation}, ${problem}: ${kernelMs.toFixed(1)} ms of processor time per step, composed ` +
        besideKernel(compositionMs) +
        (hostMs === undefined ? "" : `, by a loop on the host ${besideKernel(hostMs)}`),
    );
  }, signal);
}

async function benchGpu(
  json: string | undefined,
  quick: boolean,
  signal: AbortSignal,
): Promise<void> {
  const milliseconds = (value: number | null) =>
    value === null ? "not measured" : `${value.toFixed(3)} ms`;
  const results = await measureGpu(quick, ({ operation, problem, deviceMs, gpuMs, simdMs }) => {
    print(
      `${operation}, ${problem}: device ${milliseconds(deviceMs)}, with its answer ` +
        `${milliseconds(gpuMs)}, simd ${milliseconds(simdMs)}`,
    );
  }, signal);
  if (results.software && json === undefined) {
    return print(`Not written: ${results.adapter} is software, --json FILE writes its times`);
  }
  const path = json ?? "bench/gpu.json";
  await writeWhole(path, JSON.stringify(results, null, 2) + "\n");
  print(`Written: ${path}, on ${results.adapter}`);
}

function listRows(): void {
  const width = Math.max(...rows.map(({ id }) => id.length));
  for (const { id, title } of rows) print(`${id.padEnd(width)}  ${title}`);
}

function chooseRows(names: readonly string[]): readonly Row[] {
  if (names.length === 0) return rows.filter(({ scaling }) => scaling === undefined);
  const known = rows.map(({ id }) => id);
  const asked = new Set(names.flatMap((name) => {
    if (known.includes(name)) return [name];
    const found = known.filter((id) => id.startsWith(name));
    return found.length > 0 ? found : [readName("row", name, known)];
  }));
  return rows.filter(({ id }) => asked.has(id));
}

interface MeasureRequest {
  readonly dataDir?: string;
  readonly quick: boolean;
  readonly runs: number;
  readonly secondsEach: number;
  readonly json?: string;
  readonly signal: AbortSignal;
}

async function measureRows(chosen: readonly Row[], request: MeasureRequest): Promise<BenchResults> {
  const { json, runs, secondsEach, ...options } = request;
  if (json !== undefined) await checkTarget(json, request.quick);
  const dir = await Deno.makeTempDir({ prefix: "mixtape-bench-" });
  try {
    const inputs = new Inputs({ ...options, dir });
    const commit = await readCommit();
    const measured: RowResult[] = [];
    for (const row of chosen) {
      request.signal.throwIfAborted();
      const onProgress = (note: string) => printError(`${row.id}: ${note}`);
      measured.push(await runRow(row, inputs, commit, { runs, secondsEach, onProgress }));
      // Written after every row: what was measured for minutes survives an interruption.
      if (json !== undefined) await store(json, measured);
    }
    return { schemaVersion: 1, machine: readMachine(), rows: measured };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Rejects a file of results that would mix small problems with full ones. */
async function checkTarget(path: string, quick: boolean): Promise<void> {
  const before = await readResults(path);
  if (before === undefined || before.rows.every((row) => row.quick === quick)) return;
  throw new UsageError(
    `Cannot add to ${path}: its results were measured ${quick ? "without" : "with"} --quick, ` +
      `name another file`,
  );
}

async function store(path: string, measured: readonly RowResult[]): Promise<void> {
  const now: BenchResults = { schemaVersion: 1, machine: readMachine(), rows: measured };
  const merged = mergeResults(await readResults(path), now, rows.map(({ id }) => id));
  await writeWhole(path, JSON.stringify(merged, null, 2) + "\n");
}

async function storedResults(path: string): Promise<BenchResults> {
  const results = await readResults(path);
  if (results) return results;
  throw new RangeError(`Cannot show ${path}: there is no such file, measure with --json first`);
}

if (import.meta.main) await run(main);
