import type { Redis } from "ioredis";
import { prefix, type Version } from "./job.ts";

/** A worker that is there. */
export interface PresentWorker extends Version {
  /** Its host and process. */
  readonly name: string;
}

/** Key of the workers that are there, sorted by the time at which they count as gone. */
const key = `${prefix}:workers`;

/** Time without a sign after which a worker counts as gone, in seconds. */
const signOfLifeSeconds = 15;

/**
 * Says that a worker is there; it is to be said again every few seconds.
 *
 * @param redis Connection to the server.
 * @param worker The worker.
 */
export async function announceWorker(redis: Redis, worker: PresentWorker): Promise<void> {
  await redis.zadd(key, await secondsOf(redis) + signOfLifeSeconds, JSON.stringify(worker));
}

/**
 * Says that a worker leaves.
 *
 * @param redis Connection to the server.
 * @param worker The worker.
 */
export async function withdrawWorker(redis: Redis, worker: PresentWorker): Promise<void> {
  await redis.zrem(key, JSON.stringify(worker));
}

/**
 * Lists the workers that are there, of any version.
 *
 * @param redis Connection to the server.
 */
export async function presentWorkers(redis: Redis): Promise<PresentWorker[]> {
  const now = await secondsOf(redis);
  await redis.zremrangebyscore(key, "-inf", now);
  return (await redis.zrangebyscore(key, now, "+inf")).map((text) => JSON.parse(text));
}

/** The clock of the server, as those of machines differ. */
async function secondsOf(redis: Redis): Promise<number> {
  return Number((await redis.time())[0]);
}
