import assert from "node:assert/strict";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { compileKernel } from "./build/compile_kernel.ts";
import { inspectModule } from "./build/inspect_module.ts";
import type { KernelModule } from "./kernel_module.ts";
import { READY } from "./pool/control_block.ts";
import { WorkerLostError } from "./pool/worker_lost_error.ts";
import { SimdRuntime } from "./runtime.ts";
import { atOnce } from "./turns.ts";

const faults = await faultKernel();
const started = recordWorkers();

/** Every worker that starts from now on. */
function recordWorkers(): Worker[] {
  const workers: Worker[] = [];
  class RecordedWorker extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      workers.push(this);
    }
  }
  const original = process.getBuiltinModule;
  process.getBuiltinModule = ((name: string) => {
    return name === "node:worker_threads" ? { Worker: RecordedWorker } : original(name);
  }) as typeof original;
  return workers;
}

type Fault = "meet" | "trap" | "stall" | "linger";

async function faultKernel(): Promise<KernelModule<Fault>> {
  const bytes = await compileKernel("fixtures/faults.ts", false);
  const { memoryFlagAt, functions } = inspectModule("faults", bytes);
  const build = { memoryFlagAt, base64: bytes.toBase64() };
  return { name: "faults", functions: functions as Fault[], plain: build, relaxed: build };
}

function runtime(threads: number, patience = 200): SimdRuntime {
  return new SimdRuntime({ threads, shared: true, relaxed: false, waiting: { patience } });
}

/** Runs a function of the fault kernel with all threads inside. */
function together(simd: SimdRuntime, name: Fault): Int32Array {
  const { memory } = simd;
  const arrivals = memory.allocate(64);
  const seen = memory.allocate(4 * simd.threads);
  memory.int32(arrivals, 1)[0] = 0;
  memory.int32(seen, simd.threads).fill(0);
  simd.run(faults, name, [simd.threads, arrivals, seen], simd.threads);
  return memory.int32(seen, simd.threads).slice();
}

/** Whatever is asked of a runtime that lost a worker, it says so, and what it holds can be freed. */
function assertOver(simd: SimdRuntime): void {
  const { memory } = simd;
  const held = memory.heldRegions;
  const uses: (() => unknown)[] = [
    () => simd.run(faults, "meet", [0, 0, 0], 1),
    () => memory.allocate(8),
    () => memory.place(Float32Array.of(1)),
    () => memory.float64(4096, 1),
  ];
  for (const use of uses) assert.throws(use, /^WorkerLostError: Cannot go on: .* start the/);
  assert.equal(memory.heldRegions, held);
}

Deno.test("SimdRuntime runs a job on every thread, while the caller blocks", () => {
  const simd = runtime(3);
  for (let i = 0; i < 50; i++) assert.deepEqual([...together(simd, "meet")], [1, 1, 1]);
  simd.stop();
});

Deno.test("SimdRuntime starts no worker for little work", () => {
  const simd = runtime(2);
  const [arrivals, seen] = [simd.memory.allocate(64), simd.memory.allocate(64)];
  const before = started.length;
  const workersAfter = (multiplyAdds: number) => {
    simd.run(faults, "meet", [0, arrivals, seen], 2, { multiplyAdds });
    atOnce(simd.runInPieces(faults, "meet", [0, arrivals, seen], 2, multiplyAdds));
    return started.length - before;
  };
  assert.deepEqual([2 ** 19 - 1, 2 ** 19].map(workersAfter), [0, 1]);
  simd.stop();
});

