import type { MatrixValues, MixtureMoments, MixtureTerms } from "@mixtape/operations";
import { type Gpu, grid, type Kernel } from "../../gpu.ts";
import {
  BLOCK_ROWS,
  FRAME_BYTES,
  MASK_WORDS,
  mixtureBindings,
} from "../../kernels/mixture/frame.ts";
import { mixtureStep } from "../../kernels/mixture/step.ts";
import { mixtureTotal, TOTAL_THREADS } from "../../kernels/mixture/total.ts";
import {
  givenRoundsOf,
  type Launch,
  type MixtureSizes,
  mostWorkersOf,
  roundsOf,
} from "./layout.ts";
import type { MixtureRows } from "./mixture_rows.ts";
import { plus, readMoments } from "./sums.ts";
import { packTerms } from "./terms.ts";
import { writeFrame } from "./write_frame.ts";

/** Input of a step. */
export interface StepInput {
  /** The mixture; undefined if shares are given. */
  readonly terms?: MixtureTerms;
  /** Responsibilities, n×k, if they are given. */
  readonly given?: MatrixValues;
  /** Points that moments are taken about, k × d. */
  readonly about: Float64Array;
  /** Logarithm of the least density, relative to the largest of a row, that counts. */
  readonly least: number;
}

/** Buffers and commands of steps with a number of components. */
export class StepBuffers implements Disposable {
  /** Sizes that the buffers are for. */
  readonly sizes: MixtureSizes;
  readonly #gpu: Gpu;
  readonly #rows: MixtureRows;
  readonly #terms: GPUBuffer;
  readonly #shares: GPUBuffer;
  readonly #masks: GPUBuffer;
  readonly #found: GPUBuffer;
  readonly #total: GPUBuffer;
  readonly #nothing: GPUBuffer;

  /** Allocates what a number of components needs. */
  constructor(gpu: Gpu, rows: MixtureRows, sizes: MixtureSizes) {
    this.#gpu = gpu;
    this.#rows = rows;
    this.sizes = sizes;
    const { k, vectors } = sizes;
    const { ofLaunch, ofRound } = mostWorkersOf(rows.blocks, sizes);
    const about = new Float64Array(k * sizes.d);
    this.#terms = gpu.storage(packTerms(sizes, about).values.byteLength);
    this.#shares = gpu.storage(8 * k * BLOCK_ROWS * ofLaunch);
    this.#masks = gpu.storage(4 * k * MASK_WORDS * ofLaunch);
    this.#found = gpu.storage(32 * vectors * ofRound);
    this.#total = gpu.storage(32 * vectors);
    this.#nothing = gpu.storage(16);
  }

  /**
   * Takes a step; rows that kernels skip do not count.
   *
   * @param input The mixture or responsibilities, and the points.
   * @param check Throws if the step is no longer wanted.
   */
  async run(input: StepInput, check: () => void): Promise<MixtureMoments> {
    const packed = packTerms(this.sizes, input.about, input.terms);
    this.#gpu.write(this.#terms, packed.values);
    let moments: MixtureMoments | undefined;
    const { blocks } = this.#rows;
    const rounds = input.given ? givenRoundsOf(blocks, this.sizes) : roundsOf(blocks, this.sizes);
    for (const launches of rounds) {
      const next = await this.#runRound(launches, input, packed);
      check();
      moments = moments ? plus(moments, next) : next;
    }
    return moments!;
  }

  /** Frees all buffers. */
  [Symbol.dispose](): void {
    [this.#terms, this.#shares, this.#masks, this.#found, this.#total, this.#nothing]
      .forEach((buffer) => buffer.destroy());
  }

  async #runRound(
    launches: readonly Launch[],
    { given, least }: StepInput,
    { factorsAt, stride }: { factorsAt: number; stride: number },
  ): Promise<MixtureMoments> {
    const gpu = this.#gpu;
    const { vectors } = this.sizes;
    const own: GPUBuffer[] = [];
    const keep = (buffer: GPUBuffer) => {
      own.push(buffer);
      return buffer;
    };
    try {
      const encoder = gpu.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      const dispatch = (kernel: Kernel, buffers: GPUBuffer[], groups: [number, number]) => {
        pass.setPipeline(kernel.pipeline);
        pass.setBindGroup(0, gpu.bind(kernel, buffers));
        pass.dispatchWorkgroups(...groups);
      };
      const { factors } = this.sizes;
      const code = mixtureStep({ factors, numbers: this.#rows.numbers }, given !== undefined);
      const step = gpu.kernel(code, mixtureBindings);
      let before = 0;
      for (const launch of launches) {
        const frame = keep(gpu.uniform(FRAME_BYTES));
        writeFrame(gpu, frame, this.sizes, { ...launch, before, least, factorsAt, stride });
        const shares = given ? keep(this.#given(launch, given)) : this.#nothing;
        const { buffer } = this.#rows.parts[launch.part];
        const buffers = [
          buffer,
          this.#terms,
          this.#shares,
          this.#masks,
          this.#found,
          shares,
          frame,
        ];
        dispatch(step, buffers, [launch.workers, 1]);
        before += launch.workers;
      }
      const frame = keep(gpu.uniform(16));
      gpu.write(frame, Uint32Array.of(before, vectors));
      const total = gpu.kernel(mixtureTotal, ["read", "write", "uniform"]);
      dispatch(total, [this.#found, this.#total, frame], grid(Math.ceil(vectors / TOTAL_THREADS)));
      pass.end();
      const staging = keep(gpu.staging(32 * vectors));
      encoder.copyBufferToBuffer(this.#total, 0, staging, 0, 32 * vectors);
      return readMoments(new Float64Array(await gpu.read(encoder, staging)), this.sizes);
    } finally {
      own.forEach((buffer) => buffer.destroy());
    }
  }

  /** Uploads the responsibilities of the rows of a launch. */
  #given({ part, first, blocks }: Launch, given: MatrixValues): GPUBuffer {
    const { k } = this.sizes;
    const { start, rows } = this.#rows.parts[part];
    const begin = start + first * BLOCK_ROWS;
    const end = start + Math.min(rows, (first + blocks) * BLOCK_ROWS);
    const buffer = this.#gpu.storage(8 * k * (end - begin));
    this.#gpu.write(buffer, Float64Array.from(given.subarray(k * begin, k * end)));
    return buffer;
  }
}
