import { type BlockPasses, RowReader, type RowSource } from "@mixtape/tensor-utils";
import { join } from "node:path";
import process from "node:process";
import { encodeNpy } from "../../bench/core/npy.ts";
import { Jobs } from "../../queue/ask_jobs.ts";
import { BlockAsker, type BlockDoers } from "../../queue/blocks/ask_blocks.ts";
import { openBlockFile } from "../../queue/blocks/block_file.ts";
import { WorkerPasses } from "../../queue/blocks/worker_passes.ts";
import { codeVersion } from "../../queue/code_version.ts";
import type { Version } from "../../queue/job.ts";
import { connectRedis } from "../../queue/redis.ts";
import type { JobCost, SimulatedFit } from "../../queue/simulate_jobs.ts";
import { type Bench, median, rowsOf } from "./timed_fit.ts";
import { TimedThread } from "./timed_thread.ts";

/** Costs of jobs beside their work. */
export type JobCosts = Pick<SimulatedFit, "worker" | "run" | "betweenMs">;

/** Name of the file of blocks of next to no rows. */
const path = "few.npy";

/** Rows of such a block, and numbers of blocks: a pass over the fewer ones tells what a pass itself takes. */
const blockRows = 4;
const [few, many] = [16, 64];

/** Numbers of clusters: of answers of next to no bytes, and of large ones. */
const [small, large] = [1, 1000];

/** Median times of a pass, in milliseconds. */
interface PassTimes {
  readonly wall: number;
  /** Processor time of this program and of the server. */
  readonly processor: number;
}

/**
 * Has the worker that is there, and no other, do passes over blocks of next to no rows, and a thread of this program the
 * same ones: the rest is what jobs cost beside their work.
 */
export async function measureJobCosts(bench: Bench): Promise<JobCosts> {
  const { folder, shape: [, d], server, signal } = bench;
  await Deno.writeFile(join(folder, path), encodeNpy(rowsOf([many * blockRows, d])));
  const version = { code: await codeVersion(), backend: "simd" };
  const { address } = server;
  await using jobs = await Jobs.open({ address, version, signal, onNote: () => {} });
  using thread = await TimedThread.start(folder, "few");
  const passes = async (blocks: number, clusters: number) => {
    const pass = { version, blocks, clusters, ...bench };
    const elsewhere = await timePasses(jobs, join(folder, "parts"), pass);
    const before = thread.seconds;
    await timePasses(thread, join(folder, "few"), pass);
    const work = 1000 * (thread.seconds - before) / rounds;
    return { wall: elsewhere.wall - work, processor: elsewhere.processor };
  };
  const [short, plain, heavy] = [
    await passes(few, small),
    await passes(many, small),
    await passes(many, large),
  ];
  const costOf = (of: keyof PassTimes): JobCost => ({
    ms: Math.max(0, plain[of] - short[of]) / (many - few),
    bytesPerSecond: 1000 * many * 8 * (large - small) * (d + 1) /
      Math.max(1e-3, heavy[of] - plain[of]),
  });
  const [worker, run] = [costOf("wall"), costOf("processor")];
  return { worker, run, betweenMs: Math.max(0, short.wall - few * worker.ms) };
}

/** Passes of which the median is taken. */
const rounds = 15;

async function timePasses(
  doers: BlockDoers,
  sharedDir: string,
  { version, blocks, clusters, folder, shape: [, d], server, signal }: Bench & {
    readonly version: Version;
    readonly blocks: number;
    readonly clusters: number;
  },
): Promise<PassTimes> {
  const { rows, sha256 } = await openBlockFile(
    { path },
    { dataDir: folder, cacheDir: folder },
    signal,
  );
  await Deno.mkdir(sharedDir, { recursive: true });
  const asker = new BlockAsker({ doers, version, data: { path, sha256 }, sharedDir });
  const passes: BlockPasses = new WorkerPasses(asker);
  const part = rows.part(0, blocks * blockRows);
  const source: RowSource = { shape: part.shape, blocks: (signal) => part.blocks(signal), passes };
  const reader = new RowReader(source, "the rows", { blockValues: blockRows * d });
  const redis = await connectRedis(server.address);
  const processorMs = async () => {
    const { user, system } = process.cpuUsage();
    const told = await redis.info("cpu");
    const ofServer = ["user", "sys"].map((kind) =>
      Number(new RegExp(`^used_cpu_${kind}:(.+)$`, "m").exec(told)![1])
    );
    return (user + system) / 1000 + 1000 * (ofServer[0] + ofServer[1]);
  };
  const times: PassTimes[] = [];
  {
    using session = passes.openLloyd(reader, {})!;
    for (let round = 0; round <= rounds; round++) {
      const centroids = Float64Array.from({ length: clusters * d }, (_, i) => (i + round) % 16);
      const begin = [performance.now(), await processorMs()];
      await session.step(centroids);
      const processor = await processorMs() - begin[1];
      // The first one opens the file.
      if (round > 0) times.push({ wall: performance.now() - begin[0], processor });
    }
  }
  await asker.end();
  redis.disconnect();
  const middle = (of: keyof PassTimes) => median(times.map((one) => one[of]));
  return { wall: middle("wall"), processor: middle("processor") };
}
