import type { Gpu } from "../../gpu.ts";
import { STEP_BYTES } from "../../kernels/dense_frame.ts";
import { denseGather, gatherGroups } from "../../kernels/dense_gather.ts";
import type { DataRows } from "./data_rows.ts";
import { type Dispatch, dispatchOf } from "./dispatch.ts";
import type { LayerInput } from "./layer_pass.ts";

/** Consecutive rows of the data on the device. */
export interface DataPart {
  /** Index of the first row. */
  readonly first: number;
  /** Number of rows. */
  readonly rows: number;
  /** The rows, as `DataRows` fills them. */
  readonly buffer: GPUBuffer;
}

/** Rows of the data by their numbers, copied to lie one after the other. */
export class BatchRows implements LayerInput, Disposable {
  /** Layout of the rows. */
  readonly data: DataRows;
  /** The rows. */
  readonly x: GPUBuffer;
  /** The frame of the step; see kernels/dense_frame.ts. */
  readonly step: GPUBuffer;
  /** Numbers of the rows of a batch, then their labels. */
  readonly batch: GPUBuffer;
  /** Copies rows. */
  readonly dispatches: readonly Dispatch[];
  readonly #frames: readonly GPUBuffer[];

  /**
   * Makes buffers.
   *
   * @param gpu The device.
   * @param data Layout of the data.
   * @param parts The data.
   * @param rows Rows that are copied at the same time.
   * @param batch Rows of a batch, at least as many.
   */
  constructor(gpu: Gpu, data: DataRows, parts: readonly DataPart[], rows: number, batch: number) {
    const { storage, quads, rowBytes } = data;
    this.data = data;
    this.x = gpu.storage(rows * rowBytes);
    this.step = gpu.uniform(STEP_BYTES);
    this.batch = gpu.storage(2 * 4 * batch);
    const gather = gpu.kernel(denseGather(storage), [
      ...["read", "read", "write", "uniform", "uniform"] as const,
    ]);
    this.#frames = parts.map(({ first, rows: count }) => {
      const frame = gpu.uniform(16);
      gpu.write(frame, Uint32Array.of(first, count, quads));
      return frame;
    });
    this.dispatches = parts.map(({ buffer }, part) => {
      const buffers = [buffer, this.batch, this.x, this.#frames[part], this.step];
      return dispatchOf(gpu, gather, buffers, (n) => gatherGroups(quads, n));
    });
  }

  /** Frees the buffers. */
  [Symbol.dispose](): void {
    [this.x, this.step, this.batch, ...this.#frames].forEach((buffer) => buffer.destroy());
  }
}
