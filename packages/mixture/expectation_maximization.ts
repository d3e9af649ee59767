import type { MixtureFactors, MixtureSession } from "@mixtape/tensor-utils";
import { factorize } from "./factors.ts";
import { maximize } from "./maximization.ts";
import type { CheckedParameters } from "./parameters.ts";

/** When expectation-maximisation stops, and what guards it. */
export interface EmRules {
  /** Stop when the mean log-likelihood changes by no more than this. */
  readonly tolerance: number;
  /** Stop after so many iterations. */
  readonly maxIterations: number;
  /** Added to every variance. */
  readonly regularization: number;
}

/** What expectation-maximisation arrived at. */
export interface EmOutcome {
  /** The parameters after the last M-step. */
  readonly parameters: CheckedParameters;
  /** Their factors. */
  readonly factors: MixtureFactors;
  /** Mean log-likelihood at the E-step of each iteration. */
  readonly lowerBoundHistory: readonly number[];
  /** Whether the tolerance was met. */
  readonly converged: boolean;
}

/**
 * Expectation-maximisation from a start: responsibilities γ and moments under the current parameters, then
 * the parameters that are best for them, until the mean log-likelihood settles.
 *
 * @param session The data, opened.
 * @param rows How many rows it has.
 * @param start The parameters to begin with.
 * @param rules When to stop.
 * @param afterIteration Awaited after each iteration with the history so far.
 * @returns The last parameters and how it went.
 */
export async function expectationMaximization(
  session: MixtureSession,
  rows: number,
  start: CheckedParameters,
  { tolerance, maxIterations, regularization }: EmRules,
  afterIteration: (history: readonly number[]) => Promise<void>,
): Promise<EmOutcome> {
  let parameters = start;
  let factors = factorize(parameters);
  const history: number[] = [];
  let converged = false;
  while (history.length < maxIterations && !converged) {
    const moments = await session.step(factors);
    parameters = maximize(moments, parameters.means, parameters.covariance, regularization);
    factors = factorize(parameters);
    history.push(moments.logLikelihood / rows);
    converged = Math.abs(lastChange(history)) <= tolerance;
    await afterIteration(history);
  }
  return { parameters, factors, lowerBoundHistory: history, converged };
}

/**
 * How much the last iteration changed the bound.
 *
 * @param history The bound of each iteration.
 * @returns The difference of the last two, infinite after the first.
 */
export function lastChange(history: readonly number[]): number {
  return history.length < 2 ? Infinity : history[history.length - 1] - history[history.length - 2];
}
