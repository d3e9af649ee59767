import type { BlockDoers } from "../blocks/ask_blocks.ts";
import type { Job } from "../job.ts";

/** Does jobs of blocks in this program, without a server; for tests and measurements only. */
export abstract class DoersHere implements BlockDoers {
  /** Answers that nobody took yet, by the names of their jobs. */
  readonly parcels = new Map<string, Uint8Array>();

  /** Returns the answer of a job. */
  protected abstract answer(job: Job): Promise<Uint8Array>;

  async do(job: Job): Promise<void> {
    this.parcels.set(job.name, await this.answer(job));
  }

  take(name: string): Promise<Uint8Array | undefined> {
    const bytes = this.parcels.get(name);
    this.parcels.delete(name);
    return Promise.resolve(bytes);
  }

  drop(): Promise<void> {
    return Promise.resolve();
  }
}
