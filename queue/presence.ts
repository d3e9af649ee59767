import type { Redis } from "ioredis";
import { prefix, type Version } from "./job.ts";

/** A worker that is there. */
export interface PresentWorker extends Version {
  /** Its host and process. */
  readonly name: string;
}

/** A run that is there, and keeps outcomes in a folder. */
export interface PresentRun extends Version {
  /** A name that no other run has, which is also that of a file in its folder. */
  readonly id: string;
}

/** Time without a sign after which someone counts as gone, in seconds. */
const signOfLifeSeconds = 15;

/** Those who are there, each sorted by the time at which they count as gone. */
class Presence<One extends Version> {
  readonly #key: string;

  constructor(kind: string) {
    this.#key = `${prefix}:${kind}`;
  }

  /**
   * Says that someone is there; it is to be said again every few seconds.
   *
   * @param redis Connection to the server.
   * @param one The worker or run.
   */
  async announce(redis: Redis, one: One): Promise<void> {
    await redis.zadd(this.#key, await secondsOf(redis) + signOfLifeSeconds, JSON.stringify(one));
  }

  /**
   * Says that someone leaves.
   *
   * @param redis Connection to the server.
   * @param one The worker or run.
   */
  async withdraw(redis: Redis, one: One): Promise<void> {
    await redis.zrem(this.#key, JSON.stringify(one));
  }

  /**
   * Lists those who are there, of any version.
   *
   * @param redis Connection to the server.
   */
  async list(redis: Redis): Promise<One[]> {
    const now = await secondsOf(redis);
    await redis.zremrangebyscore(this.#key, "-inf", now);
    return (await redis.zrangebyscore(this.#key, now, "+inf")).map((text) => JSON.parse(text));
  }
}

/** The workers at a server. */
export const workersPresent = new Presence<PresentWorker>("workers");

/** The runs at a server. */
export const runsPresent = new Presence<PresentRun>("runs");

/** The clock of the server, as those of machines differ. */
async function secondsOf(redis: Redis): Promise<number> {
  return Number((await redis.time())[0]);
}
