import {
  type HostMatrix,
  logNormalizer,
  type MixtureFactors,
  mixtureShapes,
} from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";

/** Numbers of a temporary of a block of rows, at most. */
const BLOCK_NUMBERS = 2 ** 21;

/** A step of expectation-maximisation composed of stock operations of TensorFlow.js, in float32. */
export class MixtureComposition implements Disposable {
  readonly #blocks: tf.Tensor2D[] = [];
  readonly #covariance: "full" | "spherical";
  readonly #factors: MixtureFactors;
  /** Log-density of each component at its mean, plus the logarithm of its weight. */
  readonly #constants: Float64Array;

  /** Uploads rows, to take steps from one mixture. */
  constructor(
    { values, shape: [n, d] }: HostMatrix,
    covariance: "full" | "spherical",
    factors: MixtureFactors,
  ) {
    this.#covariance = covariance;
    this.#factors = factors;
    this.#constants = factors.logWeights.map((logWeight, c) =>
      logWeight + logNormalizer(factors.precisionFactors, c, d, mixtureShapes[covariance])
    );
    const most = Math.floor(BLOCK_NUMBERS / d);
    for (let first = 0; first < n; first += most) {
      const end = Math.min(n, first + most);
      const rows = Float32Array.from(values.subarray(first * d, end * d));
      this.#blocks.push(tf.tensor2d(rows, [end - first, d]));
    }
  }

  /**
   * Takes a step.
   *
   * @returns The log-likelihood, k counts, k × d sums and scatters, in this order, added up in
   * float64 over the blocks.
   */
  async step(): Promise<Float64Array> {
    let total: Float64Array | undefined;
    for (const block of this.#blocks) {
      const moments = tf.tidy(() => this.#moments(block));
      const values = await moments.data();
      moments.dispose();
      total = total ? total.map((sum, at) => sum + values[at]) : Float64Array.from(values);
    }
    return total!;
  }

  /** Frees the rows. */
  [Symbol.dispose](): void {
    tf.dispose(this.#blocks);
  }

  #moments(block: tf.Tensor2D): tf.Tensor {
    const { k } = this.#factors;
    const centred = Array.from(
      { length: k },
      (_, c) => tf.sub<tf.Tensor2D>(block, this.#mean(c)),
    );
    const joint = tf.stack(
      centred.map((rows, c) => {
        const squares = tf.sum(tf.square(this.#whiten(rows, c)), 1);
        return tf.sub(this.#constants[c], tf.mul(squares, 0.5));
      }),
      1,
    );
    const shares = tf.softmax(joint);
    const weighted = tf.unstack(shares, 1).map((share, c) =>
      tf.mul<tf.Tensor2D>(centred[c], tf.expandDims(share, 1))
    );
    const scatters = weighted.map((rows, c) =>
      this.#covariance === "full"
        ? tf.matMul(rows, centred[c], true, false)
        : tf.sum(tf.mul(rows, centred[c]))
    );
    return tf.concat([
      tf.reshape(tf.sum(tf.logSumExp(joint, 1)), [1]),
      tf.sum(shares, 0),
      ...weighted.map((rows) => tf.sum(rows, 0)),
      ...scatters.map((scatter) => tf.reshape(scatter, [-1])),
    ]);
  }

  #whiten(rows: tf.Tensor2D, c: number): tf.Tensor2D {
    const { precisionFactors } = this.#factors;
    if (this.#covariance === "spherical") return tf.mul(rows, precisionFactors[c]);
    const d = rows.shape[1];
    const factor = precisionFactors.subarray(c * d * d, (c + 1) * d * d);
    return tf.matMul(rows, tf.tensor2d(Float32Array.from(factor), [d, d]), false, true);
  }

  #mean(c: number): tf.Tensor1D {
    const { k, means } = this.#factors;
    const d = means.length / k;
    return tf.tensor1d(Float32Array.from(means.subarray(c * d, (c + 1) * d)));
  }
}
