import {
  type KernelBuild,
  type KernelFunction,
  type KernelModule,
  moduleBytes,
} from "./kernel_module.ts";
import { WasmMemory } from "./memory/wasm_memory.ts";
import * as control from "./pool/control_block.ts";
import { ThreadPool } from "./pool/thread_pool.ts";
import type { JobOptions, RuntimeOptions } from "./runtime_options.ts";
import { Turns, type Work } from "./turns.ts";

/** Number of multiply-adds, or what takes as long, that are done before the clock is looked at. */
const AT_ONCE = 2 ** 22;
/** Work, counted likewise, from which it is worth waking other threads: about 0.1 ms. */
const WORTH_WAKING = 2 ** 19;
/** More than any number of blocks. */
const NO_LIMIT = 2 ** 31 - 1;
/** Number of turns of the event loop for which a job waits for another one. */
const MOST_TURNS = 1000;
/** Milliseconds of a piece of a job, and of a wait for workers that are in their last block. */
const PIECE_MS = 4;

/** A job that may be left by the caller, and be finished by whoever needs the threads next. */
interface Job {
  /** The caller's own part. */
  readonly work: () => void;
  readonly blocks: number;
  /** True when no block is left to take. */
  over: boolean;
  error?: unknown;
}

interface LoadedModule {
  readonly slot: number;
  readonly functions: ReadonlyMap<string, { index: number; call: KernelFunction }>;
}

/**
 * A memory, the kernel modules loaded into it, and the threads that run them. The loss of a worker
 * ends it, and its {@linkcode SimdRuntime.successor} takes over.
 *
 * @example Inside a kernel's host file
 * `runtime.run(mathModule, "exp", [input, output, n, blocks], blocks)`
 */
export class SimdRuntime {
  readonly memory: WasmMemory;
  /** The turns of the event loop in long work. */
  readonly turns: Turns = new Turns();
  readonly threads: number;
  readonly relaxed: boolean;
  readonly #options: RuntimeOptions;
  readonly #pool: ThreadPool | undefined;
  readonly #worthWaking: number;
  #notShared: string | undefined;
  readonly #modules = new Map<KernelBuild, LoadedModule>();
  #control: Int32Array<ArrayBuffer>;
  #arguments: Float64Array<ArrayBuffer>;
  /** A job that is not finished, while its caller lets the event loop turn. */
  #job: Job | undefined;

  /** Makes a runtime; its workers start with the first job that is worth them. */
  constructor(options: RuntimeOptions) {
    const { threads, relaxed, waiting, worthWaking = WORTH_WAKING } = options;
    this.#options = options;
    this.memory = this.#reserve(options);
    this.threads = this.memory.shared ? threads : 1;
    this.relaxed = relaxed;
    this.#worthWaking = worthWaking;
    this.#control = this.#controlView();
    this.#arguments = this.#argumentView();
    if (this.threads > 1) this.#pool = new ThreadPool(this.memory, this.threads, waiting);
  }

  /** True once a worker is lost and an operation has been told: no further job runs here. */
  get over(): boolean {
    return this.memory.retired;
  }

