import type {
  DenseForwardAttributes,
  DenseLayerSpec,
  DenseTrainingAttributes,
  LloydAttributes,
  MixtureAttributes,
  NearestAttributes,
  PlusPlusAttributes,
} from "@mixtape/operations";
import { STEPS_PER_READ } from "./dense/pending_losses.ts";
import { BATCH } from "./row_store.ts";

/** Milliseconds that a read of the device takes at least, as measured in Deno 2.9. */
const READ_MS = 10.35;

/** Milliseconds of the host per dispatch, the least that is reported of Vulkan. */
const DISPATCH_MS = 0.024;

/**
 * Multiply-adds of float32 numbers per millisecond that `simd` does on one thread, as measured on an
 * AMD EPYC: of many centroids, of steps of Lloyd's algorithm, of four candidates of k-means++, of
 * training and of scoring by networks. Where `simd` passes over much, of zeros for instance, the rate
 * is that of data for which it cannot.
 */
const RATES = {
  nearest: 5e6,
  lloyd: 3e6,
  plusPlus: 1.8e6,
  training: 3e6,
  forward: 4e6,
} as const;
const CANDIDATES = 4;

/** Multiply-adds of float64 numbers per millisecond of steps of expectation-maximisation, likewise. */
const MIXTURE_RATE = 2e6;
/** Multiply-adds per column of a component whose covariance is no matrix, as `simd` counts them. */
const PER_COLUMN = 4;

/** Kernels per layer of a step of training. */
const LAYER_DISPATCHES = 3;
/** Milliseconds of a step of training: of its share of a read and of its dispatches. */
const trainingMs = (layers: number) =>
  READ_MS / STEPS_PER_READ + DISPATCH_MS * (1 + LAYER_DISPATCHES * layers);

/** Most multiply-adds of small problems, which `simd` solves on one thread before the device answers. */
const most = {
  nearest: READ_MS * RATES.nearest,
  lloyd: READ_MS / BATCH * RATES.lloyd,
  plusPlus: READ_MS * RATES.plusPlus,
  mixture: READ_MS * MIXTURE_RATE,
  forward: READ_MS * RATES.forward,
} as const;

/** Small problems, in words, by operation. */
export const smallProblems = {
  MixtapeNearest: `rows × columns × centroids below ${Math.round(most.nearest)}`,
  MixtapePlusPlus: `rows × columns below ${Math.round(most.plusPlus / CANDIDATES)}`,
  MixtapeLloyd: `rows × columns × clusters below ${Math.round(most.lloyd)}`,
  MixtapeMixture: "steps of rows × columns × components, times columns of a covariance that is a " +
    `matrix, else ${PER_COLUMN}, below ${Math.round(most.mixture)}`,
  MixtapeDense: `rows of a batch × weights below ${Math.round(trainingMs(1) * RATES.training)}, ` +
    `and ${Math.round((trainingMs(2) - trainingMs(1)) * RATES.training)} more per further layer`,
  MixtapeDenseForward: `rows × weights below ${Math.round(most.forward)}`,
} as const;

/** Returns true if rows are so few that `simd` finds their nearest centroids sooner. */
export function isSmallNearest({ x: { shape: [n, d] }, k }: NearestAttributes): boolean {
  return n * d * k < most.nearest;
}

/** Returns true if rows are so few that `simd` measures candidates sooner. */
export function isSmallPlusPlus({ x: { shape: [n, d] } }: PlusPlusAttributes): boolean {
  return CANDIDATES * n * d < most.plusPlus;
}

/** Returns true if rows and clusters are so few that `simd` takes steps of Lloyd's algorithm sooner. */
export function isSmallLloyd({ x: { shape: [n, d] } }: LloydAttributes, k: number): boolean {
  return n * d * k < most.lloyd;
}

/** Returns true if rows and components are so few that `simd` takes a step sooner. */
export function isSmallMixtureStep(
  { rows, columns, shape }: MixtureAttributes,
  k: number,
): boolean {
  const perColumn = shape.block === "matrix" ? columns : PER_COLUMN;
  return rows * columns * k * perColumn < most.mixture;
}

/** Returns true if batches and weights are so few that `simd` takes steps of training sooner. */
export function isSmallTraining(
  { x: { shape: [n, d] }, layers, options: { batchSize = n } }: DenseTrainingAttributes,
): boolean {
  const work = Math.min(n, batchSize) * weightsOf(d, layers);
  return work < trainingMs(layers.length) * RATES.training;
}

/** Returns true if rows and weights are so few that `simd` scores rows sooner. */
export function isSmallForward({ x: { shape: [n, d] }, layers }: DenseForwardAttributes): boolean {
  return n * weightsOf(d, layers) < most.forward;
}

function weightsOf(columns: number, layers: readonly DenseLayerSpec[]): number {
  return layers.reduce((sum, { units }, index) => {
    return sum + units * (index === 0 ? columns : layers[index - 1].units);
  }, 0);
}
