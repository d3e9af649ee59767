import type { KernelArguments, SimdKernel } from "../kernel.ts";
import { mixture } from "../module/mixture.ts";
import type { SimdRuntime } from "../runtime.ts";
import { type MixtureLayout, mixtureLayout, packFactors, spreadColumns } from "./mixture_layout.ts";

/** As in kernels/mixture/problem.ts. */
const CHUNK = 512;
/** Slots of partial sums: enough to share out evenly, few enough to add up quickly. */
const MOST_SLOTS = 32;
/** Large problems get fewer slots, so that their sums keep within this. */
const SLOT_BUDGET = 2 ** 28;

/** A mixture as its kernel takes it, see `FramedFactors` in tensor-utils. */
interface Factors {
  readonly k: number;
  readonly constants: Float32Array;
  readonly means: Float32Array;
  readonly precisionFactors: Float32Array;
  readonly offsets: Float32Array;
}

interface Moments {
  readonly logLikelihood: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly scatter: Float64Array;
}

type MixtureFunction = "step" | "logDensities" | "responsibilities";

/** Data in WebAssembly memory and the passes over it: `FramedMixture` in tensor-utils. */
class SimdMixture {
  readonly #runtime: SimdRuntime;
  readonly #layout: MixtureLayout;
  readonly #rows: number;

  constructor({ attrs: { values, rows, columns, covariance }, backend }: KernelArguments) {
    this.#runtime = backend.runtime;
    const { memory } = this.#runtime;
    this.#layout = mixtureLayout(rows, columns, covariance);
    const { stride } = this.#layout;
    this.#rows = memory.allocate(4 * rows * stride);
    spreadColumns(values, columns, stride, 1, memory.float32(this.#rows, rows * stride));
  }

  step(factors: Factors): Moments {
    const { rows, slotLength } = this.#layout;
    const length = slotLength(factors.k);
    const affordable = Math.max(1, Math.floor(SLOT_BUDGET / (8 * length)));
    const slots = Math.min(MOST_SLOTS, affordable, Math.ceil(rows / CHUNK));
    return this.#pass("step", factors, 8 * slots * length, slots, (address) => {
      const partial = this.#runtime.memory.float64(address, slots * length);
      const total = partial.slice(0, length);
      for (let first = length; first < partial.length; first += length) {
        for (let i = 0; i < length; i++) total[i] += partial[first + i];
      }
      return this.#layout.unpackMoments(total, factors.k);
    });
  }

  logDensity(factors: Factors): Float32Array {
    const { rows } = this.#layout;
    return this.#pass("logDensities", factors, 4 * rows, Math.ceil(rows / CHUNK), (address) => {
      return this.#runtime.memory.float32(address, rows).slice();
    });
  }

  responsibilities(factors: Factors): Float32Array {
    const length = this.#layout.rows * factors.k;
    const blocks = Math.ceil(this.#layout.rows / CHUNK);
    return this.#pass("responsibilities", factors, 4 * length, blocks, (address) => {
      return this.#runtime.memory.float32(address, length).slice();
    });
  }

  [Symbol.dispose](): void {
    this.#runtime.memory.free(this.#rows);
  }

  /** Runs a kernel function with everything it needs in memory, and frees that. */
  #pass<T>(
    name: MixtureFunction,
    factors: Factors,
    outputBytes: number,
    blocks: number,
    read: (output: number) => T,
  ): T {
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
