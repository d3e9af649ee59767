import type { MixtureSession } from "@mixtape/tensor-utils";
import { iterate, type Mixture } from "./em_iteration.ts";

/** When expectation-maximisation stops, and what guards it. */
export interface EmRules {
  /** Stop when the mean log-likelihood changes by no more than this. */
  readonly tolerance: number;
  /** Stop after so many iterations. */
  readonly maxIterations: number;
  /** Added to every variance. */
  readonly regularization: number;
}

/** What expectation-maximisation arrived at: the mixture after the last M-step, and how it came there. */
export interface EmOutcome extends Mixture {
  /** Mean log-likelihood at the last E-step; under the start, where no iteration was asked for. */
  readonly lowerBound: number;
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
 * @param start The mixture to begin with.
 * @param rules When to stop.
 * @param afterIteration Awaited after each iteration with the history so far.
 * @returns The last parameters and how it went.
 */
export async function expectationMaximization(
  session: MixtureSession,
  rows: number,
  start: Mixture,
  { tolerance, maxIterations, regularization }: EmRules,
  afterIteration: (history: readonly number[]) => Promise<void>,
): Promise<EmOutcome> {
  let current = start;
  if (maxIterations === 0) {
    const density = await session.logDensity(current.factors);
    const lowerBound = density.reduce((sum, value) => sum + value, 0) / rows;
    return { ...current, lowerBound, lowerBoundHistory: [], converged: false };
  }
  const history: number[] = [];
  let converged = false;
  let careful = false;
  while (history.length < maxIterations && !converged) {
    const iteration = await iterate(session, rows, current, regularization, careful);
    ({ next: current, careful } = iteration);
    history.push(iteration.logLikelihood / rows);
    converged = Math.abs(lastChange(history)) <= tolerance;
    await afterIteration(history);
  }
  const lowerBound = history[history.length - 1];
  return { ...current, lowerBound, lowerBoundHistory: history, converged };
}

/**
 * The change of the bound by the last iteration.
 *
 * @param history The bound of each iteration.
 * @returns The difference of the last two, infinite after the first.
 */
export function lastChange(history: readonly number[]): number {
  return history.length < 2 ? Infinity : history[history.length - 1] - history[history.length - 2];
}
