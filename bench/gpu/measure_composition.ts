import process from "node:process";
import { useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Opened, type Problem, problemsOf } from "./problems.ts";

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
  /** The same by the reference of the operation, where that is a loop on the host. */
  readonly hostMs?: number;
}

/** Runs of each, in turn, after one that compiles. */
const RUNS = 2;

/** Opens a problem, and takes a number of steps per run. */
interface Way {
  readonly open: Problem["open"];
  readonly steps: number;
  readonly hasKernels: boolean;
}

/**
 * Measures processor time of small problems on `webgpu`, by kernels and by compositions of
 * TensorFlow.js's operations on the same device: the reference of the operation, which ran there
 * before there was a kernel. That of mixtures is a loop on the host in float64 by now, which is
 * measured, too; their composition is the one that ran before, in float32. On an adapter of
 * software processor time is all the time there is.
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
    const [kernelMs, compositionMs, hostMs] = await measureInTurn(waysOf(problem), signal);
    const { operation, problem: size } = problem;
    onProgress({ operation, problem: size, kernelMs, compositionMs, hostMs });
  }
}

/** Returns the kernel, the composition, and the loop on the host if there is one. */
function waysOf({ open, steps, compose }: Problem): Way[] {
  const reference = { open, steps, hasKernels: false };
  const composition = compose ? [{ open: compose, steps: 1, hasKernels: false }] : [];
  return [{ open, steps, hasKernels: true }, ...composition, reference];
}

async function measureInTurn(ways: readonly Way[], signal: AbortSignal): Promise<number[]> {
  const times = ways.map(() => Infinity);
  for (let run = 0; run <= RUNS; run++) {
    for (const [at, way] of ways.entries()) {
      signal.throwIfAborted();
      const ms = await processorMs(way);
      if (run > 0) times[at] = Math.min(times[at], ms);
    }
  }
  return times;
}

async function processorMs({ open, steps, hasKernels }: Way): Promise<number> {
  // Each time it lends kernels to the backend again.
  await useBackend("webgpu");
  Object.assign(tf.backend(), { leavesSmall: false });
  const kernels = hasKernels ? [] : takeKernels();
  try {
    using opened: Opened = await open();
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
