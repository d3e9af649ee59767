import { gaussianMixture } from "@mixtape/mixture";
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
  const responsibilities = new Float32Array(data.shape[0] * components);
  readArray(labels).values.forEach((label, row) => responsibilities[row * components + label] = 1);
  const ends: number[] = [];
  const bounds: number[] = [];
  using model = await gaussianMixture(data, {
    components,
    init: { responsibilities: { values: responsibilities, shape: [data.shape[0], components] } },
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
