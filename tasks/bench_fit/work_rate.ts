import { type BlockPasses, blockRowsFor, RowReader, type RowSource } from "@mixtape/tensor-utils";
import { cpus } from "node:os";
import { join } from "node:path";
import { encodeNpy } from "../../bench/core/npy.ts";
import { BlockAsker } from "../../queue/blocks/ask_blocks.ts";
import { openBlockFile } from "../../queue/blocks/block_file.ts";
import { WorkerPasses } from "../../queue/blocks/worker_passes.ts";
import type { SimulatedFit } from "../../queue/simulate_jobs.ts";
import { type Bench, fitTo, type Kind, middleSpan, rowsOf } from "./timed_fit.ts";
import { TimedThread } from "./timed_thread.ts";

/** Rates at which a worker goes through rows. */
export type WorkRate = Pick<
  SimulatedFit,
  "rowsPerSecond" | "rowsPerSecondTogether" | "bytesPerSecond" | "blockRows" | "cores"
>;

/** Name of the file of the first rows. */
const path = "first.npy";

/** Fits to the first blocks in this program, on one thread and on one per processor, and times the jobs. */
export async function measureWork(kind: Kind, bench: Bench): Promise<WorkRate> {
  const { folder, shape: [rows, columns] } = bench;
  const blockRows = blockRowsFor(columns);
  // So many that they do not stay in a cache, which those of a large file would not.
  const blocks = Math.max(1, Math.min(16, Math.floor(rows / blockRows)));
  const done = Math.min(rows, blocks * blockRows);
  await Deno.writeFile(join(folder, path), encodeNpy(rowsOf([done, columns])));
  const cores = cpus().length;
  const alone = await timeFits(1, kind, bench);
  const together = await timeFits(cores, kind, bench);
  return {
    blockRows,
    cores,
    rowsPerSecond: done / alone.iteration,
    rowsPerSecondTogether: done / together.iteration,
    bytesPerSecond: 4 * columns * done / alone.reading,
  };
}

/** Seconds that jobs take for all rows. */
interface FitTimes {
  readonly iteration: number;
  readonly reading: number;
}

/** Does the same fit on some threads at once, and returns the mean times of one. */
async function timeFits(count: number, kind: Kind, bench: Bench): Promise<FitTimes> {
  const times = await Promise.all(
    Array.from({ length: count }, (_, i) => timeFit(`thread-${i}`, kind, bench)),
  );
  const mean = (of: (one: FitTimes) => number) =>
    times.reduce((sum, one) => sum + of(one), 0) / count;
  return { iteration: mean(({ iteration }) => iteration), reading: mean(({ reading }) => reading) };
}

async function timeFit(name: string, kind: Kind, bench: Bench): Promise<FitTimes> {
  const { folder, signal } = bench;
  const { rows, sha256 } = await openBlockFile(
    { path },
    { cacheDir: folder, dataDir: folder },
    signal,
  );
  await Deno.mkdir(join(folder, name), { recursive: true });
  using thread = await TimedThread.start(folder, name);
  const asker = new BlockAsker({
    doers: thread,
    version: thread.version,
    data: { path, sha256 },
    sharedDir: join(folder, name),
  });
  const passes: BlockPasses = new WorkerPasses(asker);
  const source: RowSource = { shape: rows.shape, blocks: (signal) => rows.blocks(signal), passes };
  await thread.open({ path, sha256 }, blockRowsFor(rows.shape[1]));
  // The first pass reads the file, later ones find its blocks in memory.
  const magnitude = async () => {
    const before = thread.seconds;
    await passes.magnitude(new RowReader(source, "the rows"), signal);
    return thread.seconds - before;
  };
  const reading = await magnitude();
  const checking = await magnitude();
  const ends: number[] = [];
  await fitTo(source, kind, bench, () => void ends.push(thread.seconds));
  await asker.end();
  return { iteration: middleSpan(ends), reading: Math.max(1e-6, reading - checking) };
}
