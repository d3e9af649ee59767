/**
 * `deno task worker`: does jobs of `deno task experiments --workers` and `deno task fit --workers`.
 *
 * @module
 */
import { cpus, hostname } from "node:os";
import { answerJob } from "../queue/answer_job.ts";
import { BlockLabels } from "../queue/blocks/block_labels.ts";
import { codeVersion } from "../queue/code_version.ts";
import { describeRedis } from "../queue/redis.ts";
import { serveJobs } from "../queue/serve_jobs.ts";
import { seekMarks } from "../queue/shared_folder.ts";
import { Threads } from "../queue/threads.ts";
import { print, readFlags, readInteger, readPath, run, UsageError } from "./command_line.ts";
import { dataFolders, readDataDir } from "./data_folders.ts";
import { mayReach, readRedisUrl } from "./redis_url.ts";
import { startBackend } from "./start_backend.ts";

const help = `Does jobs of deno task experiments and deno task fit with --workers URL, until Ctrl-C.

Usage: deno task worker --redis URL [flags]

  --redis URL           Redis or Valkey server, such as redis://127.0.0.1:6379; its password stands in the
                        URL or, so that no list of processes shows it, in $MIXTAPE_REDIS_PASSWORD
  --data-dir DIR        Folder that holds MNIST, one folder per set, or data of your own
                        (default: $MIXTAPE_DATA_DIR, else MNIST is downloaded)
  --shared DIR          Folder that the worker shares with runs, OUT/parts of experiments --out OUT, and
                        --shared of deno task fit (default: report/parts)
  --concurrency N       Jobs to do at the same time (default: 1)
  --threads N           Threads per job of the backend simd (default: processors / concurrency)
  --backend NAME        auto (the default), webgpu, simd or cpu; that of the run
  --lease SECONDS       Time without a sign of life after which another worker gets a job (default: 30)
  --help                Show this text`;

/**
 * Runs the task.
 *
 * @param args The command line.
 * @param signal Signal that Ctrl-C aborts.
 */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      redis: { type: "string" },
      "data-dir": { type: "string" },
      shared: { type: "string", default: "report/parts" },
      concurrency: { type: "string", default: "1" },
      threads: { type: "string" },
      backend: { type: "string", default: "auto" },
      lease: { type: "string", default: "30" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  if (values.redis === undefined) {
    throw new UsageError("Cannot start a worker: --redis URL is needed (--help says more)");
  }
  const address = readRedisUrl(values.redis, "--redis");
  const concurrency = readInteger(values.concurrency, "--concurrency", { min: 1, max: 256 });
  const processors = cpus().length || 1;
  const threads = values.threads === undefined
    ? Math.max(1, Math.floor(processors / concurrency))
    : readInteger(values.threads, "--threads", { min: 1, max: 256 });
  const leaseSeconds = readInteger(values.lease, "--lease", { min: 1, max: 3600 });
  const sharedDir = readPath(values.shared, "--shared");
  const { dataDir, cacheDir } = dataFolders(readDataDir(values["data-dir"]));
  await mayReach(address);
  const { name: backend } = await startBackend(values.backend);
  const version = { code: await codeVersion(), backend };
  using computing = new Threads({ version, sharedDir, dataDir, cacheDir, backend, threads });
  await computing.prepare();
  print(`Worker ${workerName()} at ${describeRedis(address)}`);
  const worker = { ...version, name: workerName() };
  const labels = new BlockLabels(sharedDir);
  await using _ = await seekMarks({ address, sharedDir, onNote: print }, worker);
  await serveJobs({
    address,
    worker,
    concurrency,
    leaseSeconds,
    signal,
    onNote: print,
    run: (question, context) => answerJob(question, context, computing, labels),
  });
}

function workerName(): string {
  return `${hostname()}:${Deno.pid}`;
}

if (import.meta.main) await run(main);
