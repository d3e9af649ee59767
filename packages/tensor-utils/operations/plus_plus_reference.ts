import * as tf from "@tensorflow/tfjs-core";
import type { PlusPlusCandidates, PlusPlusSession } from "@mixtape/operations";
import { type HostMatrix, takeRows } from "../matrix.ts";
import { RowBlocks, squaredDistanceWithin } from "./nearest_blocks.ts";

/** Candidates are few: 2 + ⌊ln k⌋. */
const widestDistances = 32;

/**
 * Below this share of |x|² + |y|², the float32 value of |x|² + |y|² − 2x·y has lost too many
 * digits.
 */
const cancellation = 0.05;

/**
 * Opens the reference composition of `MixtapePlusPlus`: distances by matrix products on the current
 * backend, recomputed in float64 for rows that are near each other.
 *
 * @param x The data, shape [n, d].
 * @param sampleWeight Weight of each row in the potentials; all 1 by default.
 * @returns A session that holds the data as tensors until it is disposed of.
 */
export function openReferencePlusPlus(
  x: HostMatrix,
  sampleWeight?: Float64Array,
): PlusPlusSession {
  return new ReferencePlusPlusSession(x, sampleWeight);
}

class ReferencePlusPlusSession implements PlusPlusSession {
  readonly #blocks: RowBlocks;
  readonly #weights: Float64Array | undefined;
  #tried = new Uint32Array();
  #distances = new Float64Array();

  constructor(x: HostMatrix, sampleWeight?: Float64Array) {
    this.#blocks = new RowBlocks(x, widestDistances);
    this.#weights = sampleWeight;
  }

  async candidates(rows: Uint32Array, closest: Float64Array): Promise<PlusPlusCandidates> {
    await this.#measure(rows);
    const potentials = new Float64Array(rows.length);
    for (let i = 0; i < closest.length; i++) {
      const weight = this.#weights ? this.#weights[i] : 1;
      for (let c = 0; c < rows.length; c++) {
        potentials[c] += weight * Math.min(closest[i], this.#distances[i * rows.length + c]);
      }
    }
    return { potentials };
  }

  async accept(row: number, closest: Float64Array): Promise<void> {
    if (!this.#tried.includes(row)) await this.#measure(new Uint32Array([row]));
    const column = this.#tried.indexOf(row);
    const columns = this.#tried.length;
    for (let i = 0; i < closest.length; i++) {
      closest[i] = Math.min(closest[i], this.#distances[i * columns + column]);
    }
  }

  [Symbol.dispose](): void {
    this.#blocks[Symbol.dispose]();
  }

  /** Fills `#distances` with the squared distances of all rows to the given rows. */
  async #measure(rows: Uint32Array): Promise<void> {
    const { x, squaredNorms, scale } = this.#blocks;
    const d = x.shape[1];
    const columns = rows.length;
    const points = Float64Array.from(takeRows(x, rows).values);
    const distances = new Float64Array(x.shape[0] * columns);
    const tensor = tf.tensor2d(Float32Array.from(this.#blocks.normalize(points)), [columns, d]);
    try {
      await this.#blocks.forEach((block) => [tf.matMul(block, tensor, false, true)], (
        start,
        end,
        products,
      ) => {
        for (let i = start; i < end; i++) {
          for (let c = 0; c < columns; c++) {
            const extent = squaredNorms[i] + squaredNorms[rows[c]];
            const distance = extent - 2 * products[(i - start) * columns + c];
            distances[i * columns + c] = distance > cancellation * extent
              ? distance / scale / scale
              : squaredDistanceWithin(x, i, points, c);
          }
        }
      });
    } finally {
      tf.dispose(tensor);
    }
    this.#tried = rows.slice();
    this.#distances = distances;
  }
}
