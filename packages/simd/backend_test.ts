import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import type { SimdBackend } from "./backend.ts";
import { registerSimdBackend } from "./register.ts";

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
