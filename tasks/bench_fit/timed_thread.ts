import { join } from "node:path";
import type { AnsweredBlocks } from "../../queue/blocks/answer_blocks.ts";
import { BlockLabels } from "../../queue/blocks/block_labels.ts";
import type { BlockData, BlockQuestion } from "../../queue/blocks/block_question.ts";
import type { Job } from "../../queue/job.ts";
import { keptOutcome } from "../../queue/outcomes.ts";
import { DoersHere } from "../../queue/testing/doers_here.ts";
import { Threads } from "../../queue/threads.ts";

const version = { code: "bench", backend: "simd" } as const;

/** Does jobs on a thread of this program, one after the other as a worker does, and adds up how long they take. */
export class TimedThread extends DoersHere implements Disposable {
  readonly version = version;
  /** Seconds of all jobs. */
  seconds = 0;
  readonly #threads: Threads;
  readonly #labels: BlockLabels;
  #last = Promise.resolve();

  private constructor(threads: Threads, sharedDir: string) {
    super();
    this.#threads = threads;
    this.#labels = new BlockLabels(sharedDir);
  }

  /**
   * Starts a thread.
   *
   * @param folder Folder of the data.
   * @param shared Name of the folder in it for labels.
   */
  static async start(folder: string, shared: string): Promise<TimedThread> {
    const sharedDir = join(folder, shared);
    const threads = new Threads({
      version,
      backend: version.backend,
      threads: 1,
      dataDir: folder,
      cacheDir: folder,
      sharedDir,
    });
    await threads.prepare();
    return new TimedThread(threads, sharedDir);
  }

  /** Opens a file and takes its hash, by a question about no blocks. */
  async open(data: BlockData, blockRows: number): Promise<void> {
    const none = { pass: "magnitude", parcel: "", firstBlock: 0, endBlock: 0 } as const;
    await this.#ask({ ...none, data, blockRows }, keptOutcome(null).bytes);
  }

  override do(job: Job): Promise<void> {
    return this.#last = this.#last.then(() => super.do(job));
  }

  [Symbol.dispose](): void {
    this.#threads[Symbol.dispose]();
  }

  protected override async answer({ question, parcel }: Job): Promise<Uint8Array> {
    const begin = performance.now();
    const answer = await this.#ask(question as unknown as BlockQuestion, parcel!.bytes);
    this.seconds += (performance.now() - begin) / 1000;
    return answer;
  }

  async #ask(blocks: BlockQuestion, parcel: Uint8Array): Promise<Uint8Array> {
    const { signal } = new AbortController();
    const context = { signal, onProgress: () => {} };
    const answer = await this.#threads.answer({ blocks, parcel }, context);
    const { bytes, assigned } = answer as AnsweredBlocks;
    if (assigned !== undefined) await this.#labels.write(blocks, assigned);
    return bytes;
  }
}
