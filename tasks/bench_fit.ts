/**
 * `deno task bench:fit`: measures fits on workers, and holds the model of `docs/scale.md` to them.
 *
 * @module
 */
import { kMeans } from "@mixtape/clustering";
import { gaussianMixture } from "@mixtape/mixture";
import { blockRowsFor, random, RowReader, type RowSource, useBackend } from "@mixtape/tensor-utils";
import { cpus } from "node:os";
import { join } from "node:path";
import { encodeNpy } from "../bench/core/npy.ts";
import { Jobs } from "../queue/ask_jobs.ts";
import { BlockAnswerer } from "../queue/blocks/answer_blocks.ts";
import { openBlockFile } from "../queue/blocks/block_file.ts";
import { BlockAsker, type BlockDoers } from "../queue/blocks/ask_blocks.ts";
import type { BlockQuestion } from "../queue/blocks/block_question.ts";
import { WorkerPasses } from "../queue/blocks/worker_passes.ts";
import type { Job } from "../queue/job.ts";
import { rowsOnWorkers } from "../queue/blocks/rows_on_workers.ts";
import { keptOutcome, outcomeOf } from "../queue/outcomes.ts";
import { Parcels } from "../queue/parcels.ts";
import { connectRedis } from "../queue/redis.ts";
import { type SimulatedFit, simulateIteration } from "../queue/simulate_jobs.ts";
import { RedisServer } from "../queue/testing/redis_server.ts";
import { StartedTask } from "../queue/testing/start_task.ts";
import { ToyWorker } from "../queue/testing/start_toy_worker.ts";
import { print, readFlags, readInteger, run } from "./command_line.ts";

const help =
  `Measures the constants of the model in docs/scale.md, at a Redis server that it starts (Debian:
redis-server), then fits of which workers of one thread do the passes, and prints the seconds per
iteration beside those of the model. Leave the machine alone meanwhile.

Usage: deno task bench:fit [flags]

  --rows N              Rows (default: 1000000)
  --columns N           Columns (default: 32)
  --clusters K          Clusters of k-means (default: 64)
  --components K        Components of the mixture (default: 8)
  --iterations N        Iterations of each fit (default: 6)
  --workers N           Largest number of workers, of 1, 2, 4 and so on (default: 2)
  --help                Show this text`;

type Kind = SimulatedFit["kind"];
type Constants = Omit<SimulatedFit, "workers">;

/** A file of rows, and the folder in which it lies. */
interface Bench {
  readonly folder: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly components: Readonly<Record<Kind, number>>;
  readonly iterations: number;
  readonly server: RedisServer;
  readonly signal: AbortSignal;
}

/** Runs the task. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      rows: { type: "string", default: "1000000" },
      columns: { type: "string", default: "32" },
      clusters: { type: "string", default: "64" },
      components: { type: "string", default: "8" },
      iterations: { type: "string", default: "6" },
      workers: { type: "string", default: "2" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const size = (name: "rows" | "columns" | "clusters" | "components" | "workers") =>
    readInteger(values[name], `--${name}`, { min: 1 });
  const most = size("workers");
  await using server = await RedisServer.start("everysec");
  const folder = await Deno.makeTempDir();
  try {
    const bench: Bench = {
      folder,
      shape: [size("rows"), size("columns")],
      components: { "k-means": size("clusters"), "full mixture": size("components") },
      iterations: readInteger(values.iterations, "--iterations", { min: 3 }),
      server,
      signal,
    };
    await Deno.writeFile(join(folder, "x.npy"), encodeNpy(rowsOf(bench.shape)));
    await useBackend("simd", { threads: 1 });
    const overheadMs = await queueOverhead(bench);
    print(`A job among many, beside its work: ${overheadMs.toFixed(1)} ms`);
    for (const kind of ["k-means", "full mixture"] as const) {
      const constants = { ...await measureConstants(kind, bench), overheadMs };
      await holdModel(kind, constants, bench, most);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Rows about some centres. */
function rowsOf([n, d]: readonly [number, number]) {
  const source = random(1);
  const values = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const own = source.integer(16);
    for (let p = 0; p < d; p++) values[i * d + p] = (own * (p + 1)) % 16 + 4 * source.next();
  }
  return { values, shape: [n, d] };
}

