/**
 * `deno task fit`: fits a model to the rows of a file of any size, here or on workers.
 *
 * @module
 */
import { kMeans, type KMeansModel } from "@mixtape/clustering";
import { readTable } from "@mixtape/datasets/table";
import { gaussianMixture, type GaussianMixtureModel } from "@mixtape/mixture";
import { mixtureShapes, type RowSource } from "@mixtape/tensor-utils";
import { dirname, resolve } from "node:path";
import { checkWritable } from "../experiments/run/check_writable.ts";
import { isAddress } from "../queue/blocks/is_address.ts";
import type { RowsOnWorkers } from "../queue/blocks/rows_on_workers.ts";
import {
  print,
  readFlags,
  readInteger,
  readName,
  readNumber,
  readPath,
  run,
  UsageError,
} from "./command_line.ts";
import { dataFolders, readDataDir } from "./data_folders.ts";
import { existing, inFlags, readColumns, readDelimiter } from "./own_data.ts";
import { formatDuration, type Progress, startProgress } from "./progress.ts";
import { mayReach, readRedisUrl } from "./redis_url.ts";
import { describeBackend, startBackend } from "./start_backend.ts";
import { writeWhole } from "./write_whole.ts";

const help =
  `Fits a model to the rows of a file, which need not fit in memory: block by block in this process, or
by workers that hold the blocks. The model is the same, to the last bit.

Usage: deno task fit k-means|mixture --data FILE [flags]

  --data FILE           The rows: a file (NPY, Parquet, IDX, Arrow, CSV, JSON) or its address; with --workers
                        NPY, Parquet or IDX, which are read by ranges
  --clusters K          Clusters of k-means
  --components K        Components of the mixture
  --covariance NAME     full (the default), tied, diagonal, tied-diagonal or spherical
  --init NAME           k-means: k-means++ (the default), k-means|| (few readings, by the workers) or random;
                        mixture: k-means (the default) or random
  --restarts N          Starts, of which the best is kept (default: 1)
  --max-iterations N    Largest number of iterations (default: 300, of a mixture 100)
  --tolerance X         Change that counts as converged, as scikit-learn has it (default: 1e-4, of a
                        mixture 1e-3)
  --seed N              Seed of all randomness (default: 0)
  --columns A,B,…       Columns to use (default: all columns of numbers; quote a name that has a comma)
  --exclude A,B,…       Columns to leave out
  --delimiter MARK      Mark between the cells of a CSV (default: told by its first rows; not with --workers)
  --out FILE            File to write the model to, as JSON (default: model.json)
  --backend NAME        auto (the default), webgpu, simd or cpu
  --workers URL         Have workers (deno task worker) do the passes over the rows that they find at a Redis
                        or Valkey server, such as redis://127.0.0.1:6379; its password stands in the URL or
                        in $MIXTAPE_REDIS_PASSWORD
  --data-dir DIR        Folder to which FILE is relative, as for workers, which may have it elsewhere
                        (default: $MIXTAPE_DATA_DIR, else the current one)
  --shared DIR          Folder that the run shares with its workers (default: report/parts)
  --help                Show this text`;

const flags = {
  data: { type: "string" },
  clusters: { type: "string" },
  components: { type: "string" },
  covariance: { type: "string" },
  init: { type: "string" },
  restarts: { type: "string", default: "1" },
  "max-iterations": { type: "string" },
  tolerance: { type: "string" },
  seed: { type: "string", default: "0" },
  columns: { type: "string" },
  exclude: { type: "string" },
  delimiter: { type: "string" },
  out: { type: "string", default: "model.json" },
  backend: { type: "string", default: "auto" },
  workers: { type: "string" },
  "data-dir": { type: "string" },
  shared: { type: "string", default: "report/parts" },
  help: { type: "boolean", default: false },
} as const;

type Flags = ReturnType<typeof readFlags<{ options: typeof flags }>>["values"];

/** A fitted model, and a line that says what came of the fit. */
interface Fit {
  readonly model: KMeansModel | GaussianMixtureModel;
  readonly summary: string;
}

