import { gaussianMixture } from "@mixtape/mixture";
import type { Measurement } from "../../core/measurement.ts";
import { readArray, readMatrix } from "../read_array.ts";
import { timed } from "../serve.ts";

/** What iterations of EM need. */
export interface MixtureArguments {
  /** The file of the data. */
  readonly x: string;
  /** The file of a component a row, which the fit starts from. */
  readonly labels: string;
  /** How many components. */
  readonly components: number;
  /** How many iterations. */
  readonly iterations: number;
}

/** EM alone: seconds an iteration, from the end of the first to the end of the last. */
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

/** What a sweep needs. */
export interface SweepArguments {
  /** The file of the rows to fit. */
  readonly fitted: string;
  /** The files of the rows to score. */
  readonly scored: readonly string[];
  /** The numbers of components. */
  readonly components: readonly number[];
}

/** Fits every number of components and scores, as the experiment does. */
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
