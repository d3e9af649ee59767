import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { SimdBackend } from "./backend.ts";
import { backendInfo, registerSimdBackend } from "./register.ts";

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

Deno.test("registerSimdBackend() without WebAssembly is the CPU backend by another name", async () => {
  const info = registerSimdBackend({ webAssembly: false });
  await tf.setBackend("simd");
  assert.ok(!(tf.backend() instanceof SimdBackend));
  assert.equal(tf.getKernel("MixtapeDenseForward", "simd"), undefined);
  assert.deepEqual(info.stepsDown, [{
    lost: "WebAssembly",
    reason: "switched off by options.webAssembly",
  }]);
});
