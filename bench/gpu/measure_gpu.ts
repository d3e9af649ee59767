import {
  type BackendInfo,
  type HostMatrix,
  nearest,
  openLloyd,
  openMixture,
  openNeighbors,
  openPlusPlus,
  useBackend,
} from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Machine, readMachine } from "../core/machine.ts";
import { DeviceClock } from "./device_clock.ts";
import { networkProblems } from "./network_problems.ts";

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
  /** True if problems are small. */
  readonly quick: boolean;
  /** The measured operations. */
  readonly rows: readonly GpuRow[];
}

/** A problem on a backend: takes the steps of a run. */
type Opened = Disposable & { readonly run: () => Promise<void> };

/** A problem that is solved on one backend after the other. */
export interface Problem {
  readonly operation: string;
  readonly problem: string;
  /** Number of steps of a run. */
  readonly steps: number;
  /** Prepares the problem on the backend in use; the function that it returns takes the steps. */
  readonly open: () => Opened | Promise<Opened>;
}

/** Runs of each problem on each backend, after one that compiles. */
const RUNS = 3;
/** Milliseconds for all problems; each has its share of what is left, half of it on each backend. */
const MOST = 270_000;

/**
 * Measures the kernels of `webgpu` beside those of `simd`, in turn.
 *
 * @param quick True for small problems.
 * @param onProgress Is told what was measured.
 * @param signal Aborts between two problems.
 * @returns The times.
 * @throws {BackendUnavailableError} If there is no adapter.
 */
