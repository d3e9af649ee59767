/**
 * Measures fits to a file that is read block by block beside the same fits in memory: time and processor
 * time per row, and largest memory of a process for each. `--make` writes the data, of float32 in
 * blobs; `--peer` also runs scikit-learn's
 * `MiniBatchKMeans.partial_fit` once over the blocks. Not part of `deno task bench`, as it needs gigabytes of disk.
 *
 * ```sh
 * deno run -A bench/beyond_memory.ts --make big.npy --rows 20000000
 * deno run -A bench/beyond_memory.ts --make small.npy --rows 2000000
 * deno run -A bench/beyond_memory.ts --blocks big.npy --memory small.npy
 * ```
 *
 * @module
 */
import process from "node:process";
import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { kMeans } from "@mixtape/clustering";
import { readTable } from "@mixtape/datasets/table";
import { gaussianMixture } from "@mixtape/mixture";
import { type HostMatrix, random, type RowsLike, useBackend } from "@mixtape/tensor-utils";
import { print } from "../tasks/command_line.ts";
import { encodeNpy } from "./core/npy.ts";
import { blasEnvironment } from "./openblas_kernel.ts";
import { peerFile, python } from "./peers.ts";

const COLUMNS = 32;
const CENTRES = 16;
const FITS = ["k-means", "k-means++", "mixture"] as const;
type Fit = typeof FITS[number];

/** Outcome of one fit in a process of its own. */
interface Measured {
  readonly fit: Fit;
  readonly from: "memory" | "blocks";
  readonly rows: number;
  readonly iterations: number;
  /** Time of the fit per row, in microseconds. */
  readonly wallPerRow: number;
  /** Processor time of the fit per row, in microseconds: of user and system. */
  readonly processorPerRow: number;
  /** Largest memory of the process, in MiB. */
  readonly peakMiB: number;
}

const { values: flags } = parseArgs({
  options: {
    make: { type: "string" },
    rows: { type: "string", default: "2000000" },
    blocks: { type: "string" },
    memory: { type: "string" },
    threads: { type: "string", default: "1" },
    iterations: { type: "string", default: "10" },
    fits: { type: "string", default: FITS.join() },
    one: { type: "string" },
    peer: { type: "boolean", default: false },
  },
});

if (flags.make) await make(flags.make, Number(flags.rows));
else if (flags.one) print(JSON.stringify(await measure(flags.one as Fit)));
else await compare();
if (flags.peer && flags.blocks && !flags.one) await runPeer(flags.blocks);

/** Writes rows about centres that overlap, so that a fit does not end early. */
async function make(path: string, rows: number): Promise<void> {
  const source = random(1);
  const centres = Float64Array.from({ length: CENTRES * COLUMNS }, () => source.normal() / 2);
  const file = await open(path, "w");
  // The head alone: the values follow, block by block.
  await file.write(encodeNpy({ values: new Float32Array(0), shape: [rows, COLUMNS] }));
  for (let row = 0; row < rows; row += 100_000) {
    const block = new Float32Array(Math.min(100_000, rows - row) * COLUMNS);
    for (let at = 0; at < block.length; at += COLUMNS) {
      const centre = source.integer(CENTRES) * COLUMNS;
      for (let p = 0; p < COLUMNS; p++) block[at + p] = centres[centre + p] + source.normal();
    }
    await file.write(new Uint8Array(block.buffer));
  }
  await file.close();
}

/** Fits once, in this process. */
async function measure(fit: Fit): Promise<Measured> {
  await useBackend("simd", { threads: Number(flags.threads) });
  const path = flags.memory ?? flags.blocks!;
  const source = await readTable.rows(path);
  const x: RowsLike = flags.memory ? (await readTable(path)).x : source;
  let first: HostMatrix | undefined;
  for await (const block of source.blocks()) {
    first = block;
    break;
  }
  const [start, begin] = [process.cpuUsage(), performance.now()];
  const iterations = await run(fit, x, first!);
  const wall = 1000 * (performance.now() - begin);
  const { user, system } = process.cpuUsage(start);
  const [rows] = source.shape;
  return {
    ...{ fit, from: flags.memory ? "memory" : "blocks", rows, iterations },
    wallPerRow: wall / rows,
    processorPerRow: (user + system) / rows,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

async function run(fit: Fit, x: RowsLike, { values }: HostMatrix): Promise<number> {
  const most = { maxIterations: Number(flags.iterations), tolerance: 0 };
  if (fit === "mixture") {
    const part = { values: values.slice(0, 20_000 * COLUMNS), shape: [20_000, COLUMNS] };
    using init = await gaussianMixture(part, { components: 8, maxIterations: 3 });
    return (await gaussianMixture(x, { components: 8, init, ...most })).iterations;
  }
  const init = { values: values.slice(0, CENTRES * COLUMNS), shape: [CENTRES, COLUMNS] };
  const start = fit === "k-means" ? { init } : {};
  return (await kMeans(x, { clusters: CENTRES, ...start, ...most })).iterations;
}

/** Fits from blocks and in memory in processes of their own, in turn. */
async function compare(): Promise<void> {
  for (const fit of flags.fits.split(",")) {
    const measured: Measured[] = [];
    for (const from of ["memory", "blocks"] as const) {
      if (flags[from] === undefined) continue;
      const given = [`--one=${fit}`, `--${from}=${flags[from]}`];
      const shared = [`--threads=${flags.threads}`, `--iterations=${flags.iterations}`];
      const args = ["run", "-A", import.meta.filename!, ...given, ...shared];
      const { stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" })
        .output();
      measured.push(JSON.parse(new TextDecoder().decode(stdout)));
    }
    for (const { from, rows, iterations, wallPerRow, processorPerRow, peakMiB } of measured) {
      print(
        `${fit} of ${rows} × ${COLUMNS} from ${from}: ${iterations} iterations, ` +
          `${wallPerRow.toFixed(2)} µs per row, of processors ${processorPerRow.toFixed(2)} µs, ` +
          `at most ${peakMiB.toFixed(0)} MiB`,
      );
    }
    if (measured.length === 2) {
      const [wall, processor] = (["wallPerRow", "processorPerRow"] as const).map((time) =>
        (measured[1][time] / measured[0][time]).toFixed(2)
      );
      print(
        `${fit}: ${wall} times the time per row in memory, ${processor} times that of processors`,
      );
    }
  }
}

/** Runs scikit-learn over the blocks of a file. */
async function runPeer(path: string): Promise<void> {
  const { stdout } = await new Deno.Command(python, {
    args: [peerFile("partial_fit.py"), path, String(CENTRES)],
    env: { OMP_NUM_THREADS: flags.threads, ...await blasEnvironment() },
    stderr: "inherit",
  }).output();
  const { rows, microsecondsPerRow, peakMiB } = JSON.parse(new TextDecoder().decode(stdout));
  print(
    `scikit-learn's partial_fit, once over ${rows} rows: ` +
      `${microsecondsPerRow.toFixed(2)} µs per row, at most ${peakMiB.toFixed(0)} MiB`,
  );
}