/** Fits a model with checked flags. */
type Fitter = (rows: RowSource, context: {
  readonly signal: AbortSignal;
  readonly onIteration: (iteration: number, note: string) => void;
}) => Promise<Fit>;

/**
 * Runs the task.
 *
 * @param args The command line.
 * @param signal Signal that Ctrl-C aborts.
 */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({ args, options: flags, allowPositionals: true });
  if (values.help) return print(help);
  if (positionals.length !== 1) {
    throw new UsageError("Cannot fit: one model is needed, k-means or mixture (--help says more)");
  }
  const fit = fitters[readName("model", positionals[0], ["k-means", "mixture"])](values);
  if (values.data === undefined) {
    throw new UsageError("Cannot fit a model: --data must name a file of rows");
  }
  const out = readPath(values.out, "--out");
  await checkOut(out);
  const start = performance.now();
  using progress = startProgress({
    stages: [{ name: "open", weight: 1 }, { name: "fit", weight: 50 }],
  });
  progress.stage("open");
  const { rows, backend, report } = await openRows(values.data, values, progress, signal);
  progress.log(`Backend: ${backend}`);
  progress.log(`Data: ${values.data}, ${rows.shape[0]} rows × ${rows.shape[1]} columns`);
  progress.stage("fit");
  const { model, summary } = await finishing(rows, () =>
    inFile(values.data!, () =>
      fit(rows, {
        signal,
        onIteration: (iteration, note) =>
          // It is not known beforehand when the fit converges.
          progress.update(1 - 1 / (1 + iteration / 10), `iteration ${iteration}, ${note}`),
      })));
  await writeWhole(out, `${JSON.stringify(model)}\n`);
  progress.done();
  print(`${summary}, ${model.iterations} iterations${model.converged ? "" : ", not converged"}`);
  for (const line of report()) print(line);
  print(`Done in ${formatDuration(performance.now() - start)}`);
  print(`Model: ${out}`);
}

/** Fits each model, given its flags. */
const fitters: Record<"k-means" | "mixture", (values: Flags) => Fitter> = {
  "k-means": (values) => {
    refuse(values, ["components", "covariance"], "a mixture");
    const options = {
      clusters: needed(values.clusters, "--clusters"),
      init: readName("--init", values.init ?? "k-means++", ["k-means++", "k-means||", "random"]),
      ...stopping(values),
    };
    return async (rows, { signal, onIteration }) => {
      const model = await kMeans(rows, {
        ...options,
        signal,
        onIteration: ({ iteration, inertia }) =>
          onIteration(iteration, `inertia ${inertia.toPrecision(6)}`),
      });
      return { model, summary: `k-means: inertia ${model.inertia.toPrecision(6)}` };
    };
  },
  mixture: (values) => {
    refuse(values, ["clusters"], "k-means");
    const shapes = Object.keys(mixtureShapes) as (keyof typeof mixtureShapes)[];
    const options = {
      components: needed(values.components, "--components"),
      covariance: readName("--covariance", values.covariance ?? "full", shapes),
      init: readName("--init", values.init ?? "k-means", ["k-means", "random"]),
      ...stopping(values),
    };
    return async (rows, { signal, onIteration }) => {
      const model = await gaussianMixture(rows, {
        ...options,
        signal,
        onIteration: ({ iteration, lowerBound }) =>
          onIteration(iteration, `mean log-likelihood ${lowerBound.toPrecision(6)}`),
      });
      const summary = `mixture: mean log-likelihood ${model.lowerBound.toPrecision(6)}`;
      return { model, summary };
    };
  },
};

/** Fails early, before anything is read, if the model could not be written. */
async function checkOut(out: string): Promise<void> {
  await checkWritable(dirname(out));
  const isFolder = await Deno.stat(out).then(({ isDirectory }) => isDirectory, () => false);
  if (isFolder) {
    throw new UsageError(
      `Cannot use --out ${out}: it is a folder, name a file to write the model to`,
    );
  }
}

