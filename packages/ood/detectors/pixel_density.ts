import {
  checkInteger,
  checkNumber,
  float64Product,
  largestMagnitude,
  rowBlocks,
  type Rows,
  safeExponent,
} from "@mixtape/tensor-utils";
import { defineSourceDetector, type DetectorKind } from "../detector.ts";
import type { FitContext } from "../detector_recipe.ts";
import { oneGroup } from "../features/groups.ts";
import { inputCovariance } from "../features/input_covariance.ts";
import { groupMeans } from "../features/moments.ts";
import { principalAxes } from "../features/principal_axes.ts";
import { squaredLengths } from "../features/squared_lengths.ts";
import { allUnits, logVolumeOf, pacedUnitBlocks } from "../features/unit_selection.ts";
import * as state from "../state/mod.ts";

/** Options of {@link pixelDensity}. */
export interface PixelDensityOptions {
  /**
   * Number of principal components; by default 100, or half of the number of inputs if there are
   * fewer than 200.
   */
  readonly components?: number;
  /** Smallest noise variance, relative to the mean variance of an input; 1e-6 by default. */
  readonly regularization: number;
}

const defaults: PixelDensityOptions = { components: undefined, regularization: 1e-6 };

interface FittedPpca {
  readonly mean: Float64Array;
  /**
   * Principal axes divided by their standard deviation, inputs × components; in float32, for half
   * the bytes.
   */
  readonly whitening: Float32Array;
  /**
   * variance / noise − 1 of each component: the factor by which the noise term overcounts along it.
   */
  readonly excess: Float64Array;
  readonly noise: number;
  readonly logScale: number;
  /** Exponent of the power of two that inputs are multiplied by; absent if no scaling is needed. */
  readonly exponent?: number;
}

/**
 * The log-density of the raw inputs under probabilistic PCA, without any classifier: the baseline
 * that a detector on activations has to beat. Inputs that never vary need not be dropped: the noise
 * term covers them.
 */
export const pixelDensity: DetectorKind<PixelDensityOptions> = defineSourceDetector({
  name: "ppca",
  title: "Probabilistic PCA of the raw inputs",
  cite: {
    authors: "Tipping & Bishop",
    title: "Probabilistic Principal Component Analysis",
    year: 1999,
    url: "https://doi.org/10.1111/1467-9868.00196",
  },
  needs: ["inputs"],
  defaults,
  derived: { components: 100 },
  state: state.record<FittedPpca>({
    mean: state.float64s(["inputs"]),
    excess: state.float64s(["components"], { min: 0, mayBeEmpty: true }),
    whitening: state.float32s(["inputs", "components"]),
    noise: state.number({ above: 0 }),
    logScale: state.number(),
    exponent: state.optional(state.number({ min: -1000, max: 2000 })),
  }),
  async fit(training, { components, regularization }, { note, signal }): Promise<FittedPpca> {
    checkNumber(regularization, "regularization", { above: 0 });
    const x = training.inputs as Rows;
    const [n, d] = x.shape;
    const exponent = await unitsFor(x, signal);
    const units = allUnits(d, exponent);
    const group = oneGroup(n);
    const mean = await groupMeans(x, units, group, signal);
    const covariance = await inputCovariance(x, units, group, mean, signal);
    const count = componentCount(components, d, note);
    const { variances, axes } = await principalAxes(covariance, d, signal, count);
    const total = variances.reduce((sum, variance) => sum + variance, 0);
    if (!(total > 0)) {
      throw new RangeError(
        "Cannot fit the density of the inputs: none of them varies, one that varies is needed",
      );
    }
    const left = variances.subarray(count).reduce((sum, variance) => sum + variance, 0);
    const noise = Math.max(left / (d - count), regularization * total / d);
    const kept = variances.slice(0, count).map((variance) => Math.max(variance, noise));
    const whitening = new Float32Array(d * count);
    for (let c = 0; c < count; c++) {
      const factor = 1 / Math.sqrt(kept[c]);
      for (let j = 0; j < d; j++) whitening[j * count + c] = axes[c * d + j] * factor;
    }
    const logVolume = kept.reduce((sum, variance) => sum + Math.log(variance), 0) +
      (d - count) * Math.log(noise) + d * Math.log(2 * Math.PI);
    const excess = kept.map((variance) => variance / noise - 1);
    const logScale = logVolumeOf(units) - logVolume / 2;
    return { mean, whitening, excess, noise, logScale, ...(exponent && { exponent }) };
  },
  score: (fitted, { inputs }, { signal }) => logDensity(inputs as Rows, fitted, signal),
});

