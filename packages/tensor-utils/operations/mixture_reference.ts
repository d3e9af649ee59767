import * as tf from "@tensorflow/tfjs-core";
import type {
  FramedFactors,
  FramedMeans,
  FramedMixture,
  MixtureAttributes,
} from "./mixture_frame.ts";
import type { MixtureCovariance, MixtureMoments } from "./mixture_moments.ts";

/** What a block's temporaries may hold; the data is taken in blocks of rows that keep to it. */
const elementsPerBlock = 2 ** 21;

/** Squared distances beyond float32 are cut off here, so that no difference of infinities is taken. */
const largestDistance = 3e38;

/**
 * `MixtapeMixture` composed of stock TensorFlow.js operations, for every backend.
 *
 * @param data The data in its frame.
 * @returns The passes over it.
 */
export function openReferenceMixture(data: MixtureAttributes): FramedMixture {
  return new ReferenceMixture(data);
}

/** What the E-step gives for a block: responsibilities, rows × k, and log-densities. */
interface Expected {
  readonly part: tf.Tensor;
  readonly logDensity: tf.Tensor;
}

class ReferenceMixture implements FramedMixture {
  readonly #covariance: MixtureCovariance;
  readonly #columns: number;
  readonly #blocks: tf.Tensor2D[] = [];

  constructor({ values, rows, columns, covariance }: MixtureAttributes) {
    this.#covariance = covariance;
    this.#columns = columns;
    const blockRows = Math.max(1, Math.floor(elementsPerBlock / columns));
    for (let row = 0; row < rows; row += blockRows) {
      const end = Math.min(rows, row + blockRows);
      const block = values.slice(row * columns, end * columns);
      this.#blocks.push(tf.tensor2d(block, [end - row, columns]));
    }
  }

  async moments(responsibilities: Float32Array, means: FramedMeans): Promise<MixtureMoments> {
    const { k } = means;
    let first = 0;
    return await this.#gather(means, (block) => {
      const end = first + block.shape[0] * k;
      const part = tf.tensor2d(responsibilities.slice(first, end), [block.shape[0], k]);
      first = end;
      return { part, logDensity: tf.zeros([block.shape[0]]) };
    });
  }

  async step(factors: FramedFactors): Promise<MixtureMoments> {
    return await this.#gather(factors, (block) => {
      const logJoint = this.#logJoint(block, factors);
      return { part: tf.softmax(logJoint), logDensity: tf.logSumExp(logJoint, 1) };
    });
  }

  async logDensity(factors: FramedFactors): Promise<Float32Array> {
    return await this.#rowwise((block) => tf.logSumExp(this.#logJoint(block, factors), 1));
  }

  async responsibilities(factors: FramedFactors): Promise<Float32Array> {
    return await this.#rowwise((block) => tf.softmax(this.#logJoint(block, factors)));
  }

  [Symbol.dispose](): void {
    tf.dispose(this.#blocks);
    this.#blocks.length = 0;
  }

  async #rowwise(compute: (block: tf.Tensor2D) => tf.Tensor): Promise<Float32Array> {
    const parts: Float32Array[] = [];
    for (const block of this.#blocks) parts.push(await download(() => compute(block)));
    return concatenate(parts);
  }

  /** Adds up the moments of the blocks, given their responsibilities and log-densities. */
  async #gather(
    means: FramedMeans,
    expect: (block: tf.Tensor2D) => Expected,
  ): Promise<MixtureMoments> {
    const { k } = means;
    const d = this.#columns;
    const size = scatterSize(k, d, this.#covariance);
    const moments = {
      logLikelihood: 0,
      counts: new Float64Array(k),
      sums: new Float64Array(k * d),
      scatter: new Float64Array(size),
    };
    for (const block of this.#blocks) {
      const packed = await download(() => this.#blockMoments(block, means, expect(block)));
      const rows = block.shape[0];
      for (let i = 0; i < rows; i++) moments.logLikelihood += packed[i];
      addTo(moments.counts, packed, rows);
      addTo(moments.sums, packed, rows + k);
      addTo(moments.scatter, packed, rows + k + k * d);
    }
    return moments;
  }

  /** One array, so that a device is waited for once: log-densities, counts, sums, scatter. */
  #blockMoments(block: tf.Tensor2D, means: FramedMeans, { part, logDensity }: Expected): tf.Tensor {
    const sums: tf.Tensor[] = [];
    const scatters: tf.Tensor[] = [];
    tf.unstack(part, 1).forEach((column, c) => {
      const centred = tf.sub(block, this.#mean(means, c));
      const weighted = tf.mul(centred, tf.expandDims(column, 1));
      sums.push(tf.sum(weighted, 0));
      scatters.push(this.#scatter(centred, weighted));
    });
    // Not tf.addN: on WebGPU it spoils other tensors when it adds eight.
    const scatter = this.#covariance === "tied"
      ? tf.reshape(tf.sum(tf.stack(scatters), 0), [-1])
      : tf.concat(scatters.map((each) => tf.reshape(each, [-1])));
    return tf.concat([logDensity, tf.sum(part, 0), tf.concat(sums), scatter]);
  }

  #scatter(centred: tf.Tensor, weighted: tf.Tensor): tf.Tensor {
    if (this.#covariance === "spherical") return tf.sum(tf.mul(weighted, centred));
    if (this.#covariance === "diagonal") return tf.sum(tf.mul(weighted, centred), 0);
    return tf.matMul(weighted as tf.Tensor2D, centred as tf.Tensor2D, true, false);
  }

  /** log of weight × density, less `logScale`: [rows, k]. */
  #logJoint(block: tf.Tensor2D, factors: FramedFactors): tf.Tensor2D {
    const { k, constants, offsets } = factors;
    const d = this.#columns;
    const columns = Array.from({ length: k }, (_, c) => {
      const centred = tf.sub<tf.Tensor2D>(block, this.#mean(factors, c));
      const offset = tf.tensor1d(offsets.slice(c * d, c * d + d));
      const whitened = tf.add(this.#whiten(centred, factors.precisionFactors, c), offset);
      const distance = tf.minimum(tf.sum(tf.square(whitened), 1), largestDistance);
      return tf.sub(constants[c], tf.mul(distance, 0.5));
    });
    return tf.stack(columns, 1) as tf.Tensor2D;
  }

  #whiten(centred: tf.Tensor2D, factors: Float32Array, c: number): tf.Tensor2D {
    const d = this.#columns;
    if (this.#covariance === "spherical") return tf.mul(centred, factors[c]);
    if (this.#covariance === "diagonal") {
      return tf.mul(centred, tf.tensor1d(factors.slice(c * d, c * d + d)));
    }
    const first = this.#covariance === "full" ? c * d * d : 0;
    const w = tf.tensor2d(factors.slice(first, first + d * d), [d, d]);
    return tf.matMul(centred, w, false, true);
  }

  #mean({ means }: FramedMeans, c: number): tf.Tensor1D {
    const d = this.#columns;
    return tf.tensor1d(means.slice(c * d, c * d + d));
  }
}

function scatterSize(k: number, d: number, covariance: MixtureCovariance): number {
  if (covariance === "full") return k * d * d;
  if (covariance === "tied") return d * d;
  return covariance === "diagonal" ? k * d : k;
}

async function download(compute: () => tf.Tensor): Promise<Float32Array> {
  const result = tf.tidy(compute);
  try {
    return await result.data<"float32">();
  } finally {
    result.dispose();
  }
}

function addTo(target: Float64Array, source: Float32Array, first: number): void {
  for (let i = 0; i < target.length; i++) target[i] += source[first + i];
}

function concatenate(parts: Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
