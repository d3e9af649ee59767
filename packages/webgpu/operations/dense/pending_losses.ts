import type { Gpu } from "../../gpu.ts";

/** Steps whose losses are read at the same time: a read takes 10 ms or more in Deno. */
export const STEPS_PER_READ = 32;

/** A step whose loss is on the device. */
interface PendingStep {
  readonly at: number;
  readonly end: number;
  readonly rows: number;
  readonly resolve: (loss: number) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Losses of steps, kept on the device until enough have gathered, or until the event loop turns,
 * since then no further step may come.
 */
export class PendingLosses implements Disposable {
  /** Sums of losses, one per workgroup and step. */
  readonly buffer: GPUBuffer;
  readonly #gpu: Gpu;
  #steps: PendingStep[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Makes room for steps of at most `sums` sums each. */
  constructor(gpu: Gpu, sums: number) {
    this.#gpu = gpu;
    this.buffer = gpu.storage(4 * STEPS_PER_READ * sums);
  }

  /** Index of the next sum. */
  get end(): number {
    return this.#steps.at(-1)?.end ?? 0;
  }

  /**
   * Submits the commands of a step.
   *
   * @param encoder The commands, which leave `sums` sums from {@linkcode PendingLosses.end} on.
   * @returns The mean loss of its rows.
   */
  submit(encoder: GPUCommandEncoder, sums: number, rows: number): Promise<number> {
    const at = this.end;
    const loss = new Promise<number>((resolve, reject) => {
      this.#steps.push({ at, end: at + sums, rows, resolve, reject });
    });
    // Whoever awaits it is told; a training that is given up is not awaited.
    loss.catch(() => {});
    if (this.#steps.length === STEPS_PER_READ) {
      this.#read(encoder);
    } else {
      this.#gpu.submit(encoder);
      this.#timer ??= setTimeout(() => this.flush(), 0);
    }
    return loss;
  }

  /** Reads what there is. */
  flush(): void {
    if (this.#steps.length > 0) this.#read(this.#gpu.device.createCommandEncoder());
  }

  /** Frees the buffer; losses that were not read fail. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.buffer.destroy();
    const reason = new TypeError("Cannot read a loss: the training was disposed of");
    this.#steps.forEach(({ reject }) => reject(reason));
    this.#steps = [];
  }

  async #read(encoder: GPUCommandEncoder): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const bytes = 4 * this.end;
    const steps = this.#steps;
    this.#steps = [];
    const staging = this.#gpu.staging(bytes);
    try {
      encoder.copyBufferToBuffer(this.buffer, 0, staging, 0, bytes);
      const sums = new Float32Array(await this.#gpu.read(encoder, staging, bytes));
      for (const { at, end, rows, resolve } of steps) {
        resolve(sums.subarray(at, end).reduce((total, sum) => total + sum, 0) / rows);
      }
    } catch (error) {
      steps.forEach(({ reject }) => reject(error));
    } finally {
      staging.destroy();
    }
  }
}
