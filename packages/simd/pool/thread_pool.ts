import type { WasmMemory } from "../memory/wasm_memory.ts";
import * as control from "./control_block.ts";
import { type RunningWorker, startWorker } from "./start_worker.ts";
import { WorkerLostError } from "./worker_lost_error.ts";

/** Limits on the waiting of a pool's threads. */
export interface Waiting {
  /** Number of looks before a thread sleeps; 4000 take about 100 µs, the host's part of a step of training. */
  readonly spins: number;
  /** Number of waits of 100 ms each before a worker that does not leave a job is abandoned. */
  readonly patience: number;
}

const DEFAULT_WAITING: Waiting = { spins: 4000, patience: 200 };

const PATIENCE_STEP_MS = 100;

/**
 * Workers that take part in jobs. The caller is thread 0 and works too; workers enter a job while
 * it is open, so one that is late (or gone) costs nothing: blocks are handed out one by one.
 *
 * A worker that is lost may live on: Deno reports the end of a thread that goes on, and one that does
 * not come back from its job in time may be in the middle of a kernel, or about to read its arguments.
 * Nothing ends such a thread for certain, or says when it has ended. So the pool is over with its first
 * loss, and its memory is retired with it: the host never again opens a job in it, changes an argument,
 * moves a region or writes a value. What a thread that is left can do there is then known: outside the
 * job that failed it can enter none, and inside it finds the job described as it was and writes what the
 * job would have written, which nobody reads since the job failed. Neither reaches a tensor that was
 * finished before, and none reaches the next pool, whose memory these threads have never seen.
 */
export class ThreadPool {
  readonly threads: number;
  readonly #memory: WasmMemory;
  readonly #control: Int32Array<ArrayBuffer>;
  readonly #waiting: Waiting;
  #workers: RunningWorker[] = [];
  #alone: string | undefined;
  #lost: string | undefined;
  /** True from the beginning of a job until all workers have left it. */
  #open = false;

  /** Makes a pool of `threads` threads over a shared memory; workers start with the first job. */
  constructor(memory: WasmMemory, threads: number, waiting: Partial<Waiting> = {}) {
    this.threads = threads;
    this.#memory = memory;
    this.#control = new Int32Array(memory.buffer, 0, 1024);
    this.#waiting = { ...DEFAULT_WAITING, ...waiting };
  }

  /**
   * Reason for which the caller works alone, as workers cannot be started; undefined as long as
   * they can.
   */
  get alone(): string | undefined {
    return this.#alone;
  }

  /**
   * Runs a job on all threads that arrive in time. Its description must be in the control block.
   *
   * @param work The caller's own part of the job.
   * @throws {WorkerLostError} If a worker does not come back from the job.
   * @throws {WebAssembly.RuntimeError} If the kernel trapped in a worker.
   */
  run(work: () => void): void {
    this.open();
    try {
      work();
    } finally {
      this.close();
    }
    this.throwIfFailed();
  }

