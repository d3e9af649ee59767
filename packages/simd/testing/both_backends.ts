import { assertAllClose } from "@mixtape/tensor-utils/testing";
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import type { SimdBackendOptions } from "../backend_info.ts";
import { registerSimdBackend } from "../register.ts";

/** Ways in which the backend may be set up. */
const SETTINGS: Readonly<Record<string, SimdBackendOptions>> = {
  "two threads": { threads: 2 },
  "one thread": { threads: 1 },
  "plain SIMD": { threads: 2, relaxed: false },
  "unshared memory": { threads: 2, shared: false },
  "no WebAssembly": { webAssembly: false },
};

/** Computes the same on both backends. */
export type Compute = () => tf.Tensor | tf.Tensor[];

/** Values that repeat but have no pattern: `scale` times something in [-1, 1]. */
export function wave(shape: number[], scale = 1, phase = 0): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const values = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(i * 1.7 + phase));
  return tf.tensor(values, shape);
}

/** 7 × 13 of them. */
export const matrix = (): tf.Tensor2D => wave([7, 13]) as tf.Tensor2D;

/**
 * Declares that `simd`, however it is set up, gives what the CPU backend gives.
 *
 * @param what The things compared, for the test title, as in "results".
 * @param computations Computations by name; a list of tensors is compared one by one.
 */
export function sameAsCpu(what: string, computations: Readonly<Record<string, Compute>>): void {
  for (const [setting, options] of Object.entries(SETTINGS)) {
    Deno.test(`simd with ${setting} gives the CPU backend's ${what}`, async (t) => {
      registerSimdBackend(options);
      for (const [name, compute] of Object.entries(computations)) {
        await t.step(name, () => assertSame(name, compute));
      }
    });
  }
}

async function assertSame(name: string, compute: Compute): Promise<void> {
  const expected = await valuesOn("cpu", compute);
  const actual = await valuesOn("simd", compute);
  assert.equal(actual.length, expected.length);
  actual.forEach(({ values, ...kind }, i) => {
    const { values: expectedValues, ...expectedKind } = expected[i];
    assert.deepEqual(kind, expectedKind, name);
    assertAllClose(values, expectedValues, { rtol: 1e-5, atol: 2e-6 });
  });
}

async function valuesOn(backend: string, compute: Compute) {
  await tf.setBackend(backend);
  return tf.tidy(() =>
    [compute()].flat().map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...tensor.dataSync()],
    }))
  );
}