  /** True while a job is not finished, which the next one would finish first. */
  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  /** Returns a runtime of the same kind, with its own memory and workers. */
  successor(): SimdRuntime {
    return new SimdRuntime(this.#options);
  }

  /** True for a number of multiply-adds, or what takes as long, that no other thread is woken for. */
  isLittle(multiplyAdds: number): boolean {
    return multiplyAdds < this.#worthWaking;
  }

  /**
   * Runs the function `name` of a kernel module to completion.
   *
   * @param args The numbers that `argument(args, i)` reads, at most 352.
   * @param blocks Number of blocks that the function takes with `nextBlock()`; one block runs on
   * the caller alone.
   * @throws {WorkerLostError} If a worker ended since the last job or does not come back from this
   * one, and at every later call.
   */
  run<F extends string>(
    module: KernelModule<F>,
    name: F,
    args: readonly number[],
    blocks: number,
    { before, multiplyAdds = Infinity }: JobOptions = {},
  ): void {
    if (this.#job) this.#finish(this.#job);
    const call = this.#describe(module, name, args, blocks);
    const work = () => {
      before?.();
      call();
    };
    if (!this.#pool || blocks <= 1 || this.isLittle(multiplyAdds)) return work();
    this.#pool.run(work);
  }

  /**
   * Runs a function as {@linkcode SimdRuntime.run} does, in pieces between which the event loop can turn
   * while workers go on. If this ends early, so does the job, when each thread has done its block. A
   * job that another one calls for meanwhile finishes this one first.
   *
   * @param blocks At least the number of blocks that the function takes.
   * @param multiplyAdds Work of the job, in multiply-adds or what takes as long; little work is not
   * divided.
   * @param before Done by the caller before it takes blocks, while workers already do.
   */
  *runInPieces<F extends string>(
    module: KernelModule<F>,
    name: F,
    args: readonly number[],
    blocks: number,
    multiplyAdds: number,
    before?: () => void,
  ): Work<void> {
    if (multiplyAdds < AT_ONCE) {
      return this.run(module, name, args, blocks, { multiplyAdds, before });
    }
    for (let turns = 0; this.#job && turns < MOST_TURNS; turns++) yield;
    if (this.#job) this.#finish(this.#job);
    const work = this.#describe(module, name, args, blocks);
    const job: Job = { work, blocks, over: false };
    this.#job = job;
    try {
      if (blocks > 1) this.#pool?.open();
      before?.();
      yield* this.#takePieces(job, Math.max(1, Math.floor(AT_ONCE * blocks / multiplyAdds)));
      yield* this.#waitForWorkers(job);
    } finally {
      if (this.#job === job) this.#end(job);
    }
    if (job.error) throw job.error;
  }

  /** Works on a job, some blocks at a time: as many as take some milliseconds. */
  *#takePieces(job: Job, firstBudget: number): Work<void> {
    let budget = firstBudget;
    let before = this.turns.begin();
    while (!job.over) {
      this.#pool?.throwIfLost();
      this.#refreshViews();
      this.#control[control.BUDGET] = budget;
      job.work();
      job.over = this.#isOver(job);
      const elapsed = this.turns.begin() - before;
      if (elapsed < PIECE_MS / 2) budget = Math.min(2 * budget, NO_LIMIT);
      else if (elapsed > PIECE_MS) budget = Math.max(1, budget >> 1);
      yield* this.turns.offer();
      before = this.turns.begin();
    }
  }

  /** True if the caller found no further block, or would. */
  #isOver({ blocks }: Job): boolean {
    if (this.#control[control.BUDGET] > 0) return true;
    return this.#control[control.NEXT_BLOCK] >= blocks && this.#control[control.HELD_BLOCK] < 0;
  }

  *#waitForWorkers(job: Job): Work<void> {
    const pool = this.#pool;
    if (!pool) return;
    const end = performance.now() + pool.patience;
    // Meanwhile, another one may have finished this job, and be in the midst of its own.
    while (this.#job === job && !pool.tryClose(PIECE_MS)) {
      if (performance.now() > end) pool.giveUp();
      yield* this.turns.offer();
      pool.throwIfLost();
    }
    if (this.#job === job) pool.throwIfFailed();
  }

  /** Finishes a job at once, for another one. Its own caller is told of a failure. */
  #finish(job: Job): void {
    try {
      this.#pool?.throwIfLost();
      this.#refreshViews();
      this.#control[control.BUDGET] = NO_LIMIT;
      job.work();
      this.#pool?.close();
      this.#pool?.throwIfFailed();
    } catch (error) {
      job.error = error;
      this.#cancel();
    }
    job.over = true;
    this.#job = undefined;
  }

  /** Ends a job, early unless no block is left. */
  #end(job: Job): void {
    this.#job = undefined;
    if (!job.over || job.error) this.#cancel();
    this.#pool?.close();
  }

  #cancel(): void {
    if (this.over) return;
    this.#refreshViews();
    Atomics.store(this.#control, control.CANCELLED, 1);
    this.#pool?.close();
  }

  /** Writes the description of a job; returns the caller's part of it. */
  #describe<F extends string>(
    module: KernelModule<F>,
    name: F,
    args: readonly number[],
    blocks: number,
  ): () => void {
    this.#pool?.throwIfLost();
    const build = this.relaxed ? module.relaxed : module.plain;
    const { slot, functions } = this.#modules.get(build) ?? this.#load(module, build);
    const { index, call } = functions.get(name)!;
    this.#refreshViews();
    this.#arguments.set(args);
    const shared = this.#control;
    shared[control.NEXT_BLOCK] = 0;
    shared[control.BUDGET] = NO_LIMIT;
    shared[control.BLOCKS] = blocks;
    shared[control.CANCELLED] = 0;
    shared[control.HELD_BLOCK] = -1;
    shared[control.JOB] = slot;
    shared[control.JOB + 1] = index;
    shared[control.JOB + 2] = control.ARGUMENTS;
    return () => call(0, control.ARGUMENTS);
  }

  /**
   * Reason for which no worker takes part although several threads were asked for; undefined while
   * workers do.
   */
  get threadsLost(): string | undefined {
    return this.#notShared ?? this.#pool?.alone;
  }

  /** Ends the workers; later jobs run on the caller alone. */
  stop(): void {
    this.#pool?.stop();
  }

  /** A memory that is not shared takes addresses only as it grows. */
  #reserve({ shared, maximumPages }: RuntimeOptions): WasmMemory {
    try {
      return new WasmMemory({ shared, maximumPages });
    } catch (error) {
      if (!shared || !(error instanceof RangeError)) throw error;
      this.#notShared = error.message;
      return new WasmMemory({ shared: false, maximumPages });
    }
  }

  #load(module: KernelModule, build: KernelBuild): LoadedModule {
    const slot = this.#modules.size;
    if (slot >= control.MODULE_SLOTS) {
      throw new RangeError(
        `Cannot load kernel ${module.name}: ${slot} are loaded, at most ${control.MODULE_SLOTS} may be`,
      );
    }
    const bytes = moduleBytes(build, this.memory.shared);
    const { memory } = this.memory;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory },
    });
    const functions = new Map(module.functions.map((name, index) => {
      return [name, { index, call: exports[name] as KernelFunction }];
    }));
    const loaded = { slot, functions };
    this.#modules.set(build, loaded);
    if (this.#pool) this.#shareBytes(slot, bytes);
    return loaded;
  }

  /** Workers compile the module from these bytes. */
  #shareBytes(slot: number, bytes: Uint8Array): void {
    const { address, length } = this.memory.place(bytes);
    this.#control[control.MODULES + 2 * slot] = address;
    this.#control[control.MODULES + 2 * slot + 1] = length;
  }

  /** Growing an unshared memory detaches its views. */
  #refreshViews(): void {
    if (this.#control.length > 0) return;
    this.#control = this.#controlView();
    this.#arguments = this.#argumentView();
  }

  #controlView(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, 0, 1024);
  }

  #argumentView(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, control.ARGUMENTS, control.ARGUMENT_SLOTS);
  }
}
