import { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import {
  type Done,
  type Job,
  JobFailedError,
  mostTries,
  prefix,
  queueName,
  unwantedKey,
  unwantedReason,
  type Version,
} from "./job.ts";
import { WorkerNotes } from "./note_workers.ts";
import { Parcels } from "./parcels.ts";
import { connectRedis, type RedisAddress, redisOptions } from "./redis.ts";
import { unlessLate } from "./unless_late.ts";

/** Settings of {@linkcode Jobs.open}. */
export interface AskSettings {
  readonly address: RedisAddress;
  readonly version: Version;
  /** Signal that Ctrl-C aborts: what was asked for is withdrawn. */
  readonly signal: AbortSignal;
  /** Called with a line to print. */
  readonly onNote: (line: string) => void;
}

/** Called with the share of a job that is done. */
export type OnJobProgress = (fraction: number, note: string) => void;

interface Pending {
  readonly job: Job;
  readonly askedMs: number;
  readonly onProgress: OnJobProgress;
  readonly end: PromiseWithResolvers<Done>;
}

/** Time between two looks at the workers and at jobs of which nothing was heard, in milliseconds. */
const lookMs = 2000;

/** Seconds for which workers are told that nobody wants a job. */
const unwantedSeconds = 60;

/** Jobs to look at in one request. */
const batch = 500;

/** Longest time that leaving may take, in milliseconds, as the server may be gone. */
const leaveMs = 2000;

/** Longest time to wait for workers to end jobs that nobody wants, in milliseconds, as these may be gone. */
const endMs = 5000;

/**
 * Asks workers of the same version for jobs. An answer counts once, and a job that the server lost is asked for again:
 * answers are told by the server, and looked for where nothing was told.
 */
export class Jobs implements AsyncDisposable {
  readonly #settings: AskSettings;
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #pending = new Map<string, Pending>();
  /** Names of the jobs that are to be withdrawn if nobody waits for them any more. */
  readonly #unended = new Set<string>();
  readonly #parcels: Parcels;
  /** Names of the parcels that this run put down, or that were put down for it. */
  readonly #ownParcels = new Set<string>();
  readonly #workers: WorkerNotes;
  readonly #timer: ReturnType<typeof setInterval>;
  #isCut = false;
  #looks = Promise.resolve();

  private constructor(settings: AskSettings, redis: Redis) {
    this.#settings = settings;
    this.#redis = redis;
    this.#parcels = new Parcels(redis);
    this.#workers = new WorkerNotes(settings);
    const name = queueName(settings.version);
    const connection = redisOptions(settings.address);
    this.#queue = new Queue(name, { connection, prefix });
    this.#events = new QueueEvents(name, { connection, prefix });
    redis.on("error", (error: Error) => this.#noteCut(error));
    this.#queue.on("error", (error) => this.#noteCut(error));
    this.#events.on("error", (error) => this.#noteCut(error));
    this.#events.on(
      "completed",
      ({ jobId, returnvalue }) => this.#settle(jobId, returnvalue as unknown as Done),
    );
    this.#events.on("failed", ({ jobId, failedReason }) => this.#fail(jobId, failedReason));
    this.#events.on("progress", ({ jobId, data }) => {
      const { fraction, note } = data as unknown as { fraction: number; note: string };
      this.#pending.get(jobId)?.onProgress(fraction, note);
    });
    this.#timer = setInterval(() => {
      this.#looks = this.#looks.then(() => this.#look()).catch(() => {});
    }, lookMs);
    settings.signal.addEventListener("abort", () => {
      for (const { end } of this.#pending.values()) end.reject(settings.signal.reason);
    });
  }

  /**
   * Connects to the server.
   *
   * @param settings The server and the version of the code.
   * @throws {Deno.errors.NotConnected} If it cannot be used.
   */
  static async open(settings: AskSettings): Promise<Jobs> {
    const jobs = new Jobs(settings, await connectRedis(settings.address));
    await jobs.#events.waitUntilReady();
    await jobs.#look();
    return jobs;
  }

  /**
   * Asks for a job.
   *
   * @param job The job; the same name asks for the same.
   * @param onProgress Called with the share that is done.
   * @returns The answer, and who gave it.
   * @throws {JobFailedError} If it failed as often as it was tried.
   */
  async do(job: Job, onProgress: OnJobProgress = () => {}): Promise<Done> {
    this.#settings.signal.throwIfAborted();
    const known = this.#pending.get(job.name);
    if (known !== undefined) return await known.end.promise;
    const end = Promise.withResolvers<Done>();
    this.#pending.set(job.name, { job, askedMs: performance.now(), onProgress, end });
    try {
      this.#unended.add(job.name);
      this.#ask(job).catch((error) => end.reject(error));
      return await end.promise;
    } finally {
      this.#pending.delete(job.name);
    }
  }

  /**
   * Takes the parcel that a job answered with, named after the job.
   *
   * @param name Name of the job.
   * @returns The bytes; nothing if the server lost them.
   */
  async take(name: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#parcels.take(name);
    this.#ownParcels.delete(name);
    return bytes;
  }

  /**
   * Removes parcels from the server.
   *
   * @param names Their names.
   */
  async drop(names: readonly string[]): Promise<void> {
    await this.#parcels.remove(names);
    for (const name of names) this.#ownParcels.delete(name);
  }

  /** Withdraws what is still asked for, and leaves. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    // From now on, what workers tell of jobs, and looks at them, do not have these asked for again.
    this.#pending.clear();
    const begun = await unlessLate(leaveMs, () => this.#withdraw()) ?? [];
    await unlessLate(endMs, () => this.#untilGone(begun));
    await unlessLate(leaveMs, () => Promise.all([this.#events.close(), this.#queue.close()]));
    this.#redis.disconnect();
  }

  async #ask(job: Job): Promise<void> {
    const key = this.#queue.toKey(job.name);
    const [finishedOn, answer] = await this.#redis.hmget(key, "finishedOn", "returnvalue");
    if (finishedOn && answer) return this.#settle(job.name, JSON.parse(answer));
    // It failed in another run.
    if (finishedOn) await this.#queue.remove(job.name);
    await this.#add(job);
  }

  async #add({ name, title, question, parcel }: Job): Promise<void> {
    // The run may leave at any time.
    const isWanted = () => this.#pending.has(name);
    if (parcel && isWanted()) {
      this.#ownParcels.add(parcel.name).add(name);
      await this.#parcels.keep(parcel.name, parcel.bytes);
    }
    if (isWanted()) await this.#redis.del(unwantedKey(name));
    if (!isWanted()) return;
    await this.#queue.add(title, question, {
      jobId: name,
      attempts: mostTries,
      backoff: { type: "fixed", delay: 500 },
      // An answer waits for those who ask, in case they are away, and not for ever.
      removeOnComplete: { age: 3600 },
      removeOnFail: { age: 3600 },
    });
  }

  #settle(name: string, done: Done): void {
    const pending = this.#pending.get(name);
    if (pending === undefined) return;
    this.#unended.delete(name);
    pending.end.resolve(done);
    this.#queue.remove(name).catch(() => {});
  }

  #fail(name: string, reason: string): void {
    const pending = this.#pending.get(name);
    if (pending === undefined) return;
    if (reason === unwantedReason) {
      // By a run that was ended; this one wants it.
      this.#queue.remove(name).then(() => this.#add(pending.job)).catch(() => {});
      return;
    }
    this.#unended.delete(name);
    pending.end.reject(
      new JobFailedError(`Cannot do ${pending.job.title}: ${mostTries} tries failed, ${reason}`),
    );
    this.#queue.remove(name).catch(() => {});
  }

  #noteCut({ message }: Error): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#settings.onNote(`Redis does not answer, trying again: ${message}`);
  }

  /** Looks at the workers, and at jobs of which nothing was heard. */
  async #look(): Promise<void> {
    await this.#workers.look(this.#redis);
    if (this.#isCut) this.#settings.onNote("Redis answers again");
    this.#isCut = false;
    const old = [...this.#pending.values()]
      .filter(({ askedMs }) => performance.now() - askedMs > lookMs);
    for (let from = 0; from < old.length; from += batch) {
      await this.#lookAt(old.slice(from, from + batch));
    }
  }

  async #lookAt(pending: readonly Pending[]): Promise<void> {
    const request = this.#redis.pipeline();
    for (const { job } of pending) {
      request.hmget(
        this.#queue.toKey(job.name),
        "name",
        "finishedOn",
        "returnvalue",
        "failedReason",
      );
    }
    const found = await request.exec() ?? [];
    for (const [i, [, fields]] of found.entries()) {
      const [name, finishedOn, answer, failedReason] = fields as (string | null)[];
      const { job } = pending[i];
      // The server was restarted without it, or another run withdrew it.
      if (name === null) await this.#add(job);
      else if (finishedOn === null) continue;
      else if (answer !== null) this.#settle(job.name, JSON.parse(answer));
      else this.#fail(job.name, failedReason ?? "nothing is known of it");
    }
  }

  /** Removes the jobs that nobody began, has workers end the others, and returns the names of all. */
  async #withdraw(): Promise<string[]> {
    await Promise.allSettled([this.#looks, this.#parcels.kept()]);
    const names = [...this.#unended];
    for (let from = 0; from < names.length; from += batch) {
      const some = names.slice(from, from + batch);
      const request = this.#redis.pipeline();
      for (const name of some) request.set(unwantedKey(name), 1, "EX", unwantedSeconds);
      await request.exec();
      await Promise.all(some.map((name) => this.#queue.remove(name)));
    }
    await this.drop([...this.#ownParcels]);
    return names;
  }

  /** Waits until workers have ended jobs, and leave nothing in the shared folder any more. */
  async #untilGone(names: readonly string[]): Promise<void> {
    for (let left = names; left.length > 0;) {
      const request = this.#redis.pipeline();
      for (const name of left) request.exists(this.#queue.toKey(name));
      const found = await request.exec() ?? [];
      const isGone = (_: string, i: number) => found[i]?.[1] === 0;
      const gone = left.filter(isGone);
      // A worker that is late does this for its own.
      if (gone.length > 0) await this.#redis.del(gone.map(unwantedKey));
      left = left.filter((name, i) => !isGone(name, i));
      if (left.length > 0) await new Promise((end) => setTimeout(end, 50));
    }
  }
}
