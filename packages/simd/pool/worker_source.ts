import * as control from "./control_block.ts";

/** Data that a worker receives when it starts. */
export interface WorkerTask {
  readonly memory: WebAssembly.Memory;
  /** Its thread number, 1 or more: thread 0 is the caller. */
  readonly thread: number;
  /** Number of times that it looks for the next job before it sleeps. */
  readonly spins: number;
}

/**
 * The program of a worker, as text: it must run from a string (a package has no file that both
 * Node and a bundled page can find).
 *
 * It sleeps until the generation changes, enters the job if it is still open, and leaves; it returns
 * when there will be no job any more, so that it ends even where it cannot be terminated. Modules
 * are compiled from the bytes in memory when a job first names them; the engine shares the machine
 * code with the thread that compiled the same bytes before.
 */
export const workerSource: string = `
function serve({ memory, thread, spins }) {
  const control = new Int32Array(memory.buffer, 0, 1024);
  const instances = [];
  const load = (slot) => {
    const [address, length] = control.subarray(${control.MODULES} + 2 * slot);
    const bytes = new Uint8Array(memory.buffer, address >>> 0, length).slice();
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    return Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);
  };
  const work = () => {
    const [slot, index, args] = control.subarray(${control.JOB});
    (instances[slot] ??= load(slot))[index](thread, args);
  };
  const fail = (error) => {
    const text = String(error).slice(0, ${control.FAILURE_CHARACTERS});
    const target = new Uint16Array(memory.buffer, ${control.FAILURE_TEXT}, text.length);
    for (let i = 0; i < text.length; i++) target[i] = text.charCodeAt(i);
    control[${control.FAILURE} + 1] = text.length;
    control[${control.FAILURE}] = thread;
  };
  const enter = () => {
    for (;;) {
      const state = Atomics.load(control, ${control.STATE});
      if (!(state & ${control.OPEN})) return false;
      if (Atomics.compareExchange(control, ${control.STATE}, state, state + 1) === state) return true;
    }
  };
  const leave = () => {
    if (Atomics.sub(control, ${control.STATE}, 1) === 1) Atomics.notify(control, ${control.STATE});
  };
  Atomics.store(control, ${control.READY} + thread, 1);
  for (let seen = 0;;) {
    for (let i = 0; i < spins && Atomics.load(control, ${control.GENERATION}) === seen; i++) {
      Atomics.pause?.();
    }
    Atomics.wait(control, ${control.GENERATION}, seen);
    seen = Atomics.load(control, ${control.GENERATION});
    if (!enter()) {
      if (Atomics.load(control, ${control.STATE}) & ${control.OVER}) return;
      continue;
    }
    try {
      work();
    } catch (error) {
      fail(error);
    }
    leave();
  }
}
const node = globalThis.process?.getBuiltinModule?.("node:worker_threads");
if (node) serve(node.workerData);
else self.onmessage = ({ data }) => serve(data);
`;
