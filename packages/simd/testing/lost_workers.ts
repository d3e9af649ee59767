/** Ways in which workers are lost. */
export type Loss =
  /** The host hears of their end while there is no job. */
  | "ended between jobs"
  /** A job begins before the host can hear of their end. */
  | "ended as a job begins"
  /** They end inside a job. */
  | "gone in a job"
  /** They are given up inside a job, and do their part of it later. */
  | "late for a job"
  /** They are given up inside a job, and leave it later. */
  | "late to leave a job";

/** Replacements for the program of a worker inside the job in which it is to be lost. */
const PROGRAMS: Partial<Record<Loss, (lostNow: string, sleep: string) => string>> = {
  "gone in a job": (lostNow) => `if (${lostNow}) return; work();`,
  "late for a job": (lostNow, sleep) => `if (${lostNow}) ${sleep}; work();`,
  "late to leave a job": (lostNow, sleep) => `work(); if (${lostNow}) ${sleep};`,
};

/** The part of the workers of Node and of browsers that is used here. */
interface AnyWorker {
  terminate(): unknown;
  once?(event: "exit", listener: () => void): void;
  onerror?: (() => void) | null;
}

type WorkerClass = new (program: string, options: object) => AnyWorker;

/** Milliseconds that a late worker is late; its pool must have less patience. */
const LATE_MS = 250;

/** Every worker that starts from now on, in Deno, Node or a browser; lost in a job if that is the loss. */
export function recordWorkers(loss: Loss): AnyWorker[] {
  const workers: AnyWorker[] = [];
  const record = (Original: WorkerClass, change: (program: string) => string) =>
    class extends Original {
      constructor(program: string, options: object) {
        super(change(program), options);
        workers.push(this);
      }
    };
  // A worker is lost in its first job, the next in its second, and so on.
  const change = (program: string) => losingProgram(program, loss, workers.length % 5 + 1);
  const { process } = globalThis as { process?: { getBuiltinModule(name: string): object } };
  if (process) {
    const original = process.getBuiltinModule;
    const { Worker } = original("node:worker_threads") as { Worker: WorkerClass };
    const Recorded = record(Worker, change);
    process.getBuiltinModule = (name) =>
      name === "node:worker_threads" ? { Worker: Recorded } : original(name);
  } else {
    const { Blob, Worker } = globalThis;
    const ChangedBlob = class extends Blob {
      constructor(parts: string[], options: BlobPropertyBag) {
        super(parts.map(change), options);
      }
    };
    const Recorded = record(Worker as unknown as WorkerClass, (url) => url);
    Object.assign(globalThis, { Worker: Recorded, Blob: ChangedBlob });
  }
  return workers;
}

/** The program of a worker that is lost in its `number`-th job. */
function losingProgram(program: string, loss: Loss, number: number): string {
  const lostNow = `(serve.jobs = (serve.jobs ?? 0) + 1) === ${number}`;
  const sleep = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${LATE_MS})`;
  const inside = PROGRAMS[loss]?.(lostNow, sleep);
  if (!inside) return program;
  const changed = program.replace(/\bwork\(\);/, inside);
  if (changed === program) throw new TypeError("Cannot lose the worker: its program has no work()");
  return changed;
}

/** Ends a worker, and returns when the host has been told. */
export async function endWorker(worker: AnyWorker): Promise<void> {
  if (worker.once) {
    const ended = new Promise<void>((resolve) => worker.once!("exit", resolve));
    worker.terminate();
    return await ended;
  }
  // A page hears of a worker's end only if it failed.
  worker.onerror?.();
}