export async function measureGpu(
  quick: boolean,
  onProgress: (row: GpuRow) => void,
  signal: AbortSignal,
): Promise<GpuResults> {
  registerWebGpuBackend();
  const software = (await useBackend("auto")).name !== "webgpu";
  const { adapter, features } = await useBackend("webgpu");
  const { threads } = await useBackend("simd");
  const rows: GpuRow[] = [];
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

function problemsOf(quick: boolean): Problem[] {
  const scale = quick ? 20 : 1;
  const images = digits(60_000 / scale, 784);
  const numbers: HostMatrix = {
    ...images,
    values: Float32Array.from(images.values, (v) => v / 255),
  };
  const narrow = cloud(1_000_000 / scale, 4);
  const weights = Float64Array.from({ length: narrow.shape[0] }, (_, i) => 1 / (1 + i % 7));
  const many = cloud(60_000 / scale, 64);
  return [
    lloyd("bytes", images, 10),
    lloyd("float32", numbers, 10),
    lloyd("float32", narrow, 16),
    lloyd("float32, weights", narrow, 16, weights),
    lloyd("float32", many, quick ? 100 : 1000),
    mixture("full", cloud(60_000 / scale, 25), 20),
    mixture("spherical", cloud(1_700_000 / scale, 25), 10),
    plusPlus("bytes", images),
    plusPlus("float32", numbers),
    {
      ...{ operation: "MixtapeNearest", problem: sizes("float32", many, 100), steps: 1 },
      open: () => ({
        run: async () => void await nearest(many, startOf(many, 100), 100),
        [Symbol.dispose]: () => {},
      }),
    },
    neighbors(many, quick ? 100 : 10_000),
    ...networkProblems("bytes", images, sourceOf(3)),
    ...networkProblems("float32", numbers, sourceOf(3)),
  ];
}

/** Sixteen steps of Lloyd's algorithm from the first rows. */
function lloyd(kind: string, x: HostMatrix, k: number, weights?: Float64Array): Problem {
  const steps = 16;
  const open = () => {
    const session = openLloyd(x, weights);
    const run = async () => {
      session.reset();
      let centroids = startOf(x, k);
      for (let step = 0; step < steps; step++) {
        const { sums, counts } = await session.step(centroids);
        centroids = centroids.map((value, at) => {
          const count = counts[Math.floor(at / x.shape[1])];
          return count > 0 ? sums[at] / count : value;
        });
      }
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  return { operation: "MixtapeLloyd", problem: sizes(kind, x, k), steps, open };
}

/** Eight rounds of k-means++ with four candidates each. */
function plusPlus(kind: string, x: HostMatrix): Problem {
  const steps = 8;
  const [n] = x.shape;
  const open = () => {
    const session = openPlusPlus(x);
    const run = async () => {
      const closest = new Float64Array(n).fill(Infinity);
      await session.accept(0, closest);
      for (let round = 1; round <= steps; round++) {
        const rows = Uint32Array.from({ length: 4 }, (_, c) => (round * 7919 + c * 104729) % n);
        await session.candidates(rows, closest);
        await session.accept(rows[0], closest);
      }
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  return { operation: "MixtapePlusPlus", problem: sizes(kind, x, 4), steps, open };
}

/** Four steps of expectation-maximisation, each from the same components, whose centres are rows. */
function mixture(covariance: "full" | "spherical", x: HostMatrix, k: number): Problem {
  const steps = 4;
  const d = x.shape[1];
  const block = covariance === "full" ? d * d : 1;
  const factors = {
    k,
    logWeights: new Float64Array(k).fill(-Math.log(k)),
    means: startOf(x, k),
    // Inverse standard deviations of the data, of all components.
    precisionFactors: Float64Array.from(
      { length: k * block },
      (_, at) => at % block % (d + 1) === 0 ? Math.sqrt(12) : 0,
    ),
  };
  const open = () => {
    const session = openMixture(x, covariance);
    const run = async () => {
      for (let step = 0; step < steps; step++) await session.step(factors);
    };
    return { run, [Symbol.dispose]: () => session[Symbol.dispose]() };
  };
  const [n] = x.shape;
  const problem = `${n} × ${d}, ${covariance}, ${k} components`;
  return { operation: "MixtapeMixture", problem, steps, open };
}

/** The distances of some of the rows to their tenth nearest among all. */
function neighbors({ values, shape: [n, d] }: HostMatrix, rows: number): Problem {
  const points = Float32Array.from(values, (value) => value / Math.sqrt(d));
  const queries = Float64Array.from(points.subarray(0, rows * d));
  const open = async () => {
    const search = await openNeighbors(points, d, 10);
    const run = async () => void await search.kthDistances(queries, rows);
    return { run, [Symbol.dispose]: () => search[Symbol.dispose]() };
  };
  const problem = `${n} × ${d}, float32, ${rows} queries`;
  return { operation: "MixtapeNeighbors", problem, steps: 1, open };
}

function sizes(kind: string, { shape: [n, d] }: HostMatrix, k: number): string {
  return `${n} × ${d}, ${kind}, ${k} points`;
}

function startOf({ values, shape: [, d] }: HostMatrix, k: number): Float64Array {
  return Float64Array.from(values.subarray(0, k * d));
}

/** Bytes of which four in five are 0, as in images of digits: blurred copies of ten patterns. */
function digits(n: number, d: number): HostMatrix & { readonly values: Uint8Array } {
  const next = sourceOf(1);
  const patterns = Float64Array.from({ length: 10 * d }, () => Math.max(0, next() - 0.75) * 1000);
  const values = new Uint8Array(n * d);
  for (let i = 0; i < n; i++) {
    const first = Math.floor(10 * next()) * d;
    for (let p = 0; p < d; p++) {
      const value = patterns[first + p];
      if (value > 0) values[i * d + p] = Math.min(255, value * (0.5 + next()));
    }
  }
  return { values, shape: [n, d] };
}

/** Points without structure, so that Lloyd's algorithm goes on. */
function cloud(n: number, d: number): HostMatrix & { readonly values: Float32Array } {
  const next = sourceOf(2);
  return { values: Float32Array.from({ length: n * d }, () => next() - 0.5), shape: [n, d] };
}

function sourceOf(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
