import { cholesky, invertLower } from "../linear_algebra.ts";
import type { HostMatrix } from "../matrix.ts";
import type { MixtureFactors } from "../operations/mixture_session.ts";
import { type MixtureCovariance, mixtureShapes } from "../operations/mixture_shapes.ts";
import { random } from "../random.ts";

/** Size and difficulty of a {@link mixtureProblem}. */
export interface MixtureProblemOptions {
  /** Seed of the random numbers. */
  readonly seed: number;
  /** Number of rows. */
  readonly n: number;
  /** Number of columns. */
  readonly d: number;
  /** Number of components. */
  readonly k: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Unit of the data; 1 by default. */
  readonly unit?: number;
  /** Distance of the data from 0, in units; 0 by default. */
  readonly offset?: number;
  /** Ratio of the largest to the smallest standard deviation of a component; 1 by default. */
  readonly condition?: number;
}

/** Data and a mixture of related scale and location. */
export interface MixtureProblem {
  /** The data. */
  readonly x: HostMatrix;
  /** The mixture. */
  readonly factors: MixtureFactors;
}

/**
 * Makes a mixture and data: rows scattered about its means, some of them by its covariances.
 *
 * @param options Size and difficulty.
 * @returns Data in float64 and the mixture.
 */
export function mixtureProblem(options: MixtureProblemOptions): MixtureProblem {
  const { seed, n, d, k, covariance, unit = 1, offset = 0, condition = 1 } = options;
  const source = random(seed);
  const means = Float64Array.from({ length: k * d }, () => (offset + 2 * source.normal()) * unit);
  const weights = Float64Array.from({ length: k }, () => 0.1 + source.next());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { block, shared } = mixtureShapes[covariance];
  const lowers = Array.from({ length: k }, () => lowerFactor(() => source.normal(), d, condition));
  const factors = lowers.map((lower) => shared ? lowers[0] : lower);
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const c = source.integer(k);
    const z = Float64Array.from({ length: d }, () => source.normal());
    for (let a = 0; a < d; a++) {
      let y = 0;
      for (let b = block === "matrix" ? 0 : a; b <= a; b++) y += factors[c][a * d + b] * z[b];
      values[i * d + a] = means[c * d + a] + y * unit;
    }
  }
  const inverses = factors.slice(0, shared ? 1 : k).map((lower) => {
    const inverse = invertLower(lower, d).map((value) => value / unit);
    if (block === "matrix") return inverse;
    return inverse.filter((_, at) => at % (d + 1) === 0).slice(0, block === "scalar" ? 1 : d);
  });
  const precisionFactors = Float64Array.from(inverses.flatMap((inverse) => [...inverse]));
  const logWeights = weights.map((weight) => Math.log(weight / total));
  return { x: { values, shape: [n, d] }, factors: { k, logWeights, means, precisionFactors } };
}

/**
 * Returns a Cholesky factor whose covariance has eigenvalues spread over condition², in random
 * directions.
 */
function lowerFactor(normal: () => number, d: number, condition: number): Float64Array {
  const a = Float64Array.from({ length: d * d }, normal);
  const sigma = new Float64Array(d * d);
  for (let p = 0; p < d; p++) {
    const variance = condition ** (-2 * p / Math.max(1, d - 1));
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) sigma[i * d + j] += variance * a[p * d + i] * a[p * d + j] / d;
    }
  }
  for (let i = 0; i < d; i++) sigma[i * d + i] += 0.2 / condition ** 2;
  return cholesky(sigma, d);
}