function stopping(values: Flags) {
  const { restarts, "max-iterations": most, tolerance, seed } = values;
  return {
    restarts: readInteger(restarts, "--restarts", { min: 1 }),
    ...most !== undefined && { maxIterations: readInteger(most, "--max-iterations", { min: 1 }) },
    ...tolerance !== undefined && { tolerance: readNumber(tolerance, "--tolerance", { min: 0 }) },
    seed: readInteger(seed, "--seed", { max: 2 ** 31 - 1 }),
  };
}

function needed(text: string | undefined, flag: string): number {
  if (text !== undefined) return readInteger(text, flag, { min: 1 });
  throw new UsageError(`Cannot fit a model: ${flag} is needed (--help says more)`);
}

function refuse(values: Flags, names: readonly (keyof Flags)[], kind: string): void {
  const wrong = names.find((name) => values[name] !== undefined);
  if (wrong === undefined) return;
  throw new UsageError(`Cannot use --${wrong}: it is for ${kind}`);
}

/** Rows that were opened, the backend, and lines for the end. */
interface OpenedRows {
  readonly rows: RowSource & Partial<AsyncDisposable>;
  readonly backend: string;
  report(): readonly string[];
}

async function openRows(
  data: string,
  values: Flags,
  progress: Progress,
  signal: AbortSignal,
): Promise<OpenedRows> {
  const dataDir = readDataDir(values["data-dir"]);
  const path = isAddress(data) ? data : readPath(data, "--data");
  const { columns, exclude, delimiter } = values;
  if (values.workers !== undefined && delimiter !== undefined) {
    throw new UsageError(
      "Cannot use --delimiter with --workers: it is for CSV, which they cannot read by ranges, " +
        "write the rows as NPY, Parquet or IDX",
    );
  }
  const chosen = {
    ...columns !== undefined && { columns: readColumns(columns, "--columns") },
    ...exclude !== undefined && { exclude: readColumns(exclude, "--exclude") },
  };
  const place = isAddress(path)
    ? path
    : await existing(dataDir === undefined ? path : resolve(dataDir, path), "--data");
  const sharedDir = readPath(values.shared, "--shared");
  const address = values.workers === undefined
    ? undefined
    : readRedisUrl(values.workers, "--workers");
  if (address === undefined) {
    const rows = await inFlags(readTable.rows(place, {
      ...chosen,
      ...delimiter !== undefined && { delimiter: readDelimiter(delimiter) },
      signal,
    }));
    return { rows, backend: describeBackend(await startBackend(values.backend)), report: () => [] };
  }
  await mayReach(address);
  const backend = await startBackend(values.backend);
  // Loaded for such fits alone.
  const { rowsOnWorkers } = await import("../queue/blocks/rows_on_workers.ts");
  const rows = await inFlags(rowsOnWorkers(path, {
    ...{ address, backend: backend.name, sharedDir, ...dataFolders(dataDir), ...chosen, signal },
    onNote: (line) => progress.log(line),
  }));
  return { rows, backend: describeBackend(backend), report: () => [describeJobs(rows)] };
}

function describeJobs({ jobs, retries }: RowsOnWorkers): string {
  const done = [...jobs].map(([worker, count]) => `${count} by ${worker}`);
  const again = retries === 0 ? "" : `, ${retries} begun again`;
  return `Jobs: ${done.length === 0 ? "none, as there is one block" : done.join(", ")}${again}`;
}

/** Has the error for a cell that is missing name the file in place of the argument, and a remedy. */
async function inFile<T>(data: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) {
      error.message = error.message.replace(
        /^Cannot use x: (the value in row .+ finite numbers are needed)$/,
        (_, said) => `Cannot use ${data}: ${said}, leave out that row or fill the cell`,
      );
    }
    throw error;
  }
}

/** Does something with rows, and then disposes of them. */
async function finishing<T>(
  rows: Partial<AsyncDisposable>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    await rows[Symbol.asyncDispose]?.();
  }
}

if (import.meta.main) await run(main);
