import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { OperationName } from "@mixtape/operations";
import { registerSimdBackend } from "@mixtape/simd";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import { useBackend } from "../backend.ts";
import { hasAdapter, startWebGpu } from "../../webgpu/testing/adapter.ts";
import { testRounds } from "./test_rounds.ts";

/**
 * A backend in one configuration, on which named operations are compared with their plain
 * references.
 */
export interface ConformanceBackend {
  /** Label in the names of tests. */
  readonly label: string;
  /** True if it runs here; otherwise its tests are ignored, by name. */
  readonly present: boolean;
  /** Number of random cases to try: few if each takes long. */
  readonly cases: number;
  /**
   * Error of its exp and log beyond a few units in the last place. On a graphics processor, exp is
   * within 3 + 2|x| units and log within 2⁻²¹ near 1 (WebGPU Shading Language, accuracy of built-in
   * functions).
   */
  readonly functionError: number;
  /** Makes TensorFlow.js compute on it. */
  readonly use: () => Promise<void>;
}

/** All backends that named operations are to run on. */
export const conformanceBackends: readonly ConformanceBackend[] = [
  {
    label: "cpu",
    present: true,
    cases: testRounds(40),
    functionError: 0,
    use: async () => void await useBackend("cpu"),
  },
  // One thread and two give the same bits, which conformThreads() tests: each kind runs on either, unless there is
  // time for all.
  ...testRounds(2) < 2
    ? [simd(2, true), simd(1, false)]
    : [simd(1, true), simd(2, true), simd(1, false), simd(2, false)],
  {
    label: "webgpu (stock operations)",
    present: hasAdapter,
    cases: testRounds(5),
    functionError: 2 ** -21,
    use: useStockWebGpu,
  },
  {
    label: "webgpu",
    present: hasAdapter,
    cases: testRounds(5),
    functionError: 2 ** -21,
    use: useWebGpu,
  },
];

/** Named operations that suites declare tests of. */
export interface Declared {
  /** Those that {@linkcode conform} holds to a reference. */
  readonly references: Set<OperationName>;
  /** Those that {@linkcode conformThreads} holds to their bits. */
  readonly threads: Set<OperationName>;
}

let noted: Declared | undefined;

/**
 * Notes the tests that suites declare, instead of declaring them.
 *
 * @param load Imports the suites.
 * @returns The operations that they test.
 */
export async function declaredBy(load: () => Promise<unknown>): Promise<Declared> {
  const declared = noted = { references: new Set(), threads: new Set() };
  await load().finally(() => noted = undefined);
  return declared;
}

/**
 * Declares a test of a named operation on each of the {@linkcode conformanceBackends}.
 *
 * @param operation Name of the operation, for example `MixtapeLloyd`.
 * @param claim The property under test, as a verb phrase.
 * @param check The test; the backend is current when it runs.
 */
export function conform(
  operation: OperationName,
  claim: string,
  check: (backend: ConformanceBackend) => unknown,
): void {
  if (noted) return void noted.references.add(operation);
  for (const backend of conformanceBackends) {
    Deno.test({
      name: `${operation} on ${backend.label} ${claim}`,
      ignore: !backend.present,
      fn: async () => {
        await backend.use();
        await check(backend);
      },
    });
  }
}

/**
 * Declares the test that a named operation gives the same bits on one thread and on two.
 *
 * @param operation Name of the operation.
 * @param compute Computes its result on some input, large enough to be divided among threads.
 * @param variant Name of the test among several of this kind.
 */
export function conformThreads(
  operation: OperationName,
  compute: () => unknown,
  variant?: string,
): void {
  if (noted) return void noted.threads.add(operation);
  for (const relaxed of [true, false]) {
    const kind = relaxed ? "relaxed" : "plain";
    const claim = `gives the same bits on 1 and 2 threads${variant ? `, ${variant}` : ""}`;
    Deno.test(`${operation} on simd (${kind}) ${claim}`, async () => {
      await simd(1, relaxed).use();
      const alone = copyOf(await compute());
      await simd(2, relaxed).use();
      // The assignment of blocks to threads differs from run to run.
      for (let run = 0; run < testRounds(3); run++) assert.deepEqual(await compute(), alone);
    });
  }
}

function simd(threads: number, relaxed: boolean): ConformanceBackend {
  return {
    label: `simd (${threads} ${threads === 1 ? "thread" : "threads"}, ${
      relaxed ? "relaxed" : "plain"
    })`,
    present: true,
    cases: testRounds(40),
    functionError: 0,
    use: async () => {
      const info = registerSimdBackend({ threads, relaxed });
      assert.deepEqual([info.threads, info.relaxedSimd], [threads, relaxed], "simd stepped down");
      await tf.setBackend("simd");
    },
  };
}

async function useWebGpu(): Promise<void> {
  registerWebGpuBackend();
  await useBackend("webgpu");
  await startWebGpu(); // takes small problems, too
}

/** Leaves no kernel of a named operation, so that references run on TensorFlow.js's kernels. */
async function useStockWebGpu(): Promise<void> {
  await useWebGpu();
  for (const { kernelName } of tf.getKernelsForBackend("webgpu")) {
    if (kernelName.startsWith("Mixtape")) tf.unregisterKernel(kernelName, "webgpu");
  }
}

/** Copies arrays: a view of shared memory would change together with its counterpart. */
function copyOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice();
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
