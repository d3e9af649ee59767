import type { KernelArguments, SimdKernel } from "../kernel.ts";
import { mixture } from "../module/mixture.ts";
import type { SimdRuntime } from "../runtime.ts";
import { MixtureBounds } from "./mixture_bounds.ts";
import {
  type MixtureLayout,
  mixtureLayout,
  packFactors,
  type PlainMoments,
  spreadColumns,
} from "./mixture_layout.ts";

/** Slots of partial sums: enough to share out evenly, few enough to add up quickly. */
const MOST_SLOTS = 32;
/** Large problems get fewer slots, so that their sums keep within this. */
const SLOT_BUDGET = 2 ** 28;

/** Means as the kernel takes them, see `FramedMeans` in tensor-utils. */
interface Means {
  readonly k: number;
  readonly means: Float32Array;
  readonly meanErrors: Float64Array;
}

/** A mixture as the kernel takes it, see `FramedFactors` in tensor-utils. */
interface Factors extends Means {
  readonly constants: Float32Array;
  readonly precisionFactors: Float32Array;
  readonly offsets: Float32Array;
}

/** What the kernel is run on. */
interface Job {
  readonly name: "step" | "logDensities" | "responsibilities";
  readonly means: Means;
  /** The mixture, where responsibilities are to be computed. */
  readonly factors?: Factors;
  /** Responsibilities, where they are given. */
  readonly given?: Float32Array;
  readonly bounds?: readonly number[];
  readonly outputBytes: number;
  readonly blocks: number;
}

/** Data in WebAssembly memory and the passes over it: `FramedMixture` in tensor-utils. */
class SimdMixture {
  readonly #runtime: SimdRuntime;
  readonly #layout: MixtureLayout;
  readonly #rows: number;
  readonly #bounds: MixtureBounds;

  constructor({ attrs: { values, rows, columns, covariance }, backend }: KernelArguments) {
    this.#runtime = backend.runtime;
    const { memory } = this.#runtime;
    this.#layout = mixtureLayout(rows, columns, covariance);
    this.#bounds = new MixtureBounds(memory, this.#layout);
    const { stride } = this.#layout;
    this.#rows = memory.place(spreadColumns(values, columns, stride, 1)).address;
  }

  moments(given: Float32Array, means: Means): PlainMoments {
    return this.#gather({ name: "step", means, given });
  }

  step(factors: Factors): PlainMoments {
    const bounds = this.#bounds.begin(factors);
    const moments = this.#gather({ name: "step", means: factors, factors, bounds });
    this.#bounds.end(factors);
    return moments;
  }

  logDensity(factors: Factors): Float32Array {
    return this.#score("logDensities", factors, this.#layout.rows);
  }

  responsibilities(factors: Factors): Float32Array {
    return this.#score("responsibilities", factors, this.#layout.rows * factors.k);
  }

  [Symbol.dispose](): void {
    this.#bounds.free();
    this.#runtime.memory.free(this.#rows);
  }

  /** Adds up the slots that the chunks are shared out to, in their order. */
  #gather(job: Omit<Job, "outputBytes" | "blocks">): PlainMoments {
    const { chunks, slotLength, unpackMoments } = this.#layout;
    const length = slotLength(job.means.k);
    const affordable = Math.max(1, Math.floor(SLOT_BUDGET / (8 * length)));
    const slots = Math.min(MOST_SLOTS, affordable, chunks);
    return this.#run({ ...job, outputBytes: 8 * slots * length, blocks: slots }, (output) => {
      const partial = this.#runtime.memory.float64(output, slots * length);
      const total = partial.slice(0, length);
      for (let first = length; first < partial.length; first += length) {
        for (let i = 0; i < length; i++) total[i] += partial[first + i];
      }
      return unpackMoments(total, job.means.k);
    });
  }

  #score(name: Job["name"], factors: Factors, length: number): Float32Array {
    const blocks = this.#layout.chunks;
    const job = { name, means: factors, factors, outputBytes: 4 * length, blocks };
    return this.#run(job, (output) => this.#runtime.memory.float32(output, length).slice());
  }

  /** Runs a job with everything it needs in memory, and frees that. */
  #run<T>(job: Job, read: (output: number) => T): T {
    const { memory, threads } = this.#runtime;
    const held: number[] = [];
    const hold = (address: number) => {
      held.push(address);
      return address;
    };
    const place = (values?: Float32Array) => values ? hold(memory.place(values).address) : 0;
    const { name, means: { k, means }, factors, given, bounds, outputBytes, blocks } = job;
    const { rows, columns, stride, triangles, scratchBytes, slotLength } = this.#layout;
    const packed = factors && packFactors(factors.precisionFactors, this.#layout, k);
    try {
      const output = hold(memory.allocate(outputBytes));
      this.#runtime.run(mixture, name, [
        this.#rows,
        rows,
        columns,
        stride,
        k,
        Number(triangles),
        place(factors?.constants),
        place(spreadColumns(means, columns, stride, 0)),
        place(packed?.values),
        packed?.bytesPerComponent ?? 0,
        place(factors?.offsets),
        output,
        hold(memory.allocate(scratchBytes(k) * threads)),
        scratchBytes(k),
        blocks,
        8 * slotLength(k),
        ...(bounds ?? MixtureBounds.none),
        place(given),
      ], blocks);
      return read(output);
    } finally {
      held.forEach((address) => memory.free(address));
    }
  }
}

/** Kernels of Gaussian mixtures. */
export const mixtureKernels: readonly SimdKernel[] = [
  { kernelName: "MixtapeMixture", kernelFunc: (call) => new SimdMixture(call) },
];
