import assert from "node:assert/strict";
import process from "node:process";
import { canStartWorkers, startWorker } from "./start_worker.ts";
import { workerSource } from "./worker_source.ts";

/** Runs something as in a page: without the workers of Node, and with other web workers. */
async function inPage<T>(Page: unknown, use: () => T | Promise<T>): Promise<T> {
  const { Worker } = globalThis;
  const { createObjectURL, revokeObjectURL } = URL;
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => undefined) as unknown as typeof getBuiltinModule;
  Object.assign(globalThis, { Worker: Page });
  try {
    return await use();
  } finally {
    Object.assign(globalThis, { Worker });
    Object.assign(URL, { createObjectURL, revokeObjectURL });
    process.getBuiltinModule = getBuiltinModule;
  }
}

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });

Deno.test("startWorker() gives a web worker its program, name and task, and frees the program at its end", async () => {
  const said: unknown[] = [];
  let onerror: (() => void) | undefined;
  class PageWorker {
    constructor(url: string, options: object) {
      said.push(url, options);
    }
    set onerror(listener: () => void) {
      onerror = listener;
    }
    postMessage(task: unknown) {
      said.push(task);
    }
    terminate() {
      said.push("ended");
    }
  }
  const programs: Blob[] = [];
  const task = { memory, thread: 3, spins: 1 };
  const onLost = () => said.push("lost");
  await inPage(PageWorker, () => {
    URL.createObjectURL = (program) => `blob:${programs.push(program as Blob)}`;
    URL.revokeObjectURL = (url) => void said.push(`without ${url}`);
    startWorker(task, onLost).terminate();
  });
  onerror?.();
  assert.deepEqual(said, [
    ...["blob:1", { name: "mixtape-simd-3" }, task, "ended", "without blob:1", "lost"],
  ]);
  assert.equal(programs[0].type, "text/javascript");
  assert.equal(await programs[0].text(), workerSource);
});

Deno.test("canStartWorkers() asks for workers of Node, or for web workers with programs from text", async () => {
  assert.equal(canStartWorkers(), true);
  class PageWorker {}
  assert.equal(await inPage(PageWorker, canStartWorkers), true);
  assert.equal(await inPage(undefined, canStartWorkers), false);
  const withoutPrograms = () => {
    Object.assign(URL, { createObjectURL: undefined });
    return canStartWorkers();
  };
  assert.equal(await inPage(PageWorker, withoutPrograms), false);
});

Deno.test("startWorker() leaves no worker behind that cannot be given its task", async () => {
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
  await inPage(DeafWorker, () => {
    URL.createObjectURL = () => `blob:${left.programs++}`;
    URL.revokeObjectURL = () => void left.programs--;
    const task = { memory, thread: 1, spins: 1 };
    assert.throws(() => startWorker(task, () => {}), { name: "DataCloneError" });
  });
  assert.deepEqual(left, { workers: 0, programs: 0 });
});
