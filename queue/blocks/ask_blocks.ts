import { createHash } from "node:crypto";
import { type Job, JobFailedError, type Json, mostTries, type Version } from "../job.ts";
import { keptOutcome, outcomeOf } from "../outcomes.ts";
import { BlockLabels } from "./block_labels.ts";
import {
  type BlockAnswer,
  type BlockAsked,
  type BlockData,
  blockJobName,
  type BlockPass,
  type BlockQuestion,
} from "./block_question.ts";

/** Those who do jobs of blocks: workers at a server, by `Jobs`. */
export interface BlockDoers {
  /** Does a job, whose answer is a parcel named after it. */
  do(job: Job, onProgress?: (fraction: number, note: string) => void): Promise<unknown>;
  /** Takes the parcel; nothing if it was lost. */
  take(name: string): Promise<Uint8Array | undefined>;
  /** Removes parcels. */
  drop(names: readonly string[]): Promise<void>;
}

/** Settings of {@linkcode BlockAsker}. */
export interface BlockAskSettings {
  readonly doers: BlockDoers;
  readonly version: Version;
  readonly data: BlockData;
  /** Folder that the run shares with its workers. */
  readonly sharedDir: string;
  /** Called with the share of a pass that is done. */
  readonly onProgress?: (fraction: number) => void;
}

/** Rows in blocks. */
export interface Blocks {
  readonly shape: readonly [rows: number, columns: number];
  /** Number of rows of each block but the last. */
  readonly blockRows: number;
}

/** Most jobs per pass: data of more blocks have jobs of several. */
export const mostJobs = 1024;

/**
 * Asks workers for passes over the blocks of a file: a job for some consecutive blocks, whose answers come in the order
 * of the blocks, however many workers there are.
 */
export class BlockAsker {
  readonly labels: BlockLabels;
  readonly #settings: BlockAskSettings;
  readonly #ends: (() => Promise<void>)[] = [];

  /** @param settings The workers and the file. */
  constructor(settings: BlockAskSettings) {
    this.#settings = settings;
    this.labels = new BlockLabels(settings.sharedDir);
  }

  /** Has something done once workers do nothing for this run any more. */
  atEnd(work: () => Promise<void>): void {
    this.#ends.push(work);
  }

  /** Does what was left for the end. */
  async end(): Promise<void> {
    for (const work of this.#ends.splice(0)) await work();
  }

  /** Returns the ranges of blocks of which a job each is made. */
  ranges({ shape: [n], blockRows }: Blocks): BlockQuestion[] {
    const blocks = Math.ceil(n / blockRows);
    const step = Math.ceil(blocks / mostJobs);
    const { data } = this.#settings;
    return Array.from({ length: Math.ceil(blocks / step) }, (_, job) => ({
      ...{ pass: "magnitude", parcel: "", data, blockRows },
      firstBlock: job * step,
      endBlock: Math.min(blocks, (job + 1) * step),
    }));
  }

  /**
   * Does a pass.
   *
   * @param pass Name of the pass.
   * @param asked Its parameters.
   * @param blocks The rows.
   * @param signal Ends the pass.
   * @returns The answer for each block, in their order.
   * @throws {JobFailedError} If a job failed as often as it was tried.
   */
  async *pass<Pass extends BlockPass>(
    pass: Pass,
    asked: BlockAsked<Pass>,
    blocks: Blocks,
    signal?: AbortSignal,
  ): AsyncGenerator<BlockAnswer<Pass>> {
    const { bytes } = keptOutcome(asked);
    const parcel = { name: createHash("sha256").update(pass).update(bytes).digest("hex"), bytes };
    const questions = this.ranges(blocks)
      .map((range): BlockQuestion => ({ ...range, pass, parcel: parcel.name }));
    const jobs = questions.map((question) => this.#jobOf(question, parcel));
    const { doers, onProgress } = this.#settings;
    let done = 0;
    const asking = jobs.map((job) => doers.do(job).then(() => onProgress?.(++done / jobs.length)));
    // All are awaited below, unless one fails.
    for (const one of asking) one.catch(() => {});
    try {
      for (const [i, job] of jobs.entries()) {
        signal?.throwIfAborted();
        await untilAborted(asking[i], signal);
        yield* await this.#take(job) as BlockAnswer<Pass>[];
      }
    } finally {
      await doers.drop([parcel.name]);
    }
  }

  async #take(job: Job): Promise<unknown> {
    const { doers } = this.#settings;
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const bytes = await doers.take(job.name);
      if (bytes !== undefined) return outcomeOf({ bytes });
      await new Promise((end) => setTimeout(end, 500));
      await doers.do(job);
    }
    throw new JobFailedError(`Cannot do ${job.title}: its answer was lost ${mostTries} times`);
  }

  #jobOf(question: BlockQuestion, parcel: Job["parcel"]): Job {
    const { firstBlock, endBlock, pass } = question;
    const blocks = endBlock - firstBlock === 1
      ? `block ${firstBlock}`
      : `blocks ${firstBlock} to ${endBlock - 1}`;
    return {
      name: blockJobName(this.#settings.version, question),
      title: `${pass}, ${blocks}`,
      question: question as unknown as Json,
      parcel,
    };
  }
}

/** Waits, unless a signal ends that. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const end = Promise.withResolvers<never>();
  const abort = () => end.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work, end.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