/** Measures the time of jobs that do nothing, asked for all at once as those of a pass. */
async function queueOverhead({ server, signal }: Bench): Promise<number> {
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
async function measureConstants(kind: Kind, bench: Bench): Promise<Omit<Constants, "overheadMs">> {
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
  const doers = new TimedDoers(new BlockAnswerer(settings));
  const version = { code: "bench", backend: "simd" };
  const asker = new BlockAsker({ doers, version, data: { path, sha256 }, ...settings });
  const source = { ...first, passes: new WorkerPasses(asker) };
  // The first pass reads the file, later ones find its blocks in memory.
  await source.passes.magnitude(new RowReader(source, "the rows"), signal);
  const reading = doers.sinceLast();
  await source.passes.magnitude(new RowReader(source, "the rows"), signal);
  const checking = doers.sinceLast();
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
class TimedDoers implements BlockDoers {
  /** Seconds of all jobs. */
  seconds = 0;
  /** Bytes of the last answer, of one block. */
  lastBytes = 0;
  readonly #answerer: BlockAnswerer;
  readonly #answers = new Map<string, Uint8Array>();
  #taken = 0;
  #last = Promise.resolve();

  constructor(answerer: BlockAnswerer) {
    this.#answerer = answerer;
  }

  /** Returns the seconds since this was asked before. */
  sinceLast(): number {
    const since = this.seconds - this.#taken;
    this.#taken = this.seconds;
    return since;
  }

  do(job: Job): Promise<void> {
    return this.#last = this.#last.then(() => this.#doNext(job));
  }

  async #doNext({ name, question, parcel }: Job): Promise<void> {
    const begin = performance.now();
    const answer = await this.#answerer.answer(question as unknown as BlockQuestion, parcel!.bytes);
    this.seconds += (performance.now() - begin) / 1000;
    this.lastBytes = answer.length;
    this.#answers.set(name, answer);
  }

  take(name: string): Promise<Uint8Array | undefined> {
    const answer = this.#answers.get(name);
    this.#answers.delete(name);
    return Promise.resolve(answer);
  }

  drop(): Promise<void> {
    return Promise.resolve();
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

/** Fits on 1, 2, 4 … workers, and prints the seconds per iteration beside those of the model. */
async function holdModel(
  kind: Kind,
  constants: Constants,
  bench: Bench,
  most: number,
): Promise<void> {
  const workers: StartedTask[] = [];
  const { server, folder } = bench;
  try {
    for (let count = 1; count <= most; count *= 2) {
      while (workers.length < count) {
        const worker = new StartedTask("worker", [
          ...["--redis", `redis://127.0.0.1:${server.port}`, "--threads", "1", "--backend", "simd"],
          ...["--data-dir", folder, "--shared", join(folder, "parts")],
        ], server.password);
        workers.push(worker);
        await worker.prints(/^Waiting for jobs/m);
      }
      const measured = await timeFit(kind, bench);
      const { blocks, gathering } = simulateIteration({ ...constants, workers: count });
      const model = blocks + gathering;
      const off = 100 * (model / measured - 1);
      print(
        `${kind}, ${count} ${
          count === 1 ? "worker" : "workers"
        } on ${constants.cores} processors: ` +
          `${measured.toFixed(2)} s per iteration, by the model ${model.toFixed(2)} s, ` +
          `${off < 0 ? "−" : "+"}${Math.abs(off).toFixed(0)}%`,
      );
    }
  } finally {
    for (const worker of workers) worker.kill("SIGINT");
    await Promise.all(workers.map((worker) => worker.ended()));
  }
}

/** Returns the median seconds per iteration of a fit on the workers that are there, without the first one. */
async function timeFit(kind: Kind, bench: Bench): Promise<number> {
  const { server, folder, signal } = bench;
  const ends: number[] = [];
  await using rows = await rowsOnWorkers("x.npy", {
    ...{ address: server.address, backend: "simd", signal, onNote: () => {} },
    ...{ dataDir: folder, cacheDir: folder, sharedDir: join(folder, "parts") },
  });
  await fitTo(rows, kind, bench, () => void ends.push(performance.now() / 1000));
  return middleSpan(ends);
}

/** Returns the median of the spans between times. */
function middleSpan(ends: readonly number[]): number {
  const spans = ends.slice(1).map((end, i) => end - ends[i]).sort((a, b) => a - b);
  return spans[spans.length >> 1];
}

/** Fits from a start that is the same for all rows and machines. */
async function fitTo(
  rows: RowSource,
  kind: Kind,
  { shape: [, d], components, iterations, signal }: Bench,
  onIteration: () => void,
): Promise<void> {
  const shared = { maxIterations: iterations, tolerance: 0, signal, onIteration };
  const k = components[kind];
  const source = random(2);
  const values = Float64Array.from({ length: k * d }, () => 16 * source.next());
  const means = { values, shape: [k, d] as const };
  if (kind === "k-means") {
    using _ = await kMeans(rows, { clusters: k, init: means, ...shared });
    return;
  }
  const covariances = new Float64Array(k * d * d);
  for (let c = 0; c < k; c++) {
    for (let p = 0; p < d; p++) covariances[(c * d + p) * d + p] = 25;
  }
  const init = {
    ...{ weights: new Float64Array(k).fill(1 / k), means, covariance: "full" as const },
    covariances: { values: covariances, shape: [k, d, d] as const },
  };
  using _ = await gaussianMixture(rows, { components: k, init, ...shared });
}

if (import.meta.main) await run(main);
