import type { BlockPasses, RowSource } from "@mixtape/tensor-utils";
import { Jobs } from "../ask_jobs.ts";
import { codeVersion } from "../code_version.ts";
import type { Done, Job } from "../job.ts";
import type { RedisAddress } from "../redis.ts";
import { markRun } from "../shared_folder.ts";
import { BlockAsker, type BlockDoers } from "./ask_blocks.ts";
import { type BlockFolders, openBlockFile } from "./block_file.ts";
import { WorkerPasses } from "./worker_passes.ts";

/** Settings of {@linkcode rowsOnWorkers}. */
export interface RowsOnWorkersSettings extends BlockFolders {
  /** The server at which workers are met. */
  readonly address: RedisAddress;
  /** Name of the backend, which is that of the workers. */
  readonly backend: string;
  /** Folder that the run shares with its workers. */
  readonly sharedDir: string;
  /** Columns to use, in this order; all columns of numbers by default. */
  readonly columns?: readonly string[];
  /** Columns to leave out. */
  readonly exclude?: readonly string[];
  /** Signal that Ctrl-C aborts: what was asked for is withdrawn. */
  readonly signal: AbortSignal;
  /** Called with a line to print. */
  readonly onNote: (line: string) => void;
  /** Called with the share of a pass over all blocks that is done. */
  readonly onProgress?: (fraction: number) => void;
}

/** Rows whose blocks live with workers. */
export interface RowsOnWorkers extends RowSource, AsyncDisposable {
  readonly passes: BlockPasses;
  /** Number of jobs that each worker did, by its name. */
  readonly jobs: ReadonlyMap<string, number>;
  /** Number of jobs that were begun again. */
  readonly retries: number;
}

/**
 * Opens a file as a source of rows whose blocks live with workers (`deno task worker`): `kMeans` and `gaussianMixture`
 * fit to it as to any source, and give the same bits as in one process, however many workers there are. Each iteration
 * is a flow: a job for every few blocks, which answers with their sums, and the update, here, once all are added up in
 * the order of the blocks. Workers read the file where they are; parameters and sums go through the server.
 *
 * A start by k-means++ and the first moments of a mixture are taken here, as are fits with weights.
 *
 * @param path Path of the file, or its address.
 * @param settings The server, folders and columns.
 * @returns The rows; dispose of them once the fit is done, which leaves nothing at the server.
 * @throws {Deno.errors.NotConnected} If the server cannot be used.
 * @throws {RangeError} If the rows of the file cannot be read by ranges.
 */
export async function rowsOnWorkers(
  path: string,
  settings: RowsOnWorkersSettings,
): Promise<RowsOnWorkers> {
  const { address, backend, sharedDir, columns, exclude, signal, onNote, onProgress } = settings;
  const asked = { path, ...columns && { columns }, ...exclude && { exclude } };
  const version = { code: await codeVersion(), backend };
  await using stack = new AsyncDisposableStack();
  const mark = stack.use(await markRun({ address, sharedDir, onNote }, version));
  const server = stack.use(await Jobs.open({ address, version, signal, onNote }));
  const { rows, sha256 } = await openBlockFile(asked, settings, signal);
  stack.move();
  const doers = new CountingDoers(server);
  const data = { ...asked, sha256 };
  const asker = new BlockAsker({ doers, version, data, sharedDir, onProgress });
  return {
    shape: rows.shape,
    blocks: (signal, memory) => rows.blocks(signal, memory),
    passes: new WorkerPasses(asker),
    jobs: doers.jobs,
    get retries() {
      return doers.retries;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await asker.end();
      await mark[Symbol.asyncDispose]();
    },
  };
}

/** Has jobs done, and counts who did them. */
class CountingDoers implements BlockDoers {
  readonly jobs = new Map<string, number>();
  retries = 0;
  readonly #server: Jobs;

  constructor(server: Jobs) {
    this.#server = server;
  }

  async do(job: Job): Promise<Done> {
    const done = await this.#server.do(job);
    this.jobs.set(done.worker, (this.jobs.get(done.worker) ?? 0) + 1);
    this.retries += done.tries - 1;
    return done;
  }

  take(name: string): Promise<Uint8Array | undefined> {
    return this.#server.take(name);
  }

  drop(names: readonly string[]): Promise<void> {
    return this.#server.drop(names);
  }
}