/**
 * Returns the exponent that brings the inverse deviations of the inputs into the range of float32,
 * or undefined if they are within it.
 */
async function unitsFor(x: Rows, signal?: AbortSignal): Promise<number | undefined> {
  let largest = 0;
  for await (const { x: { values } } of rowBlocks(x, signal)) {
    largest = Math.max(largest, largestMagnitude(values));
  }
  return safeExponent(largest, 60) || undefined;
}

function componentCount(
  wanted: PixelDensityOptions["components"],
  d: number,
  note: FitContext["note"],
): number {
  if (wanted !== undefined) return checkInteger(wanted, "components", { min: 0, max: d - 1 });
  if (d >= 200) return 100;
  const count = Math.floor(d / 2);
  note(`${count} components were taken, half of the ${d} inputs`);
  return count;
}

/** A mean that is this many deviations of the inputs away from 0 is subtracted before products. */
const FAR = 32;

/**
 * Returns −½ (|x − μ|² / noise − Σ excess · t²) + log scale for each row, with t its whitened
 * coordinates.
 */
async function logDensity(
  x: Rows,
  fitted: FittedPpca,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { mean, excess, noise, logScale } = fitted;
  const d = mean.length;
  const n = excess.length;
  const whitening = new Float64Array(fitted.whitening);
  const correction = orthogonalCorrection(whitening, fitted);
  const along = (a: Float64Array, m: number) => {
    const t = float64Product({ a, b: whitening, m, n, k: d });
    return float64Product({ a: t, b: correction, m, n, k: n });
  };
  // Zeros cost little in products, so rows are not centred before them unless digits of t would be lost.
  const isFar = squaredLengths(mean, 1, d)[0] > FAR ** 2 * varianceOf(fitted);
  const origin = isFar ? new Float64Array(n) : along(mean, 1);
  const densities = new Float64Array(x.shape[0]);
  const units = allUnits(d, fitted.exponent);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    const uncentred = isFar ? undefined : along(values, rows);
    const squared = squaredLengths(values, rows, d, mean);
    const t = uncentred ?? along(values, rows);
    for (let i = 0; i < rows; i++) {
      let distance = squared[i] / noise;
      for (let c = 0; c < n; c++) distance -= excess[c] * (t[i * n + c] - origin[c]) ** 2;
      densities[start + i] = logScale - distance / 2;
    }
  }
  return densities;
}

/** Returns the variance of all inputs together. */
function varianceOf({ mean, excess, noise }: FittedPpca): number {
  return noise * excess.reduce((sum, value) => sum + value, mean.length);
}

/**
 * Returns the matrix that turns coordinates along the rounded axes into those along orthogonal
 * ones, components × components: a Newton step A (3I − AᵀA) / 2 for the axes A, in terms of the
 * whitening. Without it, rounding of an axis of large variance would be taken for noise.
 */
function orthogonalCorrection(
  whitening: Float64Array,
  { excess, noise, mean }: FittedPpca,
): Float64Array {
  const n = excess.length;
  const size = { m: n, n, k: mean.length };
  const inner = float64Product({ a: whitening, b: whitening, ...size, transposeA: true });
  return inner.map((product, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    return (row === column ? 1.5 : 0) - noise * (excess[row] + 1) * product / 2;
  });
}
