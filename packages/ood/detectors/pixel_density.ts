import { checkInteger, checkNumber, type HostMatrix } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind, type FitContext } from "../detector.ts";
import { inputMoments } from "../features/input_covariance.ts";
import { principalAxes } from "../features/principal_axes.ts";
import { addSparseProduct } from "../features/sparse_product.ts";

/** Options of {@link pixelDensity}. */
export interface PixelDensityOptions {
  /** Principal components; unless given 100, or half of the inputs where those are fewer than 200. */
  readonly components: number | "by the number of inputs";
  /** Least noise variance, relative to the mean variance of an input; 1e-6 unless given. */
  readonly regularization: number;
}

interface FittedPpca {
  readonly mean: Float64Array;
  /** Principal axes divided by their standard deviation, inputs × components. */
  readonly whitening: Float64Array;
  /** variance / noise − 1 of each component: what the noise term counts too much along it. */
  readonly excess: Float64Array;
  readonly noise: number;
  readonly logScale: number;
}

/**
 * The log-density of the raw inputs under probabilistic PCA, with no classifier at all: the baseline that a detector on
 * activations has to beat. Inputs that never vary need not be dropped, the noise term covers them.
 */
export const pixelDensity: DetectorKind<PixelDensityOptions> = defineDetector({
  name: "ppca",
  title: "Probabilistic PCA of the raw inputs",
  cite: {
    authors: "Tipping & Bishop",
    title: "Probabilistic Principal Component Analysis",
    year: 1999,
    url: "https://doi.org/10.1111/1467-9868.00196",
  },
  needs: ["inputs"],
  defaults: { components: "by the number of inputs", regularization: 1e-6 },
  fit(training, { components, regularization }, { note }): FittedPpca {
    checkNumber(regularization, "regularization", { above: 0 });
    const { mean, covariance } = inputMoments(training.inputs as HostMatrix);
    const d = mean.length;
    const count = componentCount(components, d, note);
    const { variances, axes } = principalAxes(covariance, d);
    const total = variances.reduce((sum, variance) => sum + variance, 0);
    if (!(total > 0)) {
      throw new RangeError("Cannot fit the density of the inputs: none of them varies");
    }
    const left = variances.subarray(count).reduce((sum, variance) => sum + variance, 0);
    const noise = Math.max(left / (d - count), regularization * total / d);
    const kept = variances.slice(0, count).map((variance) => Math.max(variance, noise));
    const whitening = new Float64Array(d * count);
    for (let c = 0; c < count; c++) {
      const factor = 1 / Math.sqrt(kept[c]);
      for (let j = 0; j < d; j++) whitening[j * count + c] = axes[c * d + j] * factor;
    }
    const logVolume = kept.reduce((sum, variance) => sum + Math.log(variance), 0) +
      (d - count) * Math.log(noise) + d * Math.log(2 * Math.PI);
    const excess = kept.map((variance) => variance / noise - 1);
    return { mean, whitening, excess, noise, logScale: -logVolume / 2 };
  },
  score: (fitted, { inputs }) => logDensity(inputs as HostMatrix, fitted),
});

function componentCount(
  wanted: PixelDensityOptions["components"],
  d: number,
  note: FitContext["note"],
): number {
  if (wanted !== "by the number of inputs") {
    return checkInteger(wanted, "components", { min: 0, max: d - 1 });
  }
  if (d >= 200) return 100;
  const count = Math.floor(d / 2);
  note(`${count} components were taken, half of the ${d} inputs`);
  return count;
}

/**
 * −½ (|x − μ|² / noise − Σ excess · t²) + log scale, with t the whitened coordinates. Zero inputs are skipped: most
 * pixels are, and the products with the axes are nearly all the work.
 */
function logDensity({ values, shape: [n, d] }: HostMatrix, fitted: FittedPpca): Float64Array {
  const { mean, whitening, excess, noise, logScale } = fitted;
  if (d !== mean.length) {
    throw new RangeError(
      `Cannot score inputs of ${d} columns: the detector was fitted on ${mean.length}`,
    );
  }
  const count = excess.length;
  const origin = new Float64Array(count);
  for (let j = 0; j < d; j++) {
    for (let c = 0; c < count; c++) origin[c] -= mean[j] * whitening[j * count + c];
  }
  const matrix = { values: whitening, width: count, starts: new Uint32Array(d) };
  const t = new Float64Array(count);
  const columns = new Uint32Array(d);
  const inked = new Float64Array(d);
  return new Float64Array(n).map((_, i) => {
    let squared = 0;
    let found = 0;
    for (let j = 0; j < d; j++) {
      const value = values[i * d + j];
      squared += (value - mean[j]) * (value - mean[j]);
      if (value === 0) continue;
      columns[found] = j;
      inked[found++] = value;
    }
    t.set(origin);
    addSparseProduct(t, { columns, values: inked, count: found }, matrix);
    let distance = squared / noise;
    for (let c = 0; c < count; c++) distance -= excess[c] * t[c] * t[c];
    return logScale - distance / 2;
  });
}
