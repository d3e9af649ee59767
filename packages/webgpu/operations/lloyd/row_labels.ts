import type { HostMatrix } from "@mixtape/operations";
import type { Gpu } from "../../gpu.ts";
import type { RowStore } from "../row_store.ts";
import { LloydBuffers } from "./lloyd_buffers.ts";
import { nearestTo } from "./lloyd_on_host.ts";

/** Length of centroids beyond which float32 scores could overflow, in units of the device. */
const LONGEST = 1e15;

/** Labels of the same rows by one set of centroids after another, on buffers that stay. */
export class RowLabels implements Disposable {
  readonly #gpu: Gpu;
  readonly #store: RowStore;
  readonly #x: HostMatrix;
  #buffers: LloydBuffers | undefined;

  /** Labels rows that were uploaded. */
  constructor(gpu: Gpu, store: RowStore, x: HostMatrix) {
    this.#gpu = gpu;
    this.#store = store;
    this.#x = x;
  }

  /**
   * Finds the nearest centroid of each row, as float64 does: the device scores rows, and the host
   * measures those whose scores are nearer than their rounding errors.
   */
  async of(centroids: Float64Array): Promise<Int32Array> {
    const x = this.#x;
    const [n, d] = x.shape;
    const k = centroids.length / d;
    const points = this.#store.convert(centroids);
    if (!points.every((value) => Math.abs(value) < LONGEST)) {
      return Int32Array.from({ length: n }, (_, row) => nearestTo(x, row, centroids));
    }
    if (this.#buffers?.layout.k !== k) this[Symbol.dispose]();
    const problem = { n, d, k, labelsAlone: true };
    const buffers = this.#buffers ??= new LloydBuffers(this.#gpu, this.#store, problem);
    buffers.place(points);
    const batch = await buffers.run({ steps: 1, labels: 1, watched: [] }, undefined);
    const labels = batch.labels(0)!;
    for (const row of await buffers.contested(batch, 0)) {
      labels[row] = nearestTo(x, row, centroids);
    }
    return labels;
  }

  /** Frees the buffers; labels that are asked for later have others. */
  [Symbol.dispose](): void {
    this.#buffers?.[Symbol.dispose]();
    this.#buffers = undefined;
  }
}