  /** Lets workers into a job, whose description must be in the control block. */
  open(): void {
    if (this.#workers.length === 0 && !this.#alone) this.#start();
    if (this.#alone) return;
    const shared = this.#control;
    shared[control.FAILURE] = 0;
    this.#open = true;
    Atomics.store(shared, control.STATE, control.OPEN);
    Atomics.add(shared, control.GENERATION, 1);
    Atomics.notify(shared, control.GENERATION);
  }

  /**
   * Ends a job, and waits for the workers inside it.
   *
   * @throws {WorkerLostError} If a worker does not come back.
   */
  close(): void {
    for (let waits = 0; waits < this.#waiting.patience;) {
      const state = this.#inside();
      if (state === 0) return this.#closed();
      if (!sleep(this.#control, state, PATIENCE_STEP_MS)) waits++;
    }
    this.giveUp();
  }

  /**
   * Ends a job if the workers inside it leave within some milliseconds.
   *
   * @returns False if one is still inside.
   */
  tryClose(milliseconds: number): boolean {
    const state = this.#inside();
    if (state !== 0) sleep(this.#control, state, milliseconds);
    if (this.#inside() !== 0) return false;
    this.#closed();
    return true;
  }

  /** Gives up workers that do not leave a job. */
  giveUp(): void {
    this.#lose("a worker did not come back from its job");
    this.throwIfLost();
  }

  /** Number of milliseconds after which a worker that does not leave a job is given up. */
  get patience(): number {
    return this.#waiting.patience * PATIENCE_STEP_MS;
  }

  /** @throws {WorkerLostError} If a worker was lost; from then on the memory is retired. */
  throwIfLost(): void {
    if (!this.#lost) return;
    this.#memory.throwIfRetired();
    this.#memory.retire(this.#lost);
    throw new WorkerLostError(
      `Cannot finish the operation: ${this.#lost}; run it again, fresh workers will start`,
    );
  }

  /** Ends the workers; the caller works alone from then on. */
  stop(): void {
    this.#workAlone("the backend was disposed of");
  }

  #start(): void {
    try {
      for (let thread = 1; thread < this.threads; thread++) this.#startThread(thread);
    } catch (error) {
      this.#workAlone(`workers cannot be started here (${error})`);
    }
  }

  #startThread(thread: number): void {
    const task = { memory: this.#memory.memory, thread, spins: this.#waiting.spins };
    const worker: RunningWorker = startWorker(task, () => {
      if (!this.#workers.includes(worker)) return;
      // A worker that never ran was kept from starting, for instance by a page's content policy.
      if (Atomics.load(this.#control, control.READY + thread)) this.#lose(`worker ${thread} ended`);
      else this.#workAlone("workers cannot be started here (one ended before it ran)");
    });
    this.#workers.push(worker);
  }

  /** Workers inside a job end with it. */
  #workAlone(reason: string): void {
    this.#alone ??= reason;
    if (!this.#open) this.#endWorkers();
  }

  #lose(reason: string): void {
    this.#open = false;
    this.#endWorkers();
    this.#lost = reason;
  }

  /**
   * Ends the workers. Between jobs all of them return; one that is inside a job returns from it
   * first.
   */
  #endWorkers(): void {
    const workers = this.#workers;
    this.#workers = [];
    Atomics.or(this.#control, control.STATE, control.OVER);
    Atomics.add(this.#control, control.GENERATION, 1);
    Atomics.notify(this.#control, control.GENERATION);
    for (const worker of workers) worker.terminate();
  }

  /** Lets no further worker into the job; returns the number of those inside, after a short wait. */
  #inside(): number {
    if (!this.#open) return 0;
    const shared = this.#control;
    Atomics.and(shared, control.STATE, ~control.OPEN);
    for (let i = 0; i < this.#waiting.spins; i++) {
      if (Atomics.load(shared, control.STATE) === 0) return 0;
      pause();
    }
    return Atomics.load(shared, control.STATE);
  }

  #closed(): void {
    this.#open = false;
    if (this.#alone) this.#endWorkers();
  }

  /** @throws {WebAssembly.RuntimeError} If the kernel trapped in a worker in the last job. */
  throwIfFailed(): void {
    const shared = this.#control;
    const thread = shared[control.FAILURE];
    if (thread === 0) return;
    shared[control.FAILURE] = 0;
    const length = shared[control.FAILURE + 1];
    const text = new Uint16Array(shared.buffer, control.FAILURE_TEXT, length);
    throw new WebAssembly.RuntimeError(
      `Cannot finish the operation: thread ${thread} failed: ${String.fromCharCode(...text)}`,
    );
  }
}

/**
 * Sleeps until a worker leaves; the main thread of a browser may not sleep, and polls instead.
 *
 * @returns False if no worker left in time.
 */
function sleep(
  shared: Int32Array<ArrayBuffer>,
  inside: number,
  milliseconds: number,
): boolean {
  try {
    return Atomics.wait(shared, control.STATE, inside, milliseconds) !== "timed-out";
  } catch {
    const end = performance.now() + milliseconds;
    while (Atomics.load(shared, control.STATE) === inside) {
      if (performance.now() >= end) return false;
      pause();
    }
    return true;
  }
}

function pause(): void {
  (Atomics as { pause?: () => void }).pause?.();
}
