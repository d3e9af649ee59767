import assert from "node:assert/strict";
import process from "node:process";
import { startWorker } from "./start_worker.ts";

/** Counts the workers and their programs that are left in a page where posting to a worker fails. */
function failInPage(start: () => void): { workers: number; programs: number } {
  const left = { workers: 0, programs: 0 };
  class DeafWorker {
    constructor() {
      left.workers++;
    }
    postMessage() {
      throw new DOMException("memory could not be cloned", "DataCloneError");
    }
    terminate() {
      left.workers--;
    }
  }
  const { Worker } = globalThis;
  const { createObjectURL, revokeObjectURL } = URL;
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => undefined) as unknown as typeof getBuiltinModule;
  Object.assign(globalThis, { Worker: DeafWorker });
  URL.createObjectURL = () => `blob:${left.programs++}`;
  URL.revokeObjectURL = () => void left.programs--;
  try {
    start();
  } finally {
    Object.assign(globalThis, { Worker });
    Object.assign(URL, { createObjectURL, revokeObjectURL });
    process.getBuiltinModule = getBuiltinModule;
  }
  return left;
}

Deno.test("startWorker() leaves no worker behind that cannot be given its task", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const left = failInPage(() => {
    const task = { memory, thread: 1, spins: 1 };
    assert.throws(() => startWorker(task, () => {}), { name: "DataCloneError" });
  });
  assert.deepEqual(left, { workers: 0, programs: 0 });
});
