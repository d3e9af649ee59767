import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import process from "node:process";
import { SimdBackend } from "./backend.ts";
import type { SimdBackendOptions } from "./backend_info.ts";
import { backendInfo, registerSimdBackend } from "./register.ts";

/** Returns the warnings that a function prints. */
function printed(run: () => void): unknown[] {
  const lines: unknown[] = [];
  const host = globalThis.console;
  const { warn } = host;
  host.warn = (...line) => lines.push(line);
  try {
    run();
  } finally {
    host.warn = warn;
  }
  return lines;
}

async function useSimd(): Promise<SimdBackend> {
  registerSimdBackend({ threads: 2 });
  await tf.setBackend("simd");
  return tf.backend() as SimdBackend;
}

Deno.test("SimdBackend frees memory with its tensors, over thousands of them", async () => {
  const { runtime: { memory } } = await useSimd();
  const ones = tf.ones([300]);
  tf.add(ones, ones).dispose();
  const held = () => [memory.heldBytes, memory.heldRegions, memory.buffer.byteLength];
  const before = held();
  for (let i = 0; i < 5000; i++) {
    tf.dispose(tf.tidy(() => tf.add(tf.fill([1 + i % 700], 1), tf.fill([1 + i % 700], 2))));
  }
  assert.deepEqual(held(), before);
  ones.dispose();
});

Deno.test("SimdBackend copies what leaves it, so that values outlive their tensor", async () => {
  await useSimd();
  const sum = tf.add(tf.tensor1d([1, 2, 3]), tf.tensor1d([1, 1, 1]));
  const part = tf.slice(sum, [1], [2]);
  const values = sum.dataSync();
  sum.dispose();
  tf.add(tf.tensor1d([9, 9, 9]), tf.tensor1d([9, 9, 9]));
  assert.deepEqual([...values], [2, 3, 4]);
  assert.deepEqual([...part.dataSync()], [3, 4]);
});

Deno.test("SimdBackend says when memory is exhausted, holds nothing of the attempt, and goes on", async () => {
  registerSimdBackend({ threads: 2, maximumBytes: 64 << 20 });
  await tf.setBackend("simd");
  const { runtime: { memory } } = tf.backend() as SimdBackend;
  const large = tf.zeros([6 << 20]);
  tf.neg(large).dispose();
  const kept = tf.tidy(() => {
    const sum = tf.add(large, 1);
    assert.throws(
      () => tf.add(sum, 1),
      /^RangeError: Cannot allocate 24\.0 MiB: 48\.0 MiB of at most 64/,
    );
    assert.throws(
      () => tf.matMul(tf.reshape(sum, [6, 1 << 20]), tf.ones([1 << 20, 1])),
      RangeError,
    );
    return tf.sum(sum);
  });
  assert.equal(kept.dataSync()[0], 6 << 20);
  tf.dispose([large, kept]);
  assert.ok(memory.heldBytes < 1 << 20, "only kernel modules are held");
});

Deno.test("registerSimdBackend() keeps the backend unless its set-up changes", async () => {
  registerSimdBackend({ threads: 2 });
  await tf.setBackend("simd");
  const before = tf.backend();
  registerSimdBackend({ threads: 2 });
  assert.equal(tf.backend(), before);
  registerSimdBackend({ threads: 1 });
  await tf.setBackend("simd");
  assert.notEqual(tf.backend(), before);
  assert.equal(backendInfo()?.threads, 1);
});

Deno.test("backendInfo() reports every step down that was taken", async () => {
  const settings: { options: SimdBackendOptions; lost: string[] }[] = [
    { options: {}, lost: [] },
    { options: { relaxed: false }, lost: ["relaxed SIMD"] },
    { options: { shared: false }, lost: ["threads"] },
    { options: { shared: false, relaxed: false }, lost: ["threads", "relaxed SIMD"] },
    { options: { webAssembly: false }, lost: ["WebAssembly"] },
  ];
  for (const { options, lost } of settings) {
    registerSimdBackend({ threads: 2, ...options });
    await tf.setBackend("simd");
    assert.equal(
      tf.tidy(() => tf.matMul(tf.ones([300, 200]), tf.ones([200, 100])).dataSync()[9]),
      200,
    );
    const info = backendInfo()!;
    assert.deepEqual(info.stepsDown.map((step) => step.lost), lost);
    assert.equal(info.threads, lost.some((what) => what !== "relaxed SIMD") ? 1 : 2);
    assert.equal(info.engine, lost.includes("WebAssembly") ? "cpu" : "wasm");
  }
});

Deno.test("backendInfo() reports workers that could not be started", async () => {
  const { getBuiltinModule } = process;
  registerSimdBackend({ threads: 3 });
  await tf.setBackend("simd");
  process.getBuiltinModule = (() => ({
    Worker: class {
      constructor() {
        throw new TypeError("not here");
      }
    },
  })) as unknown as typeof getBuiltinModule;
  try {
    assert.equal(backendInfo()?.threads, 3);
    assert.equal(
      tf.tidy(() => tf.matMul(tf.ones([300, 200]), tf.ones([200, 100])).dataSync()[9]),
      200,
    );
    const { threads, stepsDown } = backendInfo()!;
    assert.equal(threads, 1);
    assert.deepEqual(stepsDown.map(({ lost }) => lost), ["threads"]);
    assert.match(stepsDown[0].reason, /cannot be started here.*not here/);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

Deno.test("backendInfo() says nothing of a backend before the one that is registered", async () => {
  registerSimdBackend({ threads: 3 });
  await tf.setBackend("simd");
  (tf.backend() as SimdBackend).dispose();
  assert.equal(backendInfo()?.threads, 1);
  registerSimdBackend({ threads: 2 });
  assert.deepEqual(backendInfo()?.stepsDown, []);
});

Deno.test("simd works on one thread where a shared memory cannot be reserved, and says so", async () => {
  const { Memory } = WebAssembly;
  registerSimdBackend({ threads: 4 });
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (descriptor.shared) throw new RangeError("could not allocate memory");
      super(descriptor);
    }
  };
  try {
    assert.equal(await tf.setBackend("simd"), true);
  } finally {
    WebAssembly.Memory = Memory;
  }
  assert.equal(
    tf.tidy(() => tf.matMul(tf.ones([300, 200]), tf.ones([200, 100])).dataSync()[9]),
    200,
  );
  const { threads, sharedMemory, stepsDown } = backendInfo()!;
  assert.deepEqual({ threads, sharedMemory }, { threads: 1, sharedMemory: false });
  assert.match(stepsDown[0].reason, /^Cannot reserve a memory that may grow to 4096\.0 MiB: /);
});

Deno.test("registerSimdBackend() without WebAssembly is the CPU backend by another name", async () => {
  const info = registerSimdBackend({ webAssembly: false });
  await tf.setBackend("simd");
  assert.ok(!(tf.backend() instanceof SimdBackend));
  assert.equal(tf.getKernel("MixtapeDenseForward", "simd"), undefined);
  assert.deepEqual(info.stepsDown, [{
    lost: "WebAssembly",
    reason: "switched off by options.webAssembly",
  }]);
  assert.deepEqual(printed(() => tf.ones([2]).dispose()), []);
});

Deno.test("backendInfo() of another copy of the package describes what is registered", async () => {
  const info = registerSimdBackend({ threads: 1, shared: false });
  const copy: typeof import("./register.ts") = await import(
    `${import.meta.resolve("./register.ts")}?copy`
  );
  assert.deepEqual(copy.backendInfo(), info);
  assert.notEqual(copy.backendInfo, backendInfo);
});
