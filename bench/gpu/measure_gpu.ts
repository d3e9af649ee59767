import { type BackendInfo, useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Machine, readMachine } from "../core/machine.ts";
import { DeviceClock } from "./device_clock.ts";
import { type Problem, problemsOf } from "./problems.ts";

/** One operation on the graphics processor, beside the same on `simd`. */
export interface GpuRow {
  /** Name of the operation. */
  readonly operation: string;
  /** Size of the problem, in words. */
  readonly problem: string;
  /** Milliseconds of the device per step; null where it has no clock. */
  readonly deviceMs: number | null;
  /**
   * Milliseconds from request to answer per step on the graphics processor, the smallest of some;
   * null if there was no answer in time.
   */
  readonly gpuMs: number | null;
  /** The same on `simd`. */
  readonly simdMs: number | null;
}

/** Times of all kernels on one machine. */
export interface GpuResults {
  /** Version of this format. */
  readonly schemaVersion: 1;
  /** The processor and its memory. */
  readonly machine: Machine;
  /** The graphics processor, as it describes itself. */
  readonly adapter: string;
  /** True if the adapter is software, whose times say nothing of graphics processors. */
  readonly software: boolean;
  /** Features of the device that kernels use. */
  readonly features: readonly string[];
  /** Threads of `simd`. */
  readonly threads: number;
  /** True if problems are small, as they are on software. */
  readonly quick: boolean;
  /** The measured operations. */
  readonly rows: readonly GpuRow[];
}

/** Runs of each problem on each backend, after one that compiles. */
const RUNS = 3;
/** Milliseconds for all problems; each has its share of what is left, half of it on each backend. */
const MOST = 270_000;

/**
 * Measures the kernels of `webgpu` beside those of `simd`, in turn.
 *
 * @param isShort True for small problems; those on an adapter of software always are.
 * @param onProgress Is told what was measured.
 * @param signal Aborts between two problems.
 * @returns The times.
 * @throws {BackendUnavailableError} If there is no adapter.
 */
export async function measureGpu(
  isShort: boolean,
  onProgress: (row: GpuRow) => void,
  signal: AbortSignal,
): Promise<GpuResults> {
  registerWebGpuBackend();
  const software = (await useBackend("auto")).name !== "webgpu";
  const { adapter, features } = await useBackend("webgpu");
  const { threads } = await useBackend("simd");
  const rows: GpuRow[] = [];
  const quick = isShort || software;
  const end = performance.now() + MOST;
  const problems = problemsOf(quick);
  for (const [at, problem] of problems.entries()) {
    signal.throwIfAborted();
    // What took longer than its share, or less, leaves less to the others, or more.
    const share = Math.max(0, end - performance.now()) / (problems.length - at) / 2;
    const gpu = await timeOn("webgpu", problem, share);
    const simd = await timeOn("simd", problem, share);
    const { operation, problem: size } = problem;
    const row = {
      operation,
      problem: size,
      deviceMs: gpu.deviceMs,
      gpuMs: gpu.ms,
      simdMs: simd.ms,
    };
    rows.push(row);
    onProgress(row);
  }
  const machine = readMachine();
  return { schemaVersion: 1, machine, adapter, software, features, threads, quick, rows };
}

/** Times a problem, once or more often, for about as many milliseconds as it may take. */
async function timeOn(name: BackendInfo["name"], { open, steps }: Problem, share: number) {
  if (share === 0) return { ms: null, deviceMs: null };
  await useBackend(name);
  // What is measured is kernels, of small problems too.
  Object.assign(tf.backend(), { leavesSmall: false });
  const { device } = tf.backend() as { device?: GPUDevice };
  const isTimed = device?.features.has("timestamp-query");
  const end = performance.now() + share;
  using opened = await open();
  let ms: number | null = null;
  let deviceMs: number | null = null;
  let took = share;
  if (!await endsBy(end, opened.run())) device?.destroy(); // and with it, what it has still to do
  else {
    for (let run = 0; run < RUNS && (run === 0 || performance.now() + took < end); run++) {
      const clock = device && isTimed ? new DeviceClock(device) : undefined;
      const start = performance.now();
      const isEnded = await endsBy(end, opened.run());
      took = performance.now() - start;
      if (!isEnded) {
        clock?.abandon();
        device?.destroy();
        break;
      }
      ms = Math.min(ms ?? Infinity, took / steps);
      if (clock) deviceMs = Math.min(deviceMs ?? Infinity, await clock.stop() / steps);
    }
  }
  return { ms, deviceMs };
}

/** Waits for work until some time; tells whether it ended, and forgets it if not. */
async function endsBy(end: number, work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), Math.max(0, end - performance.now()));
  try {
    const isEnded = await Promise.race([work.then(() => true), promise]);
    if (!isEnded) work.catch(() => {});
    return isEnded;
  } finally {
    clearTimeout(timer);
  }
}
