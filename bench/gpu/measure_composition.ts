import process from "node:process";
import { useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Problem, problemsOf } from "./problems.ts";

/** Processor time of a kernel beside that of the composition of stock operations that it stands for. */
export interface CompositionRow {
  /** Name of the operation. */
  readonly operation: string;
  /** Size of the problem, in words. */
  readonly problem: string;
  /** Milliseconds of all threads per step by the kernel, the smallest of some runs. */
  readonly kernelMs: number;
  /** The same by the composition. */
  readonly compositionMs: number;
}

/** Runs of each, in turn, after one that compiles. */
const RUNS = 2;

/**
 * Measures processor time of small problems on `webgpu`, by kernels and by compositions of
 * TensorFlow.js's operations. On an adapter of software that is all the time there is. Mixtures are
 * left out: theirs is a plain loop in float64.
 *
 * @param onProgress Is told what was measured.
 * @param signal Aborts between two problems.
 * @throws {BackendUnavailableError} If there is no adapter.
 */
export async function measureComposition(
  onProgress: (row: CompositionRow) => void,
  signal: AbortSignal,
): Promise<void> {
  registerWebGpuBackend();
  for (const problem of problemsOf(true)) {
    const { operation, problem: size } = problem;
    if (operation === "MixtapeMixture") continue;
    const times = { kernel: Infinity, composition: Infinity };
    for (let run = 0; run <= RUNS; run++) {
      for (const kind of ["kernel", "composition"] as const) {
        signal.throwIfAborted();
        const ms = await processorMs(problem, kind === "composition");
        if (run > 0) times[kind] = Math.min(times[kind], ms);
      }
    }
    const { kernel, composition } = times;
    onProgress({ operation, problem: size, kernelMs: kernel, compositionMs: composition });
  }
}

async function processorMs({ open, steps }: Problem, isComposed: boolean): Promise<number> {
  // Each time it lends kernels to the backend again.
  await useBackend("webgpu");
  Object.assign(tf.backend(), { leavesSmall: false });
  const kernels = isComposed ? takeKernels() : [];
  try {
    using opened = await open();
    const before = process.cpuUsage();
    await opened.run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / steps;
  } finally {
    kernels.forEach((kernel) => tf.registerKernel(kernel));
  }
}

/** Takes the kernels of named operations away from the backend, so that references compose theirs. */
function takeKernels(): tf.KernelConfig[] {
  const kernels = tf.getKernelsForBackend("webgpu").filter(({ kernelName }) =>
    kernelName.startsWith("Mixtape")
  );
  kernels.forEach(({ kernelName }) => tf.unregisterKernel(kernelName, "webgpu"));
  return kernels;
}
