import {
  type Abortable,
  checkInteger,
  type Float64Matrix,
  inPieces,
  inTurns,
  pieceSize,
  random,
} from "@mixtape/tensor-utils";
import { blocksOf } from "./covariances/blocks.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/** Options of {@link GaussianMixtureModel.sample}. */
export interface SampleOptions extends Abortable {
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

/** Numbers read or written in the time of a draw. */
const DRAW = 8;

/**
 * Draws rows from a mixture: for each, a component by weight, then mean + L·z with z standard normal.
 *
 * @param mixture The mixture.
 * @param n Number of rows, at least 1.
 * @param seed Seed of the draws.
 * @param signal Ends the work; the promise is then rejected with its reason.
 * @returns The rows and their components, the same bits on every backend.
 * @throws {RangeError} If `n` is not a whole number from 1.
 */
export async function sampleMixture(
  { covariance, covariances, dimensions: d, weights, means }: CheckedParameters,
  n: number,
  seed: number,
  signal?: AbortSignal,
): Promise<MixtureSample> {
  checkInteger(n, "n", { min: 1 });
  const shape = covarianceShapes[covariance];
  const blocks = blocksOf(covariances, shape.layout, d);
  const rowsOf: number[][] = blocks.map(() => []);
  const source = random(seed);
  const labels = new Int32Array(n);
  const values = new Float64Array(n * d);
  await inPieces(n, pieceSize(DRAW * d), (start, end) => {
    for (let i = start; i < end; i++) {
      const c = drawComponent(weights, source.next());
      for (let at = i * d; at < (i + 1) * d; at++) values[at] = source.normal();
      labels[i] = c;
      rowsOf[c % blocks.length].push(i);
    }
  }, signal);
  for (const [b, block] of blocks.entries()) {
    const rows = rowsOf[b];
    if (rows.length > 0) await inTurns(shape.spread(block, { values, rows, d }), signal);
  }
  await inPieces(n, pieceSize(d), (start, end) => {
    for (let i = start; i < end; i++) {
      const mean = labels[i] * d;
      for (let j = 0; j < d; j++) values[i * d + j] += means[mean + j];
    }
  }, signal);
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
