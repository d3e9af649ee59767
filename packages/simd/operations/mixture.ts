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

/** A mixture as its kernel takes it, see `FramedFactors` in tensor-utils. */
interface Factors {
  readonly k: number;
  readonly constants: Float32Array;
  readonly means: Float32Array;
  readonly meanErrors: Float64Array;
  readonly precisionFactors: Float32Array;
  readonly offsets: Float32Array;
}

/** A job of the kernel and what it writes. */
interface Job {
  readonly name: "step" | "logDensities" | "responsibilities";
  readonly outputBytes: number;
  readonly blocks: number;
  readonly bounds?: readonly number[];
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
    this.#rows = memory.allocate(4 * rows * stride);
    spreadColumns(values, columns, stride, 1, memory.float32(this.#rows, rows * stride));
  }

  step(factors: Factors): PlainMoments {
    const { chunks, slotLength, unpackMoments } = this.#layout;
    const length = slotLength(factors.k);
    const affordable = Math.max(1, Math.floor(SLOT_BUDGET / (8 * length)));
    const slots = Math.min(MOST_SLOTS, affordable, chunks);
    const bounds = this.#bounds.begin(factors);
    const job = { name: "step", outputBytes: 8 * slots * length, blocks: slots, bounds } as const;
    return this.#run(job, factors, (output) => {
      this.#bounds.end(factors);
      const partial = this.#runtime.memory.float64(output, slots * length);
      const total = partial.slice(0, length);
      for (let first = length; first < partial.length; first += length) {
        for (let i = 0; i < length; i++) total[i] += partial[first + i];
      }
      return unpackMoments(total, factors.k);
    });
  }

  logDensity(factors: Factors): Float32Array {
    const { rows, chunks } = this.#layout;
    const job = { name: "logDensities", outputBytes: 4 * rows, blocks: chunks } as const;
    return this.#run(job, factors, (output) => {
      return this.#runtime.memory.float32(output, rows).slice();
    });
  }

  responsibilities(factors: Factors): Float32Array {
    const length = this.#layout.rows * factors.k;
    const blocks = this.#layout.chunks;
    const job = { name: "responsibilities", outputBytes: 4 * length, blocks } as const;
    return this.#run(job, factors, (output) => {
      return this.#runtime.memory.float32(output, length).slice();
    });
  }

  [Symbol.dispose](): void {
    this.#bounds.free();
    this.#runtime.memory.free(this.#rows);
  }

  /** Runs a job with everything it needs in memory, and frees that. */
  #run<T>(
    { name, outputBytes, blocks, bounds }: Job,
    factors: Factors,
    read: (output: number) => T,
  ) {
    const { memory, threads } = this.#runtime;
    const { rows, columns, stride, triangles, scratchBytes, slotLength } = this.#layout;
    const { k } = factors;
    const held: number[] = [];
    const hold = (address: number) => {
      held.push(address);
      return address;
    };
    try {
      const means = new Float32Array(k * stride);
      spreadColumns(factors.means, columns, stride, 0, means);
      const packed = packFactors(factors.precisionFactors, this.#layout, k);
      const output = hold(memory.allocate(outputBytes));
      const bytes = scratchBytes(k);
      this.#runtime.run(mixture, name, [
        this.#rows,
        rows,
        columns,
        stride,
        k,
        Number(triangles),
        hold(memory.place(factors.constants).address),
        hold(memory.place(means).address),
        hold(memory.place(packed.values).address),
        packed.bytesPerComponent,
        hold(memory.place(factors.offsets).address),
        output,
        hold(memory.allocate(bytes * threads)),
        bytes,
        blocks,
        8 * slotLength(k),
        ...(bounds ?? MixtureBounds.none),
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
