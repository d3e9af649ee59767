import { checkInteger, type Float64Matrix, random } from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/** Options of {@link GaussianMixtureModel.sample}. */
export interface SampleOptions {
  /** Seed of the draws, 0 by default. */
  readonly seed?: number;
}

/** Rows drawn from a mixture. */
export interface MixtureSample {
  /** The rows, shape [n, d]. */
  readonly x: Float64Matrix;
  /** The component that each row was drawn from, length n. */
  readonly labels: Int32Array;
}

/**
 * Draws rows from a mixture: for each, a component by weight, then mean + L·z with z standard normal.
 *
 * @param mixture The mixture.
 * @param n Number of rows, at least 1.
 * @param seed Seed of the draws.
 * @returns The rows and their components.
 * @throws {RangeError} If `n` is not a whole number from 1.
 */
export function sampleMixture(
  mixture: CheckedParameters,
  n: number,
  seed: number,
): MixtureSample {
  checkInteger(n, "n", { min: 1 });
  const { dimensions: d, means } = mixture;
  const source = random(seed);
  const spreaders = spreadersOf(mixture);
  const labels = new Int32Array(n);
  const values = new Float64Array(n * d);
  const z = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const c = drawComponent(mixture.weights, source.next());
    for (let j = 0; j < d; j++) z[j] = source.normal();
    spreaders[c % spreaders.length](z);
    for (let j = 0; j < d; j++) values[i * d + j] = means[c * d + j] + z[j];
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

/**
 * Returns functions that transform standard normal numbers to the covariance of a component, in place: one per
 * component, or one for all.
 */
function spreadersOf(mixture: CheckedParameters): ((z: Float64Array) => void)[] {
  const { covariance, covariances, dimensions: d } = mixture;
  const shape = covarianceShapes[covariance];
  return blocksOf(covariances, shape.layout, d).map((block) => shape.spreader(block, d));
}
