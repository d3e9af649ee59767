import { gaussianMixture } from "@mixtape/mixture";
import type { HostMatrix, MixtureCovariance } from "@mixtape/tensor-utils";
import type { Measurement } from "../../core/measurement.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** The arguments of iterations of EM. */
export interface MixtureArguments {
  /** The file of the data. */
  readonly x: string;
  /** The file of one component per row, from which the fit starts. */
  readonly labels: string;
  /** Number of components. */
  readonly components: number;
  /** Number of iterations. */
  readonly iterations: number;
}

/** Measures EM alone: seconds per iteration, from the end of the first to the end of the last. */
export async function mixtureIterations(
  { x, labels, components, iterations }: MixtureArguments,
): Promise<Measurement> {
  const data = readMatrix(x);
  const ends: number[] = [];
  const bounds: number[] = [];
  using model = await gaussianMixture(data, {
    components,
    init: { responsibilities: oneHot(labels, components) },
    tolerance: 0,
    maxIterations: iterations,
    onIteration({ lowerBound }) {
      ends.push(performance.now());
      bounds.push(lowerBound);
    },
  });
  return {
    seconds: (ends[ends.length - 1] - ends[0]) / (ends.length - 1) / 1000,
    iterations: model.iterations,
    meanLogLikelihood: bounds[bounds.length - 1],
  };
}

/** The arguments of a fit of a given shape. */
export interface FitArguments extends MixtureArguments {
  /** The shape of the covariances, as scikit-learn names it. */
  readonly covariance: keyof typeof shapes;
}

const shapes = {
  full: "full",
  tied: "tied",
  diag: "diagonal",
  spherical: "spherical",
} as const satisfies Record<string, MixtureCovariance>;

/** Measures a fit from given responsibilities, with the checks of its input. */
export async function mixtureFit(
  { x, labels, components, iterations, covariance }: FitArguments,
): Promise<Measurement> {
  const data = readMatrix(x);
  const init = { responsibilities: oneHot(labels, components) };
  const options = { components, init, covariance: shapes[covariance], tolerance: 0 };
  const { result, seconds } = await timed(() =>
    gaussianMixture(data, { ...options, maxIterations: iterations })
  );
  using model = result;
  return { seconds, meanLogLikelihood: model.lowerBound };
}

/** Measures the log-densities of the rows that a mixture was made from. */
export async function mixtureScores(
  { x, labels, components, covariance }: Omit<FitArguments, "iterations">,
): Promise<Measurement> {
  const data = readMatrix(x);
  const init = { responsibilities: oneHot(labels, components) };
  using model = await gaussianMixture(data, {
    components,
    init,
    covariance: shapes[covariance],
    maxIterations: 0,
  });
  const { result, seconds } = await timed(() => model.logDensity(data));
  return { seconds, meanLogLikelihood: result.reduce((a, b) => a + b, 0) / result.length };
}

/** Reads one component per row as responsibilities of 0 and 1. */
function oneHot(labels: string, components: number): HostMatrix {
  const { values, shape: [rows] } = readArray(labels);
  const responsibilities = new Float32Array(rows * components);
  values.forEach((label, row) => responsibilities[row * components + label] = 1);
  return { values: responsibilities, shape: [rows, components] };
}

/** The arguments of a sweep over numbers of components. */
export interface SweepArguments {
  /** The file of the rows to fit. */
  readonly fitted: string;
  /** The files of the rows to score. */
  readonly scored: readonly string[];
  /** The numbers of components. */
  readonly components: readonly number[];
}

/** Measures fitting and scoring with every number of components, as the experiment does. */
export async function mixtureSweep(
  { fitted, scored, components }: SweepArguments,
): Promise<Measurement> {
  const data = readMatrix(fitted);
  const others = scored.map(readMatrix);
  let iterations = 0;
  let meanLogLikelihood = NaN;
  const { seconds } = await timed(async () => {
    for (const count of components) {
      using mixture = await gaussianMixture(data, { components: count });
      for (const other of others) {
        const scores = await mixture.logDensity(other);
        meanLogLikelihood = scores.reduce((a, b) => a + b, 0) / scores.length;
      }
      await mixture.bic(data);
      iterations += mixture.iterations;
    }
  });
  return { seconds, iterations, meanLogLikelihood };
}
