import {
  gaussianMixture,
  mixtureLogLikelihood,
  mixtureLogLikelihoodGradient,
  type MixtureParameters,
} from "@mixtape/mixture";
import type { DerivationCheck, MonteCarloEstimate } from "@mixtape/results";
import {
  cholesky,
  type HostMatrix,
  logDeterminant,
  logSumExp,
  type Random,
  random,
  solveLower,
} from "@mixtape/tensor-utils";
import {
  centralDifference,
  checkStatement,
  type DerivationOutcome,
  estimate,
  relativeError,
  standardErrors,
} from "./derivation_check.ts";
import { indicesOf } from "../../indices_of.ts";

const d = 3;
const k = 3;

/** The parameters of a mixture with full covariances, in float64. */
interface Mixture {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** Gives a mixture's numbers their shapes. */
const parametersOf = ({ weights, means, covariances }: Mixture): MixtureParameters => ({
  weights,
  means: { values: means, shape: [k, d] },
  covariances: { values: covariances, shape: [k, d, d] },
});

/**
 * Checks the derivation of EM for Gaussian mixtures: the updates are written here as derived, in plain
 * float64, apart from the package's code.
 *
 * @param rows Rows of data to draw.
 * @param draws Draws of the Monte-Carlo estimates.
 * @param seed Seed of the data.
 * @returns The outcome of the checks.
 */
export async function checkMixtureDerivation(
  rows: number,
  draws: number,
  seed: number,
): Promise<DerivationOutcome> {
  const source = random(seed);
  const x = drawBlobs(rows, source);
  const start = startFrom(x);
  const gradient = await checkDifferences(x, start);
  const { mixture, trace, sums, gaps } = await climb(x, start);
  const monteCarlo = await estimateMoments(x, draws, seed);
  const falls = trace.slice(1).map((value, i) => Math.max(0, trace[i] - value) / Math.abs(value));
  return {
    checks: [
      checkStatement("mixture-bound-is-tight", gaps, 1e-12),
      gradient,
      checkStatement("mixture-gradient-vanishes", await gradientPerRow(x, mixture), 1e-8),
      checkStatement("mixture-weights-sum-to-one", sums, 1e-12),
      checkStatement("mixture-bound-never-falls", falls, 1e-13),
      checkStatement("mixture-moments-match-monte-carlo", monteCarlo.map(standardErrors), 4),
    ],
    trace,
    monteCarlo,
  };
}

/** Overlapping groups of different shapes, so that responsibilities are not all 0 or 1. */
function drawBlobs(rows: number, source: Random): HostMatrix {
  const values = Float64Array.from({ length: rows * d }, (_, at) => {
    const group = Math.floor(at / d) % k;
    return 2.5 * group * ((at + group) % d - 0.5) + (1 + 0.4 * group) * source.normal();
  });
  return { values, shape: [rows, d] };
}

function startFrom({ values }: HostMatrix): Mixture {
  return {
    weights: new Float64Array(k).fill(1 / k),
    means: Float64Array.from(values.subarray(0, k * d)),
    covariances: Float64Array.from(
      { length: k * d * d },
      (_, at) => (at % (d * d)) % (d + 1) ? 0.3 : 4,
    ),
  };
}

/** EM to convergence, with the likelihood, Σπ and the gap of the bound at each step. */
async function climb(x: HostMatrix, start: Mixture) {
  let mixture = start;
  const trace: number[] = [];
  const sums: number[] = [];
  const gaps: number[] = [];
  for (let step = 0; step < 5000; step++) {
    const likelihood = await mixtureLogLikelihood(x, parametersOf(mixture));
    trace.push(likelihood);
    const { next, bound } = emStep(x, mixture);
    gaps.push(relativeError(bound, likelihood, 1));
    sums.push(Math.abs(next.weights.reduce((a, b) => a + b, 0) - 1));
    const moved = next.means.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - mixture.means[i])),
      0,
    );
    mixture = next;
    if (moved < 1e-12) break;
  }
  return { mixture, trace, sums, gaps };
}

/** One step as derived: γ = π·N / Σ π·N, then π = Nk/n, μ = Σγx/Nk, Σ = Σγ(x−μ)(x−μ)ᵀ/Nk. */
function emStep(
  { values, shape: [n] }: HostMatrix,
  mixture: Mixture,
): { next: Mixture; bound: number } {
  const joint = logJoint(values, n, mixture);
  const gamma = joint.map((value, at) => {
    const first = at - at % k;
    return Math.exp(value - logSumExp(joint, first, first + k));
  });
  const bound = gamma.reduce(
    (sum, g, at) => g === 0 ? sum : sum + g * (joint[at] - Math.log(g)),
    0,
  );
  const counts = new Float64Array(k);
  const means = new Float64Array(k * d);
  const covariances = new Float64Array(k * d * d);
  gamma.forEach((g, at) => counts[at % k] += g);
  gamma.forEach((g, at) => {
    const [row, c] = [Math.floor(at / k), at % k];
    for (let i = 0; i < d; i++) means[c * d + i] += g * values[row * d + i] / counts[c];
  });
  gamma.forEach((g, at) => {
    const [row, c] = [Math.floor(at / k), at % k];
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        covariances[(c * d + i) * d + j] += g * (values[row * d + i] - means[c * d + i]) *
          (values[row * d + j] - means[c * d + j]) / counts[c];
      }
    }
  });
  return { next: { weights: counts.map((count) => count / n), means, covariances }, bound };
}

