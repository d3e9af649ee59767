import * as tf from "@tensorflow/tfjs-core";
import type { LloydSession, LloydStep } from "@mixtape/operations";
import type { HostMatrix } from "../matrix.ts";
import { RowBlocks, squaredDistanceWithin } from "./nearest_blocks.ts";

/** Half the distance from 1 to the next float32. */
const roundoff = 2 ** -24;

/**
 * Length of centroids, in units of the data's extent, beyond which float32 scores could overflow.
 */
const longestCentroid = 1e15;

/** Largest number of scores per row before it pays to make blocks shorter. */
const widestScores = 256;

/** Largest number of scores at once: half of the 128 MiB that WebGPU guarantees for a buffer. */
const mostScores = 2 ** 24;

/**
 * Opens the reference composition of `MixtapeLloyd`: float32 scores |c|² − 2x·c by matrix products
 * on the current backend decide the labels, and float64 decides again wherever two scores are
 * nearer than their rounding error.
 *
 * @param x The data, shape [n, d].
 * @param sampleWeight Weight of each row; all 1 by default.
 * @returns A session that holds the data as tensors until it is disposed of.
 */
export function openReferenceLloyd(x: HostMatrix, sampleWeight?: Float64Array): LloydSession {
  return new ReferenceLloydSession(x, sampleWeight);
}

class ReferenceLloydSession implements LloydSession {
  readonly #blocks: RowBlocks;
  readonly #weights: Float64Array | undefined;
  readonly #distances: Float64Array;
  #labels: Int32Array;
  #previous: Int32Array;

  constructor(x: HostMatrix, sampleWeight?: Float64Array) {
    const n = x.shape[0];
    this.#blocks = new RowBlocks(x, widestScores);
    this.#weights = sampleWeight;
    this.#distances = new Float64Array(n);
    this.#labels = new Int32Array(n).fill(-1);
    this.#previous = new Int32Array(n);
  }

  async step(centroids: Float64Array): Promise<LloydStep> {
    [this.#labels, this.#previous] = [this.#previous, this.#labels];
    await assign(this.#blocks, centroids, this.#labels);
    return this.#accumulate(centroids);
  }

  distances(): Float64Array {
    return this.#distances.slice();
  }

  reset(): void {
    this.#labels.fill(-1);
  }

  [Symbol.dispose](): void {
    this.#blocks[Symbol.dispose]();
  }

  #accumulate(centroids: Float64Array): LloydStep {
    const { values, shape: [n, d] } = this.#blocks.x;
    const sums = new Float64Array(centroids.length);
    const counts = new Float64Array(centroids.length / d);
    let inertia = 0;
    let changed = 0;
    for (let i = 0; i < n; i++) {
      const label = this.#labels[i];
      const weight = this.#weights ? this.#weights[i] : 1;
      if (label !== this.#previous[i]) changed++;
      let distance = 0;
      for (let p = 0; p < d; p++) {
        const value = values[i * d + p];
        const difference = value - centroids[label * d + p];
        distance += difference * difference;
        sums[label * d + p] += weight * value;
      }
      counts[label] += weight;
      inertia += weight * distance;
      this.#distances[i] = distance;
    }
    return { labels: this.#labels, sums, counts, inertia, changed };
  }
}

/** Writes the index of each row's nearest centroid to `labels`. */
async function assign(
  blocks: RowBlocks,
  centroids: Float64Array,
  labels: Int32Array,
): Promise<void> {
  const d = blocks.x.shape[1];
  const normalized = blocks.normalize(centroids);
  const squaredNorms = squaredLengths(normalized, d);
  const longest = Math.sqrt(squaredNorms.reduce((a, b) => Math.max(a, b), 0));
  if (!(longest < longestCentroid)) {
    for (let i = 0; i < labels.length; i++) labels[i] = nearestTo(blocks.x, i, centroids, 0);
    return;
  }
  // The error of a score is at most that of |c|², of a dot product over d terms, and of their
  // rounded inputs; two scores may err in opposite directions. The last term covers underflow to
  // zero.
  const slope = 4.4 * roundoff * (d + 4) * longest;
  const offset = 4.4 * roundoff * longest * longest + d * 2 ** -120;
  const [points, lengths] = tf.tidy(() => [
    tf.tensor2d(Float32Array.from(normalized, (value) => 2 * value), [squaredNorms.length, d]),
    tf.tensor2d(Float32Array.from(squaredNorms), [1, squaredNorms.length]),
  ]);
  try {
    await blocks.forEach((rows, norms) => {
      const scores = tf.sub(lengths, tf.matMul(rows, points, false, true));
      const margin = tf.add(tf.mul(norms, slope), offset);
      const limit = tf.add(tf.min(scores, 1, true), margin);
      const contenders = tf.sum(tf.cast(tf.lessEqual(scores, limit), "int32"), 1);
      return [tf.argMin(scores, 1), contenders];
    }, (start, end, best, contenders) => {
      for (let i = start; i < end; i++) {
        const label = best[i - start];
        const clear = contenders[i - start] === 1;
        labels[i] = clear ? label : nearestTo(blocks.x, i, centroids, label);
      }
    }, Math.max(1, Math.floor(mostScores / squaredNorms.length)));
  } finally {
    tf.dispose([points, lengths]);
  }
}

/**
 * Finds the nearest centroid of row `i` in float64, the lowest index in case of a tie; `guess` only
 * saves time.
 */
function nearestTo(x: HostMatrix, i: number, centroids: Float64Array, guess: number): number {
  const k = centroids.length / x.shape[1];
  let best = guess;
  let closest = squaredDistanceWithin(x, i, centroids, guess);
  for (let j = 0; j < k; j++) {
    if (j === guess) continue;
    const distance = squaredDistanceWithin(x, i, centroids, j, closest);
    if (distance > closest || (distance === closest && j > best)) continue;
    best = j;
    closest = distance;
  }
  return best;
}

function squaredLengths(points: Float64Array, d: number): Float64Array {
  const lengths = new Float64Array(points.length / d);
  for (let i = 0; i < points.length; i++) lengths[Math.floor(i / d)] += points[i] ** 2;
  return lengths;
}
