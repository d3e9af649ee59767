import type { MixtureFactors, MixtureMoments, MixtureSession } from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { factorize } from "./factors.ts";
import { leavesOutTooMuch } from "./leaves_out_too_much.ts";
import { maximize } from "./maximization.ts";
import { meansMovedFar } from "./means_moved_far.ts";
import type { CheckedParameters } from "./parameters.ts";

/** Passes over the rows, each about better means, before what the last one gives is taken as it is. */
const MOST_PASSES = 3;

/** A mixture and what its densities are computed from. */
export interface Mixture {
  /** The parameters. */
  readonly parameters: CheckedParameters;
  /** Their factors. */
  readonly factors: MixtureFactors;
}

/** What an iteration of expectation-maximisation gives. */
export interface EmIteration {
  /** The mixture after the M-step. */
  readonly next: Mixture;
  /** Log-likelihood of all rows at the E-step. */
  readonly logLikelihood: number;
  /** Whether what a pass leaves out may show, so that the next iteration should leave out nothing. */
  readonly careful: boolean;
}

/**
 * An E-step and an M-step; both again, carefully, where what was left out may show.
 *
 * @param session The data, opened.
 * @param rows How many rows it has.
 * @param mixture The mixture to begin with.
 * @param regularization Added to every variance.
 * @param careful Whether to leave out nothing from the start.
 * @returns The mixture after the step.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function iterate(
  session: MixtureSession,
  rows: number,
  mixture: Mixture,
  regularization: number,
  careful: boolean,
): Promise<EmIteration> {
  const { parameters, factors } = mixture;
  const attempt = async (careful: boolean): Promise<EmIteration> => {
    const step = (about: Float64Array) => session.step(factors, { about, careful });
    const moments = await step(parameters.means);
    const next = await settle(moments, parameters, regularization, step);
    return {
      next,
      logLikelihood: moments.logLikelihood,
      careful: leavesOutTooMuch(moments, rows, mixture, next),
    };
  };
  const quick = careful ? undefined : await unlessCollapsed(() => attempt(false));
  return quick && !quick.careful ? quick : await attempt(true);
}

/**
 * The M-step, with moments taken again about the new means where those have moved so far that the covariances
 * about the old ones would be differences of large numbers.
 *
 * @param first Moments about the means of `before`.
 * @param before Where the means come from, and the shape of the covariances.
 * @param regularization Added to every variance.
 * @param step Takes the same moments about other points.
 * @returns The mixture that the moments lead to.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function settle(
  first: MixtureMoments,
  { means, covariance }: Pick<CheckedParameters, "means" | "covariance">,
  regularization: number,
  step: (about: Float64Array) => Promise<MixtureMoments>,
): Promise<Mixture> {
  let about = means;
  let parameters = maximize(first, about, covariance, regularization);
  for (let pass = 1; pass < MOST_PASSES; pass++) {
    const factors = await unlessCollapsed(() => factorize(parameters));
    if (factors && !meansMovedFar({ parameters, factors }, about)) return { parameters, factors };
    about = parameters.means;
    parameters = maximize(await step(about), about, covariance, regularization);
  }
  return { parameters, factors: factorize(parameters) };
}

async function unlessCollapsed<T>(compute: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await compute();
  } catch (error) {
    if (error instanceof ComponentCollapseError) return undefined;
    throw error;
  }
}
