/**
 * `deno task bench:queue`: measures the queue, at a Redis server that it starts.
 *
 * @module
 */
import { join } from "node:path";
import { Jobs } from "../queue/ask_jobs.ts";
import { RedisServer } from "../queue/testing/redis_server.ts";
import { StartedTask } from "../queue/testing/start_task.ts";
import { ToyWorker } from "../queue/testing/start_toy_worker.ts";
import { print, readFlags, readInteger, run } from "./command_line.ts";
import { readDataDir } from "./data_folders.ts";

const help =
  `Measures the queue, at a Redis server that it starts (Debian: redis-server): the time that a job
takes beside its work, the memory of run and worker over many jobs, and the time of ood-detectors on
one worker and on more, each of one thread. Leave the machine alone meanwhile.

Usage: deno task bench:queue [flags]

  --jobs N              Small jobs (default: 10000)
  --workers N           Largest number of workers for ood-detectors, 0 to leave it out (default: 2)
  --profile NAME        quick (the default) or full
  --dataset NAME        sample (the default) or mnist
  --data-dir DIR        Folder that holds MNIST (default: $MIXTAPE_DATA_DIR)
  --help                Show this text`;

/** Runs the task. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      jobs: { type: "string", default: "10000" },
      workers: { type: "string", default: "2" },
      profile: { type: "string", default: "quick" },
      dataset: { type: "string", default: "sample" },
      "data-dir": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const jobs = readInteger(values.jobs, "--jobs", { min: 1000 });
  const workers = readInteger(values.workers, "--workers");
  await using server = await RedisServer.start("everysec");
  await measureJobs(server, jobs, signal);
  const dataDir = readDataDir(values["data-dir"]);
  const flags = [
    "--dataset",
    values.dataset,
    ...dataDir === undefined ? [] : ["--data-dir", dataDir],
  ];
  let one: number | undefined;
  for (let count = 1; count <= workers; count *= 2) {
    const seconds = await timeExperiment(server, count, flags, values.profile, signal);
    one ??= seconds;
    print(
      `ood-detectors, ${values.profile} on ${values.dataset}, ${count} of 1 thread: ` +
        `${seconds.toFixed(1)} s, ${(one / seconds).toFixed(2)} times as fast as one`,
    );
  }
}

/** Measures jobs that do next to nothing. */
async function measureJobs(server: RedisServer, count: number, signal: AbortSignal): Promise<void> {
  const version = { code: "bench", backend: "cpu" };
  const toy = new ToyWorker(server, { lease: 30, code: version.code });
  try {
    await using jobs = await Jobs.open({
      address: server.address,
      version,
      signal,
      onNote: () => {},
    });
    const ask = async (name: string) =>
      (await jobs.do({ name, title: name, question: { number: 1, rss: true } })).answer as number;
    await ask("first");
    const singles = 200;
    const start = performance.now();
    for (let i = 0; i < singles; i++) await ask(`single-${i}`);
    const each = (performance.now() - start) / singles;
    print(`A job alone, from question to answer: ${each.toFixed(2)} ms`);
    const begin = performance.now();
    const steps = 5;
    for (let step = 0; step < steps; step++) {
      const names = Array.from({ length: count / steps }, (_, i) => `many-${step}-${i}`);
      const rss = await Promise.all(names.map(ask));
      const [own, other] = [Deno.memoryUsage().rss, rss[rss.length - 1]].map((bytes) =>
        Math.round(bytes / 2 ** 20)
      );
      const done = (step + 1) * count / steps;
      print(`After ${done} jobs: ${own} MiB in the run, ${other} MiB in the worker`);
    }
    const per = (performance.now() - begin) / count;
    print(`A job among many: ${per.toFixed(2)} ms, ${Math.round(1000 / per)} per second`);
  } finally {
    await toy.end("SIGINT");
  }
}

/** Times the leaderboard on some workers. */
async function timeExperiment(
  server: RedisServer,
  count: number,
  flags: readonly string[],
  profile: string,
  signal: AbortSignal,
): Promise<number> {
  const out = await Deno.makeTempDir();
  const url = `redis://127.0.0.1:${server.port}`;
  const start = (task: string, args: readonly string[]) =>
    new StartedTask(task, args, server.password);
  const serving = ["--redis", url, "--shared", join(out, "parts"), "--threads", "1"];
  const workers = Array.from(
    { length: count },
    () => start("worker", [...serving, ...flags.slice(2)]),
  );
  try {
    const experiment = [
      ...["ood-detectors", "--no-site", "--profile", profile, "--out", out, "--workers", url],
      ...flags,
    ];
    // The first run has the workers started and their data read.
    await start("experiments", ["kmeans-clusters", ...experiment.slice(1)]).ended();
    const begin = performance.now();
    const { code, error } = await start("experiments", experiment).ended();
    signal.throwIfAborted();
    if (code !== 0) throw new TypeError(`Cannot time ood-detectors: the run failed, ${error}`);
    return (performance.now() - begin) / 1000;
  } finally {
    for (const worker of workers) worker.kill("SIGINT");
    await Promise.all(workers.map((worker) => worker.ended()));
    await Deno.remove(out, { recursive: true });
  }
}

if (import.meta.main) await run(main);
