import {
  checkInteger,
  type HostMatrix,
  type MixtureCovariance,
  random,
} from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";

/** Rows drawn from a mixture. */
export interface MixtureSample {
  /** The rows, n×d. */
  readonly x: HostMatrix;
  /** The component that each was drawn from, n. */
  readonly labels: Int32Array;
}

/** What rows are drawn from: the parameters of a mixture and their sizes. */
export interface MixtureDistribution {
  /** k. */
  readonly components: number;
  /** d. */
  readonly dimensions: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** k. */
  readonly weights: Float64Array;
  /** k×d. */
  readonly means: Float64Array;
  /** As the shape has it. */
  readonly covariances: Float64Array;
}

/**
 * Draws rows from a mixture: a component by its weight, then mean + L·z with z standard normal.
 *
 * @param mixture The mixture.
 * @param n How many rows, at least 1.
 * @param seed Decides which.
 * @returns The rows and their components.
 * @throws {RangeError} If `n` is not a whole number from 1.
 */
export function sampleMixture(
  mixture: MixtureDistribution,
  n: number,
  seed: number,
): MixtureSample {
  checkInteger(n, "n", { min: 1 });
  const { dimensions: d, means } = mixture;
  const source = random(seed);
  const spread = spreader(mixture);
  const labels = new Int32Array(n);
  const values = new Float64Array(n * d);
  const z = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const c = drawComponent(mixture.weights, source.next());
    for (let j = 0; j < d; j++) z[j] = source.normal();
    const row = spread(c, z);
    for (let j = 0; j < d; j++) values[i * d + j] = means[c * d + j] + row[j];
    labels[i] = c;
  }
  return { x: { values, shape: [n, d] }, labels };
}

function drawComponent(weights: Float64Array, uniform: number): number {
  let left = uniform;
  for (let c = 0; c < weights.length; c++) {
    left -= weights[c];
    if (left < 0) return c;
  }
  return weights.length - 1;
}

/** A function that gives standard normal numbers the spread of a component. */
function spreader(mixture: MixtureDistribution): (c: number, z: Float64Array) => Float64Array {
  const { covariance, covariances, dimensions: d } = mixture;
  const shape = covarianceShapes[covariance];
  const spreaders = blocksOf(covariances, shape.layout, d).map((block) => shape.spreader(block, d));
  return (c, z) => spreaders[c % spreaders.length](z);
}
