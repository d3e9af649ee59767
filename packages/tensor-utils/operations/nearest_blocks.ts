import * as tf from "@tensorflow/tfjs-core";
import { columnMeans, type HostMatrix } from "../matrix.ts";

/** Size of a block in bytes: far below the 128 MiB that WebGPU guarantees for a buffer. */
const blockBytes = 16 * 2 ** 20;

/** Consecutive rows as tensors. */
interface RowBlock {
  readonly start: number;
  readonly end: number;
  /** The rows, centred and scaled, float32, shape [end − start, d]. */
  readonly rows: tf.Tensor2D;
  /** Their lengths, float32, shape [end − start, 1]. */
  readonly norms: tf.Tensor2D;
}

/**
 * Rows of a matrix as float32 tensors on the current backend, in blocks, centred at their mean and
 * scaled by a power of two into [−1, 1]. Without that, |c|² − 2x·c cancels in float32 if the data
 * lies far from the origin, and overflows or underflows if its unit is huge or tiny.
 */
export class RowBlocks implements Disposable {
  /** The matrix itself, on the host. */
  readonly x: HostMatrix;
  /** Squared length of each centred and scaled row. */
  readonly squaredNorms: Float64Array;
  /** Factor that the centred rows were multiplied by, a power of two. */
  readonly scale: number;
  readonly #mean: Float64Array;
  readonly #blocks: RowBlock[] = [];

  constructor(x: HostMatrix, widest: number) {
    const [n, d] = x.shape;
    this.x = x;
    this.#mean = columnMeans(x);
    this.scale = powerOfTwoBelow(largestDeviation(x, this.#mean));
    this.squaredNorms = new Float64Array(n);
    const size = Math.max(1, Math.floor(blockBytes / (4 * Math.max(d, widest))));
    for (let start = 0; start < n; start += size) {
      this.#blocks.push(this.#upload(start, Math.min(n, start + size)));
    }
  }

  /**
   * Runs a computation on every block, of at most `most` rows, and passes its tensors, read back, to
   * `read`.
   */
  async forEach(
    compute: (rows: tf.Tensor2D, norms: tf.Tensor2D) => tf.Tensor[],
    read: (start: number, end: number, ...results: tf.TypedArray[]) => void,
    most = Infinity,
  ): Promise<void> {
    for (const { start, end, rows, norms } of partsOf(this.#blocks, most)) {
      const tensors = tf.tidy(() => compute(rows(), norms()));
      try {
        read(start, end, ...await Promise.all(tensors.map((tensor) => tensor.data())));
      } finally {
        tf.dispose(tensors);
      }
    }
  }

  /** Centres and scales other points of the same space, k × d numbers. */
  normalize(points: Float64Array): Float64Array {
    const d = this.#mean.length;
    return points.map((value, i) => (value - this.#mean[i % d]) * this.scale);
  }

  [Symbol.dispose](): void {
    for (const { rows, norms } of this.#blocks.splice(0)) {
      rows.dispose();
      norms.dispose();
    }
  }

  #upload(start: number, end: number): RowBlock {
    const d = this.#mean.length;
    const rows = new Float32Array((end - start) * d);
    const norms = new Float32Array(end - start);
    for (let i = start; i < end; i++) {
      let sum = 0;
      for (let p = 0; p < d; p++) {
        const value = (this.x.values[i * d + p] - this.#mean[p]) * this.scale;
        rows[(i - start) * d + p] = value;
        sum += value * value;
      }
      this.squaredNorms[i] = sum;
      norms[i - start] = Math.sqrt(sum);
    }
    return {
      start,
      end,
      rows: tf.keep(tf.tensor2d(rows, [end - start, d])),
      norms: tf.keep(tf.tensor2d(norms, [end - start, 1])),
    };
  }
}

/**
 * Returns the squared distance of row `i` to point `j` in float64, or any larger number once it is
 * certain to exceed `limit`.
 */
export function squaredDistanceWithin(
  x: HostMatrix,
  i: number,
  points: Float64Array,
  j: number,
  limit = Infinity,
): number {
  const d = x.shape[1];
  const { values } = x;
  let sum = 0;
  for (let from = 0; from < d; from += 64) {
    const to = Math.min(d, from + 64);
    for (let p = from; p < to; p++) {
      const difference = values[i * d + p] - points[j * d + p];
      sum += difference * difference;
    }
    if (sum > limit) return sum;
  }
  return sum;
}

/** Divides blocks into parts of at most `most` rows, which are tensors of their own once asked for. */
function* partsOf(blocks: readonly RowBlock[], most: number) {
  for (const { start, end, rows, norms } of blocks) {
    for (let first = start; first < end; first += most) {
      const length = Math.min(most, end - first);
      const part = (whole: tf.Tensor2D) => () =>
        length === end - start ? whole : tf.slice(whole, [first - start, 0], [length, -1]);
      yield { start: first, end: first + length, rows: part(rows), norms: part(norms) };
    }
  }
}

function largestDeviation({ values, shape: [n, d] }: HostMatrix, means: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) {
      largest = Math.max(largest, Math.abs(values[i * d + p] - means[p]));
    }
  }
  return largest;
}

/**
 * Returns the power of two that scales `largest` to between 1/2 and 1; 1 if nothing needs scaling.
 */
function powerOfTwoBelow(largest: number): number {
  if (!(largest > 1e-300 && largest < 1e300)) return 1;
  return 2 ** -Math.ceil(Math.log2(largest));
}