Deno.test("SimdRuntime wakes workers that have gone to sleep", async () => {
  const simd = runtime(2);
  for (let i = 0; i < 3; i++) {
    assert.deepEqual([...together(simd, "meet")], [1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  simd.stop();
});

Deno.test("SimdRuntime reports a trap in a worker, and goes on", () => {
  const simd = runtime(2);
  assert.throws(() => together(simd, "trap"), /thread 1 failed: RuntimeError: unreachable/);
  assert.deepEqual([...together(simd, "meet")], [1, 1]);
  simd.stop();
});

Deno.test("SimdRuntime gives up on a worker that does not come back, and its successor goes on", async () => {
  const simd = runtime(2, 3);
  assert.throws(() => together(simd, "stall"), WorkerLostError);
  assertOver(simd);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const next = simd.successor();
  assert.deepEqual([...together(next, "meet")], [1, 1]);
  next.stop();
});

Deno.test("SimdRuntime reports a worker that ended between jobs, and its successor goes on", async () => {
  const simd = runtime(2);
  together(simd, "meet");
  await started.at(-1)?.terminate();
  assert.throws(() => together(simd, "meet"), /^WorkerLostError: .*worker 1 ended; run it again/);
  assertOver(simd);
  const next = simd.successor();
  assert.deepEqual([...together(next, "meet")], [1, 1]);
  next.stop();
});

Deno.test("SimdRuntime leaves a worker that it gave up nothing to write to", async () => {
  const simd = runtime(2, 3);
  const [arrivals, target, gate, kept] = [1, 2, 3, 4].map(() => simd.memory.allocate(64));
  const before = simd.memory.int32(0, 4096);
  for (const address of [arrivals, target, gate, kept]) before[address / 4] = 0;
  const job = [2, arrivals, target, gate];
  assert.throws(() => simd.run(faults, "linger", job, 2), WorkerLostError);
  const next = simd.successor();
  const addresses = [1, 2, 3, 4].map(() => next.memory.allocate(64));
  assert.deepEqual(addresses, [arrivals, target, gate, kept]);
  next.memory.int32(arrivals, 64).fill(0);
  assert.deepEqual([...together(next, "meet")], [1, 1]);
  Atomics.store(before, gate / 4, 1);
  while (Atomics.load(before, arrivals / 4) < 3) await new Promise((go) => setTimeout(go, 1));
  assert.deepEqual([...next.memory.int32(arrivals, 64)], [...new Int32Array(64)]);
  assert.equal(before[target / 4], -1);
  assert.deepEqual([...simd.memory.salvage(kept, 1)], [0]);
  next.stop();
});

Deno.test("SimdRuntime that was stopped works on alone", () => {
  const simd = runtime(2);
  together(simd, "meet");
  const workers = started.length;
  simd.stop();
  const seen = simd.memory.allocate(64);
  simd.memory.int32(seen, 16).fill(0);
  simd.run(faults, "meet", [0, seen, seen], 2);
  assert.equal(started.length, workers);
});

Deno.test("SimdRuntimes do not share the loss of a worker", async () => {
  const [first, second] = [runtime(2), runtime(2)];
  together(second, "meet");
  together(first, "meet");
  await started.at(-1)?.terminate();
  assert.throws(() => together(first, "meet"), WorkerLostError);
  assert.deepEqual([...together(second, "meet")], [1, 1]);
  second.stop();
});

Deno.test("SimdRuntime works on without workers where they cannot be started", () => {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => ({
    Worker: class {
      constructor() {
        throw new TypeError("not here");
      }
    },
  })) as unknown as typeof getBuiltinModule;
  try {
    const simd = runtime(2);
    const seen = simd.memory.allocate(64);
    for (let i = 0; i < 2; i++) simd.run(faults, "meet", [0, seen, seen], 2);
    assert.match(simd.threadsLost!, /not here/);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

Deno.test("SimdRuntime works on without a worker that ended before it ran", async () => {
  const simd = runtime(2);
  const seen = simd.memory.allocate(64);
  simd.run(faults, "meet", [0, seen, seen], 2);
  const ready = simd.memory.int32(0, 512).subarray(READY, READY + 2);
  while (Atomics.load(ready, 1) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  ready.fill(0);
  await started.at(-1)?.terminate();
  simd.run(faults, "meet", [0, seen, seen], 2);
  assert.match(simd.threadsLost!, /ended before it ran/);
});

Deno.test("SimdRuntime runs on unshared memory, on one thread", () => {
  const simd = new SimdRuntime({ threads: 2, shared: false, relaxed: false });
  assert.equal(simd.threads, 1);
  assert.deepEqual([...together(simd, "meet")], [1]);
  simd.memory.allocate(100 << 20);
  assert.deepEqual([...together(simd, "meet")], [1]);
});