/** log(π·N(x; μ, Σ)) of each row and component. */
function logJoint(values: ArrayLike<number>, n: number, mixture: Mixture): Float64Array {
  const joint = new Float64Array(n * k);
  for (let c = 0; c < k; c++) {
    const l = cholesky(mixture.covariances.subarray(c * d * d, (c + 1) * d * d), d);
    const constant = Math.log(mixture.weights[c]) -
      (d * Math.log(2 * Math.PI) + logDeterminant(l, d)) / 2;
    for (let row = 0; row < n; row++) {
      const centred = indicesOf(d).map((i) => values[row * d + i] - mixture.means[c * d + i]);
      const y = solveLower(l, centred, d);
      joint[row * k + c] = constant - y.reduce((sum, value) => sum + value * value, 0) / 2;
    }
  }
  return joint;
}

async function gradientPerRow(x: HostMatrix, mixture: Mixture): Promise<number[]> {
  const gradient = await mixtureLogLikelihoodGradient(x, parametersOf(mixture));
  const { logits, means, covariances } = gradient;
  return [...logits, ...means.values, ...covariances.values].map((value) =>
    Math.abs(value) / x.shape[0]
  );
}

/** Compares the analytic gradient with central differences, at parameters that are not converged. */
async function checkDifferences(x: HostMatrix, at: Mixture): Promise<DerivationCheck> {
  const gradient = await mixtureLogLikelihoodGradient(x, parametersOf(at));
  const scale = x.shape[0];
  const along = (direction: (step: number) => Mixture) =>
    centralDifference((step) => mixtureLogLikelihood(x, parametersOf(direction(step))), 1e-5);
  const errors: number[] = [];
  for (const i of indicesOf(k * d)) {
    const difference = await along((step) => ({ ...at, means: shift(at.means, step, i) }));
    errors.push(relativeError(gradient.means.values[i], difference, scale));
  }
  for (const i of indicesOf(k * d * d)) {
    // A covariance stays symmetric: an element moves together with its mirror image.
    const [c, row, column] = [Math.floor(i / (d * d)), Math.floor(i / d) % d, i % d];
    const mirror = (c * d + column) * d + row;
    const both = i === mirror ? [i] : [i, mirror];
    const expected = both.reduce((sum, element) => sum + gradient.covariances.values[element], 0);
    const difference = await along((step) => ({
      ...at,
      covariances: shift(at.covariances, step, ...both),
    }));
    errors.push(relativeError(expected, difference, scale));
  }
  for (const i of indicesOf(k)) {
    const difference = await along((step) => ({ ...at, weights: shiftLogit(at.weights, step, i) }));
    errors.push(relativeError(gradient.logits[i], difference, scale));
  }
  return checkStatement("mixture-gradient-matches-differences", errors, 1e-7);
}

function shift(values: Float64Array, step: number, ...indices: number[]): Float64Array {
  return values.map((value, i) => indices.includes(i) ? value + step : value);
}

/** Weights as a softmax of logits, one of which moves. */
function shiftLogit(weights: Float64Array, step: number, index: number): Float64Array {
  const raised = weights.map((weight, i) => i === index ? weight * Math.exp(step) : weight);
  const total = raised.reduce((a, b) => a + b, 0);
  return raised.map((weight) => weight / total);
}

/** The mean and the variances of the whole mixture, in closed form and from samples of the package's model. */
async function estimateMoments(
  x: HostMatrix,
  draws: number,
  seed: number,
): Promise<MonteCarloEstimate[]> {
  using model = await gaussianMixture(x, { components: k, seed });
  const { weights, means: { values: means }, covariances: { values: covariances } } = model;
  const { x: { values } } = await model.sample(draws, { seed });
  const id = "mixture-moments-match-monte-carlo";
  return indicesOf(d).flatMap((i) => {
    const mean = weighted(weights, (c) => means[c * d + i]);
    const variance = weighted(
      weights,
      (c) => covariances[(c * d + i) * d + i] + (means[c * d + i] - mean) ** 2,
    );
    const column = indicesOf(draws).map((row) => values[row * d + i]);
    return [
      estimate(id, mean, column),
      estimate(id, variance, column.map((value) => (value - mean) ** 2)),
    ];
  });
}

function weighted(weights: Float64Array, value: (component: number) => number): number {
  return weights.reduce((sum, weight, c) => sum + weight * value(c), 0);
}
