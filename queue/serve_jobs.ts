import { type Job, UnrecoverableError, WaitingError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import {
  type Done,
  type Json,
  mostTries,
  prefix,
  queueName,
  unwantedKey,
  unwantedReason,
} from "./job.ts";
import { Parcels } from "./parcels.ts";
import { type PresentWorker, workersPresent } from "./presence.ts";
import { connectRedis, type RedisAddress, redisOptions } from "./redis.ts";
import { unlessLate } from "./unless_late.ts";

/** The context in which a worker does a job. */
export interface JobContext {
  /** Name of the job, after which a parcel is named that it answers with. */
  readonly name: string;
  /** Title of the job. */
  readonly title: string;
  /** Parcels at the server. */
  readonly parcels: Parcels;
  /** Signal that ends it: nobody wants it any more, another worker has it, or this one is stopped. */
  readonly signal: AbortSignal;
  /** Tells the share that is done. */
  onProgress(fraction: number, note: string): void;
  /** Asks the server if somebody still wants the job. */
  isWanted(): Promise<boolean>;
}

/** Settings of {@linkcode serveJobs}. */
export interface ServeSettings {
  readonly address: RedisAddress;
  readonly worker: PresentWorker;
  /** Number of jobs to do at the same time. */
  readonly concurrency: number;
  /** Seconds without a sign of life after which another worker gets a job. */
  readonly leaseSeconds: number;
  /** Signal that stops the worker. */
  readonly signal: AbortSignal;
  /** Called with a line to print. */
  readonly onNote: (line: string) => void;
  /** Does a job. */
  run(question: Json, context: JobContext): Promise<Json>;
}

/** Time between two looks at which jobs are still wanted, in milliseconds. */
const lookMs = 500;

/** Time between two signs of life, in milliseconds. */
const announceMs = 5000;

/** Longest time that leaving may take, in milliseconds, as the server may be gone. */
const leaveMs = 3000;

/**
 * Does jobs of its version until it is stopped.
 *
 * A job that another worker began and never ended (it was killed, or nothing was heard of it for the lease) is begun
 * again, {@link mostTries} times in all. What a worker does after it lost its lease does not count.
 *
 * @param settings The server, the worker and its jobs.
 */
export async function serveJobs(settings: ServeSettings): Promise<void> {
  const { address, worker, concurrency, leaseSeconds, signal, onNote } = settings;
  const redis = await connectRedis(address);
  redis.on("error", () => {});
  const parcels = new Parcels(redis);
  const isWanted = async (name: string) => await redis.exists(unwantedKey(name)) === 0;
  const running = new Map<string, AbortController>();
  const name = queueName(worker);
  const jobs = new Worker(name, async (job, token) => {
    const controller = new AbortController();
    running.set(job.id!, controller);
    const start = performance.now();
    const startedAt = new Date().toISOString();
    const title = job.name;
    onNote(`${title}: begun`);
    try {
      const answer = await settings.run(job.data, {
        name: job.id!,
        title,
        parcels,
        signal: controller.signal,
        onProgress: sparingly((fraction, note) =>
          job.updateProgress({ fraction, note }).catch(() => {})
        ),
        isWanted: () => isWanted(job.id!),
      });
      const elapsedMs = Math.round(performance.now() - start);
      onNote(`${title}: done in ${elapsedMs} ms`);
      return {
        answer,
        worker: worker.name,
        startedAt,
        elapsedMs,
        tries: job.attemptsStarted,
      } as Done;
    } catch (error) {
      if (controller.signal.reason === unwanted) {
        onNote(`${title}: ${unwantedReason}`);
        throw new UnrecoverableError(unwantedReason);
      }
      if (signal.aborted) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      onNote(`${title}: ${error instanceof Error ? error.message : error}`);
      throw error;
    } finally {
      running.delete(job.id!);
    }
  }, {
    connection: redisOptions(address),
    prefix,
    concurrency,
    lockDuration: leaseSeconds * 1000,
    stalledInterval: leaseSeconds * 1000,
    maxStalledCount: mostTries - 1,
    autorun: false,
  });
  let isCut = false;
  jobs.on("error", (error) => {
    // Of a job that another worker has by now.
    if (/Missing lock|Lock mismatch/.test(error.message)) return;
    if (!isCut) onNote(`Redis does not answer, trying again: ${error.message}`);
    isCut = true;
  });
  jobs.on("ready", () => {
    if (isCut) onNote("Redis answers again");
    isCut = false;
  });
  jobs.on("lockRenewalFailed", (names) => {
    for (const name of names) running.get(name)?.abort(lost);
  });
  // A job may end before the worker sees that nobody wants it, and the run may have left without waiting for that;
  // whoever wants it after all asks for it again.
  const removeUnwanted = async (job?: Job) => {
    try {
      if (job === undefined || await isWanted(job.id!)) return;
      await parcels.remove([job.id!]);
      await job.remove();
      await redis.del(unwantedKey(job.id!));
    } catch {
      // The server is away, and forgets them in its own time.
    }
  };
  jobs.on("failed", removeUnwanted);
  jobs.on("completed", removeUnwanted);
  const look = setInterval(() => endUnwanted(redis, running), lookMs);
  const announce = setInterval(
    () => workersPresent.announce(redis, worker).catch(() => {}),
    announceMs,
  );
  try {
    await workersPresent.announce(redis, worker);
    // It may have been stopped while it was connecting.
    signal.throwIfAborted();
    const running = jobs.run();
    onNote(`Waiting for jobs of code ${worker.code} on ${worker.backend}`);
    await Promise.race([running, new Promise((end) => signal.addEventListener("abort", end))]);
  } finally {
    clearInterval(look);
    clearInterval(announce);
    // First of all, so that it does not get its own jobs back.
    await unlessLate(leaveMs, () => jobs.pause(true));
    for (const controller of running.values()) controller.abort(signal.reason);
    await unlessLate(leaveMs, async () => {
      await workersPresent.withdraw(redis, worker);
      await jobs.close();
    });
    await unlessLate(leaveMs, () => jobs.close(true));
    redis.disconnect();
  }
  signal.throwIfAborted();
}

const lost = new DOMException("Another worker has the job", "AbortError");
const unwanted = new DOMException(unwantedReason, "AbortError");

/** Ends the jobs that nobody wants any more. */
async function endUnwanted(
  redis: Redis,
  running: ReadonlyMap<string, AbortController>,
): Promise<void> {
  const names = [...running.keys()];
  if (names.length === 0) return;
  const marks = await redis.mget(names.map(unwantedKey)).catch(() => []);
  for (const name of names.filter((_, i) => marks[i])) running.get(name)?.abort(unwanted);
}

/** Calls a function once a second at most. */
function sparingly(
  tell: (fraction: number, note: string) => void,
): (fraction: number, note: string) => void {
  let last = -Infinity;
  return (fraction, note) => {
    if (performance.now() - last < 1000) return;
    last = performance.now();
    tell(fraction, note);
  };
}
