import { workerSource, type WorkerTask } from "./worker_source.ts";

/** A running worker. */
export interface RunningWorker {
  terminate(): void;
}

/** The part of `node:worker_threads` used here. */
interface NodeWorker {
  unref(): void;
  terminate(): unknown;
  on(event: "exit" | "error", listener: () => void): void;
}

type NodeWorkerClass = new (
  code: string,
  options: { eval: true; workerData: WorkerTask; name: string },
) => NodeWorker;

/** Returns true if this runtime has workers that can be started from a string. */
export function canStartWorkers(): boolean {
  return nodeWorkerClass() !== undefined || canStartWebWorkers();
}

/** Starts a worker; `onLost` is called when it has ended, whatever the reason. */
export function startWorker(task: WorkerTask, onLost: () => void): RunningWorker {
  const NodeWorker = nodeWorkerClass();
  return NodeWorker ? startNodeWorker(NodeWorker, task, onLost) : startWebWorker(task, onLost);
}

function startNodeWorker(
  NodeWorker: NodeWorkerClass,
  workerData: WorkerTask,
  onLost: () => void,
): RunningWorker {
  const name = `mixtape-simd-${workerData.thread}`;
  const worker = new NodeWorker(workerSource, { eval: true, workerData, name });
  worker.on("error", onLost);
  worker.on("exit", onLost);
  worker.unref();
  return { terminate: () => void worker.terminate() };
}

function startWebWorker(task: WorkerTask, onLost: () => void): RunningWorker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new Worker(url, { name: `mixtape-simd-${task.thread}` });
  const terminate = () => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  worker.onerror = onLost;
  try {
    worker.postMessage(task);
  } catch (error) {
    terminate();
    throw error;
  }
  return { terminate };
}

/**
 * Node and Deno keep a process alive for a web worker; a node worker can be unreferenced. Asked
 * for at run time, so that a bundle for browsers has nothing to resolve.
 */
function nodeWorkerClass(): NodeWorkerClass | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => { Worker?: NodeWorkerClass } | undefined };
  };
  return process?.getBuiltinModule?.("node:worker_threads")?.Worker;
}

function canStartWebWorkers(): boolean {
  return typeof Worker === "function" && typeof URL.createObjectURL === "function";
}
