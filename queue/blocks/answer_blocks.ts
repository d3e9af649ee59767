import { assignBlock } from "@mixtape/clustering";
import {
  type CandidateRound,
  disposing,
  ensureBackend,
  type HostMatrix,
  openMixture,
  RowReader,
  type RowsBlock,
  wideMagnitude,
} from "@mixtape/tensor-utils";
import { drawFromBlock } from "../../packages/clustering/draw_candidates.ts";
import type { OnProgress } from "../../experiments/run/experiment.ts";
import { keptOutcome, outcomeOf } from "../outcomes.ts";
import { type BlockFile, type BlockFolders, openBlockFile } from "./block_file.ts";
import { type AssignedLabels, BlockLabels } from "./block_labels.ts";
import type { BlockAnswer, BlockAsked, BlockPass, BlockQuestion } from "./block_question.ts";

/** Settings of a worker of blocks. */
export interface BlockSettings extends BlockFolders {
  /** Folder that it shares with runs. */
  readonly sharedDir: string;
}

/** The answers for blocks, and labels that are to be kept for the next pass. */
export interface AnsweredBlocks {
  /** The bytes of a list with the answer for each block, in their order. */
  readonly bytes: Uint8Array;
  readonly assigned?: AssignedLabels;
}

/** Bytes of blocks that are kept in memory from pass to pass. */
const mostKeptBytes = 2 ** 30;

/** Never aborted: who wants a job to end ends the thread that does it. */
const { signal } = new AbortController();

/**
 * Answers questions about blocks of rows, which it reads where it is. It writes nothing, as it may go on for a while in
 * a thread that was ended.
 */
export class BlockAnswerer {
  readonly #settings: BlockSettings;
  readonly #labels: BlockLabels;
  /** The last file, and blocks of it by their index. */
  #file?: { readonly of: string; readonly opened: Promise<BlockFile> };
  #kept = new Map<number, HostMatrix>();
  #keptBytes = 0;

  /** @param settings Folders. */
  constructor(settings: BlockSettings) {
    this.#settings = settings;
    this.#labels = new BlockLabels(settings.sharedDir);
  }

  /**
   * Does a pass over blocks.
   *
   * @param question The pass and the blocks.
   * @param parcel The bytes of what the pass is asked with.
   * @param onProgress Called with the share that is done.
   * @returns The answers and labels.
   * @throws {TypeError} If the file here is not that of the run.
   * @throws {RangeError} If a row is not finite.
   */
  async answer(
    question: BlockQuestion,
    parcel: Uint8Array,
    onProgress: OnProgress = () => {},
  ): Promise<AnsweredBlocks> {
    await ensureBackend();
    const answer = await this.#pass(question, outcomeOf({ bytes: parcel }));
    const answers: unknown[] = [];
    for await (const block of this.#blocks(question)) {
      answers.push(await answer.of(block));
      const done = answers.length / (question.endBlock - question.firstBlock);
      // The end is told by the answer.
      if (done < 1) onProgress(done, "");
    }
    const { assigned } = answer;
    return { bytes: keptOutcome(answers).bytes, ...assigned && { assigned } };
  }

  async #pass(question: BlockQuestion, asked: unknown): Promise<BlockPassRun<BlockPass>> {
    switch (question.pass) {
      case "magnitude":
        return { of: ({ x }) => Promise.resolve(wideMagnitude(x)) };
      case "candidates":
        return { of: (block) => drawFromBlock(block, asked as CandidateRound) };
      case "mixture":
        return mixtureRun(asked as BlockAsked<"mixture">);
      case "lloyd":
        return await this.#lloydRun(question, asked as BlockAsked<"lloyd">);
    }
  }

  async #lloydRun(
    question: BlockQuestion,
    { centroids, before }: BlockAsked<"lloyd">,
  ): Promise<BlockPassRun<"lloyd">> {
    const { rows } = await this.#open(question);
    const [first, end] = rowsOf(question, rows.shape[0]);
    const known = before === null ? undefined : await this.#labels.read(question, before);
    const all = new Int32Array(end - first);
    return {
      of: async ({ x, firstRow }) => {
        const { labels, ...total } = await assignBlock(x, centroids);
        const at = firstRow - first;
        all.set(labels, at);
        if (before === null) return { ...total, changed: labels.length };
        const last = known?.subarray(at, at + labels.length) ??
          (await assignBlock(x, before)).labels;
        return { ...total, changed: labels.reduce((n, label, i) => n + +(label !== last[i]), 0) };
      },
      assigned: { centroids, labels: all },
    };
  }

  /** Yields the blocks of a question, from memory where they are kept. */
  async *#blocks(question: BlockQuestion): AsyncGenerator<RowsBlock> {
    const { blockRows, firstBlock, endBlock } = question;
    const { rows } = await this.#open(question);
    const [n, d] = rows.shape;
    for (let block = firstBlock; block < endBlock;) {
      const kept = this.#kept.get(block);
      if (kept !== undefined) {
        yield { x: kept, firstRow: block++ * blockRows };
        continue;
      }
      const from = block * blockRows;
      let end = block + 1;
      while (end < endBlock && !this.#kept.has(end)) end++;
      const part = rows.part(from, Math.min(n, end * blockRows));
      const rules = { blockValues: blockRows * d, firstRow: from };
      const reader = new RowReader(part, question.data.path, rules);
      for await (const { x } of reader.blocks()) {
        this.#keep(block, x);
        yield { x, firstRow: block++ * blockRows };
      }
    }
  }

  #keep(block: number, x: HostMatrix): void {
    if (this.#keptBytes + x.values.byteLength > mostKeptBytes) return;
    this.#keptBytes += x.values.byteLength;
    this.#kept.set(block, x);
  }

  async #open({ data, blockRows }: BlockQuestion): Promise<BlockFile> {
    const of = JSON.stringify([data, blockRows]);
    if (this.#file?.of !== of) {
      this.#kept.clear();
      this.#keptBytes = 0;
      this.#file = { of, opened: openBlockFile(data, this.#settings, signal) };
    }
    try {
      return await this.#file.opened;
    } catch (error) {
      this.#file = undefined;
      throw error;
    }
  }
}

/** A pass that was begun: the answer for each block, and labels that are complete after the last one. */
interface BlockPassRun<Pass extends BlockPass> {
  of(block: RowsBlock): Promise<BlockAnswer<Pass>>;
  readonly assigned?: AssignedLabels;
}

function mixtureRun(
  { covariance, factors, options }: BlockAsked<"mixture">,
): BlockPassRun<"mixture"> {
  return {
    of: ({ x }) =>
      disposing(openMixture(x, covariance), async (session) => {
        const { logLikelihood, counts, sums, scatter } = await session.step(factors, options);
        return {
          logLikelihood,
          counts: counts.slice(),
          sums: sums.slice(),
          scatter: scatter.slice(),
        };
      }),
  };
}

function rowsOf(
  { blockRows, firstBlock, endBlock }: BlockQuestion,
  n: number,
): [first: number, end: number] {
  return [firstBlock * blockRows, Math.min(n, endBlock * blockRows)];
}
