import assert from "node:assert/strict";
import type { Float64Product } from "@mixtape/operations";
import { SimdRuntime } from "../runtime.ts";
import { product64 } from "./product64.ts";
import { guardMemory } from "../testing/guard_memory.ts";

guardMemory();

function values(size: number, phase: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + phase));
}

function taskOf(
  m: number,
  n: number,
  k: number,
  more: Partial<Float64Product> = {},
): Float64Product {
  return { a: values(m * k, 0), b: values(k * n, 1), m, n, k, ...more };
}

const two = new SimdRuntime({ threads: 2, shared: true, relaxed: true });

Deno.test("product64() gives the same bits on one thread and on two, and holds no memory", () => {
  const one = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  for (const [m, n, k] of [[203, 131, 517], [7, 1000, 600], [1000, 3, 64], [64, 256, 1024]]) {
    for (const more of [{ transposeA: true }, { transposeB: true }]) {
      const task = taskOf(m, n, k, more);
      assert.deepEqual(product64(two, task), product64(one, task));
    }
  }
  assert.equal(one.memory.heldRegions, 0);
});

Deno.test("product64() computes the same without relaxed SIMD or shared memory, but for rounding", () => {
  const task = taskOf(41, 23, 100);
  const expected = product64(two, task);
  for (const setting of [{ shared: true, relaxed: false }, { shared: false, relaxed: true }]) {
    const actual = product64(new SimdRuntime({ threads: 2, ...setting }), task);
    actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= 1e-14 * 100));
  }
});

Deno.test("product64() leaves out what lies above the diagonal, if it may, and nothing else", () => {
  const n = 83;
  const task = taskOf(n, n, 50);
  const whole = product64(two, task);
  const lower = product64(two, { ...task, lower: true });
  for (let i = 0; i < n; i++) {
    assert.deepEqual(lower.slice(i * n, i * n + i + 1), whole.slice(i * n, i * n + i + 1));
  }
});

Deno.test("product64() of nothing is empty, a sum of nothing is zero", () => {
  for (const [m, n, k] of [[0, 3, 2], [3, 0, 2], [2, 2, 0]]) {
    assert.deepEqual(product64(two, taskOf(m, n, k)), new Float64Array(m * n));
    const addTo = values(m * n, 2);
    assert.deepEqual(product64(two, taskOf(m, n, k, { addTo: addTo.slice() })), addTo);
  }
});

Deno.test("product64() works above 2 GiB", () => {
  const high = new SimdRuntime({ threads: 2, shared: true, relaxed: true });
  high.memory.allocate(3 * 2 ** 30);
  const task = taskOf(90, 33, 100, { transposeB: true });
  assert.deepEqual(product64(high, task), product64(two, task));
});
