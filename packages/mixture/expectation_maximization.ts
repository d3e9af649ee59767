import type { MixtureSession } from "@mixtape/tensor-utils";
import { iterate, type Mixture } from "./em_iteration.ts";

/** The stopping rules and the regularization of expectation-maximisation. */
export interface EmRules {
  /** Largest change of the mean log-likelihood, in nats per row, that counts as converged. */
  readonly tolerance: number;
  /** Largest number of iterations. */
  readonly maxIterations: number;
  /** Number added to every variance. */
  readonly regularization: number;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

/** The outcome of expectation-maximisation: the mixture after the last M-step, and the course of the bound. */
export interface EmOutcome extends Mixture {
  /** Mean log-likelihood at the last E-step; that of the start if there was no iteration. */
  readonly lowerBound: number;
  /** Mean log-likelihood at the E-step of each iteration. */
  readonly lowerBoundHistory: Float64Array;
  /** True if the tolerance was met. */
  readonly converged: boolean;
}

/**
 * Runs expectation-maximisation from a start: computes the responsibilities γ and moments under the current
 * parameters, then the parameters that maximise the expected log-likelihood, until the bound settles.
 *
 * @param session A session on the data.
 * @param rows Number of rows of the data.
 * @param start The initial mixture.
 * @param rules The stopping rules and the regularization.
 * @param afterIteration Called with the history so far, and awaited, after each iteration.
 * @returns The final mixture and the course of the bound.
 */
export async function expectationMaximization(
  session: MixtureSession,
  rows: number,
  start: Mixture,
  { tolerance, maxIterations, regularization, signal }: EmRules,
  afterIteration: (history: readonly number[]) => Promise<void>,
): Promise<EmOutcome> {
  let current = start;
  if (maxIterations === 0) {
    const density = await session.logDensity(current.factors);
    const lowerBound = density.reduce((sum, value) => sum + value, 0) / rows;
    return { ...current, lowerBound, lowerBoundHistory: new Float64Array(0), converged: false };
  }
  const history: number[] = [];
  let converged = false;
  let careful = false;
  while (history.length < maxIterations && !converged) {
    const iteration = await iterate(session, rows, current, regularization, careful, signal);
    ({ next: current, careful } = iteration);
    history.push(iteration.logLikelihood / rows);
    converged = Math.abs(lastChange(history)) <= tolerance;
    await afterIteration(history);
  }
  const lowerBound = history[history.length - 1];
  const lowerBoundHistory = Float64Array.from(history);
  return { ...current, lowerBound, lowerBoundHistory, converged };
}

/**
 * Returns the change of the bound in the last iteration.
 *
 * @param history The bound of each iteration.
 * @returns The difference of the last two, infinite after the first iteration.
 */
export function lastChange(history: readonly number[]): number {
  return history.length < 2 ? Infinity : history[history.length - 1] - history[history.length - 2];
}
