/** Traffic between the host and its devices. */
export interface Traffic {
  /** Kernels that were started. */
  dispatches: number;
  /** Batches of commands that were handed over. */
  submits: number;
  /** Reads that the host waited for. */
  reads: number;
}

/** Counts the traffic of all devices while `work` runs. */
export async function countTraffic(work: () => Promise<void>): Promise<Traffic> {
  const traffic = { dispatches: 0, submits: 0, reads: 0 };
  const restore = [
    counting(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => traffic.dispatches++),
    counting(GPUQueue.prototype, "submit", () => traffic.submits++),
    counting(GPUBuffer.prototype, "mapAsync", () => traffic.reads++),
  ];
  try {
    await work();
  } finally {
    restore.forEach((undo) => undo());
  }
  return traffic;
}

/** Returns the number of bytes of each read of devices while `work` runs. */
export async function bytesRead(work: () => Promise<void>): Promise<number[]> {
  const bytes: number[] = [];
  const undo = counting(
    GPUBuffer.prototype,
    "mapAsync",
    (_mode: number, _at: number, size: number) => {
      bytes.push(size);
    },
  );
  try {
    await work();
  } finally {
    undo();
  }
  return bytes;
}

function counting<Name extends string>(
  prototype: Record<Name, (...args: never[]) => unknown>,
  name: Name,
  count: (...args: never[]) => void,
): () => void {
  const original = prototype[name];
  prototype[name] = function (this: unknown, ...args: never[]) {
    count(...args);
    return original.apply(this, args);
  };
  return () => prototype[name] = original;
}
