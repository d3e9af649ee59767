import type { Redis } from "ioredis";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { prefix, type Version } from "./job.ts";
import { type PresentRun, type PresentWorker, runsPresent } from "./presence.ts";
import { connectRedis, type RedisAddress } from "./redis.ts";
import { unlessLate } from "./unless_late.ts";

/** A folder that a run shares with its workers, and the server at which they meet. */
export interface SharedFolder {
  readonly address: RedisAddress;
  /** Path of the folder, as the run or the worker has it. */
  readonly sharedDir: string;
  /** Called with a line to print. */
  readonly onNote: (line: string) => void;
}

/** Time between two looks, in milliseconds. */
const lookMs = 1000;

/** Seconds for which it is known that a worker has another folder, in case its run is killed. */
const strangerSeconds = 60;

/** Longest time that leaving may take, in milliseconds, as the server may be gone. */
const leaveMs = 2000;

/**
 * Leaves a file in the folder of a run by which workers see whether they share it, and tells which do not. Both go when
 * the run does.
 *
 * @param folder The folder, which is made if need be.
 * @param version Version of the run.
 */
export async function markRun(folder: SharedFolder, version: Version): Promise<AsyncDisposable> {
  const { address, sharedDir, onNote } = folder;
  const { code, backend } = version;
  const run: PresentRun = { id: randomUUID(), code, backend };
  const told = new Set<string>();
  const redis = await connectRedis(address);
  try {
    await Deno.mkdir(sharedDir, { recursive: true });
    await Deno.writeFile(markIn(sharedDir, run), new Uint8Array(0));
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const end = everyLook(redis, async () => {
    await runsPresent.announce(redis, run);
    for (const name of await redis.smembers(strangersKey(run))) {
      if (told.has(name)) continue;
      told.add(name);
      onNote(
        `The worker ${name} does not share the folder ${sharedDir} of this run, ` +
          `and what it finds out may be lost: start it with --shared and that folder`,
      );
    }
  });
  return {
    async [Symbol.asyncDispose]() {
      await Deno.remove(markIn(sharedDir, run)).catch(() => {});
      // What else is in it stays.
      await Deno.remove(sharedDir).catch(() => {});
      await end(async () => {
        await runsPresent.withdraw(redis, run);
        await redis.del(strangersKey(run));
      });
    },
  };
}

/**
 * Looks for the marks of runs in the folder of a worker, and tells of those that are not there.
 *
 * @param folder The folder.
 * @param worker The worker.
 */
export async function seekMarks(
  folder: SharedFolder,
  { name, code, backend }: PresentWorker,
): Promise<AsyncDisposable> {
  const { address, sharedDir, onNote } = folder;
  const sought = new Set<string>();
  const redis = await connectRedis(address);
  const end = everyLook(redis, async () => {
    for (const run of await runsPresent.list(redis)) {
      if (run.code !== code || run.backend !== backend || sought.has(run.id)) continue;
      sought.add(run.id);
      const isThere = await Deno.stat(markIn(sharedDir, run)).then(() => true, () => false);
      if (isThere) continue;
      onNote(
        `The folder ${sharedDir} is not that of a run that has come, ` +
          `and what this worker finds out for it may be lost: start it with --shared and that folder`,
      );
      await redis.sadd(strangersKey(run), name);
      await redis.expire(strangersKey(run), strangerSeconds);
    }
  });
  return { [Symbol.asyncDispose]: () => end(() => Promise.resolve()) };
}

/**
 * Does something at once and then again and again; where the server is away, once it is back.
 *
 * @returns Ends that, and does something last.
 */
function everyLook(
  redis: Redis,
  look: () => Promise<void>,
): (last: () => Promise<void>) => Promise<void> {
  redis.on("error", () => {});
  let looking: Promise<void> | undefined;
  const next = () => {
    looking ??= look().catch(() => {}).finally(() => looking = undefined);
  };
  next();
  const timer = setInterval(next, lookMs);
  return async (last) => {
    clearInterval(timer);
    await unlessLate(leaveMs, async () => {
      await looking;
      await last();
    });
    redis.disconnect();
  };
}

function markIn(sharedDir: string, { id }: PresentRun): string {
  return join(sharedDir, `run-${id}`);
}

function strangersKey({ id }: PresentRun): string {
  return `${prefix}:strangers:${id}`;
}
