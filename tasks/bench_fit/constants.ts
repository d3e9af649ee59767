import { blockRowsFor, RowReader } from "@mixtape/tensor-utils";
import { cpus } from "node:os";
import { join } from "node:path";
import { encodeNpy } from "../../bench/core/npy.ts";
import { Jobs } from "../../queue/ask_jobs.ts";
import { BlockAnswerer } from "../../queue/blocks/answer_blocks.ts";
import { BlockAsker } from "../../queue/blocks/ask_blocks.ts";
import { openBlockFile } from "../../queue/blocks/block_file.ts";
import type { BlockQuestion } from "../../queue/blocks/block_question.ts";
import { WorkerPasses } from "../../queue/blocks/worker_passes.ts";
import type { Job } from "../../queue/job.ts";
import { keptOutcome, outcomeOf } from "../../queue/outcomes.ts";
import { Parcels } from "../../queue/parcels.ts";
import { connectRedis } from "../../queue/redis.ts";
import type { SimulatedFit } from "../../queue/simulate_jobs.ts";
import { DoersHere } from "../../queue/testing/doers_here.ts";
import { ToyWorker } from "../../queue/testing/start_toy_worker.ts";
import { print } from "../command_line.ts";
import { type Bench, fitTo, type Kind, middleSpan, rowsOf } from "./timed_fit.ts";

/** A question about no blocks, which opens the file and takes its hash. */
const opening = { pass: "magnitude", parcel: "", firstBlock: 0, endBlock: 0 } as const;

/** Constants of the model: all that it is given but the number of workers. */
export type Constants = Omit<SimulatedFit, "workers">;

/** Measures the time of jobs that do nothing, asked for all at once as those of a pass. */
export async function queueOverhead({ server, signal }: Bench): Promise<number> {
  const version = { code: "bench", backend: "cpu" };
  const toy = new ToyWorker(server, { lease: 30, code: version.code });
  try {
    const { address } = server;
    await using jobs = await Jobs.open({ address, version, signal, onNote: () => {} });
    const ask = (name: string) => jobs.do({ name, title: name, question: { number: 1 } });
    for (let i = 0; i < 50; i++) await ask(`first-${i}`);
    const begin = performance.now();
    await Promise.all(Array.from({ length: 200 }, (_, i) => ask(`many-${i}`)));
    return (performance.now() - begin) / 200;
  } finally {
    await toy.end("SIGINT");
  }
}

/** Fits to the first blocks in this process and measures its jobs, and parcels at the server. */
export async function measureConstants(
  kind: Kind,
  bench: Bench,
): Promise<Omit<Constants, "overheadMs">> {
  const { folder, shape: [rows, columns], components, signal } = bench;
  const folders = { dataDir: folder, cacheDir: folder };
  const settings = { ...folders, sharedDir: join(folder, "constants") };
  const blockRows = blockRowsFor(columns);
  // So many that they do not stay in a cache, which those of a large file would not.
  const blocks = Math.max(1, Math.min(16, Math.floor(rows / blockRows)));
  const done = Math.min(rows, blocks * blockRows);
  const path = "first.npy";
  await Deno.writeFile(join(folder, path), encodeNpy(rowsOf([done, columns])));
  const { rows: first, sha256 } = await openBlockFile({ path }, folders, signal);
  const answerer = new BlockAnswerer(settings);
  const doers = new TimedDoers(answerer);
  const version = { code: "bench", backend: "simd" };
  const asker = new BlockAsker({ doers, version, data: { path, sha256 }, ...settings });
  const source = { ...first, passes: new WorkerPasses(asker) };
  await answerer.answer({ ...opening, data: { path, sha256 }, blockRows }, keptOutcome(null).bytes);
  // The first pass reads the file, later ones find its blocks in memory.
  await source.passes.magnitude(new RowReader(source, "the rows"), signal);
  const reading = doers.seconds;
  await source.passes.magnitude(new RowReader(source, "the rows"), signal);
  const checking = doers.seconds - reading;
  const ends: number[] = [];
  await fitTo(source, kind, bench, () => void ends.push(doers.seconds));
  await asker.end();
  const seconds = middleSpan(ends);
  const gatheredPerSecond = await measureGathering(doers.lastBytes, bench);
  const constants = {
    ...{ rows, columns, components: components[kind], kind, blockRows },
    cores: cpus().length,
    rowsPerSecond: done / seconds,
    bytesPerSecond: 4 * columns * done / Math.max(1e-6, reading - checking),
    gatheredPerSecond,
  };
  print(
    `${kind}, K = ${components[kind]}: ${(seconds / blocks).toFixed(3)} s per block of ` +
      `${blockRows} rows, read at ${
        (constants.bytesPerSecond / 1e6).toFixed(0)
      } MB/s, answered by ` +
      `${(doers.lastBytes / 1000).toFixed(0)} kB, gathered at ` +
      `${(gatheredPerSecond / 1e6).toFixed(0)} MB/s`,
  );
  return constants;
}

/** Does jobs in this process, one after the other as a worker does, and adds up how long they take. */
class TimedDoers extends DoersHere {
  /** Seconds of all jobs. */
  seconds = 0;
  /** Bytes of the last answer, of one block. */
  lastBytes = 0;
  readonly #answerer: BlockAnswerer;
  #last = Promise.resolve();

  constructor(answerer: BlockAnswerer) {
    super();
    this.#answerer = answerer;
  }

  override do(job: Job): Promise<void> {
    return this.#last = this.#last.then(() => super.do(job));
  }

  protected override async answer({ question, parcel }: Job): Promise<Uint8Array> {
    const begin = performance.now();
    const answer = await this.#answerer.answer(question as unknown as BlockQuestion, parcel!.bytes);
    this.seconds += (performance.now() - begin) / 1000;
    this.lastBytes = answer.length;
    return answer;
  }
}

/** Measures bytes that come from the server and are read. */
async function measureGathering(length: number, { server }: Bench): Promise<number> {
  const redis = await connectRedis(server.address);
  try {
    const parcels = new Parcels(redis);
    const { bytes } = keptOutcome(new Float64Array(length / 8));
    await parcels.put("bench", bytes);
    const count = 20;
    const begin = performance.now();
    for (let i = 0; i < count; i++) outcomeOf({ bytes: (await parcels.get("bench"))! });
    return count * length / (performance.now() - begin) * 1000;
  } finally {
    redis.disconnect();
  }
}
