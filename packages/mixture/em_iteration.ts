import {
  inTurns,
  type MixtureFactors,
  type MixtureMoments,
  type MixtureSession,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { factorizeInTurns } from "./factors.ts";
import { leavesOutTooMuch } from "./leaves_out_too_much.ts";
import { maximize } from "./maximization.ts";
import { meansMovedFar } from "./means_moved_far.ts";
import type { CheckedParameters } from "./parameters.ts";

/** The largest number of passes over the rows, each about better means, in one M-step. */
const MOST_PASSES = 3;

/** A mixture and the factors that its densities are computed from. */
export interface Mixture {
  /** The parameters. */
  readonly parameters: CheckedParameters;
  /** Log-weights, means and precision factors. */
  readonly factors: MixtureFactors;
}

/** The outcome of an iteration of expectation-maximisation. */
export interface EmIteration {
  /** The mixture after the M-step. */
  readonly next: Mixture;
  /** Log-likelihood of all rows at the E-step. */
  readonly logLikelihood: number;
  /** True if the responsibilities left out might have mattered, so that the next iteration should leave out none. */
  readonly careful: boolean;
}

/**
 * Does an E-step and an M-step, leaving out responsibilities that are close to 0; repeats both with all
 * responsibilities if those left out might have mattered.
 *
 * @param session A session on the data.
 * @param rows Number of rows of the data.
 * @param mixture The current mixture.
 * @param regularization Number added to every variance.
 * @param careful True to leave out no responsibility from the start.
 * @param signal Ends the iteration.
 * @returns The mixture after the M-step, and the log-likelihood at the E-step.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function iterate(
  session: MixtureSession,
  rows: number,
  mixture: Mixture,
  regularization: number,
  careful: boolean,
  signal?: AbortSignal,
): Promise<EmIteration> {
  const { parameters, factors } = mixture;
  const attempt = async (careful: boolean): Promise<EmIteration> => {
    const step = (about: Float64Array) => session.step(factors, { about, careful });
    const moments = await step(parameters.means);
    const next = await settle(moments, parameters, regularization, step, signal);
    return {
      next,
      logLikelihood: moments.logLikelihood,
      careful: await inTurns(leavesOutTooMuch(moments, rows, mixture, next), signal),
    };
  };
  const quick = careful ? undefined : await unlessCollapsed(() => attempt(false));
  return quick && !quick.careful ? quick : await attempt(true);
}

/**
 * Does the M-step; recomputes the moments about the new means if those have moved so far that the covariances
 * from moments about the old means would be differences of large numbers.
 *
 * @param first Moments about the means of `before`.
 * @param before The current means, and the shape of the covariances.
 * @param regularization Number added to every variance.
 * @param step Computes the same moments about other points.
 * @param signal Ends the step.
 * @returns The mixture that maximises the expected log-likelihood.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function settle(
  first: MixtureMoments,
  { means, covariance }: Pick<CheckedParameters, "means" | "covariance">,
  regularization: number,
  step: (about: Float64Array) => Promise<MixtureMoments>,
  signal?: AbortSignal,
): Promise<Mixture> {
  const maximized = (moments: MixtureMoments) =>
    inTurns(maximize(moments, about, covariance, regularization), signal);
  const factorized = () => factorizeInTurns(parameters, signal);
  let about = means;
  let parameters = await maximized(first);
  for (let pass = 1; pass < MOST_PASSES; pass++) {
    const factors = await unlessCollapsed(factorized);
    if (factors && !await inTurns(meansMovedFar({ parameters, factors }, about), signal)) {
      return { parameters, factors };
    }
    about = parameters.means;
    parameters = await maximized(await step(about));
  }
  return { parameters, factors: await factorized() };
}

async function unlessCollapsed<T>(compute: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await compute();
  } catch (error) {
    if (error instanceof ComponentCollapseError) return undefined;
    throw error;
  }
}
