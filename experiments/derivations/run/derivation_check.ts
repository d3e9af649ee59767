import type { CheckId, DerivationCheck, MonteCarloEstimate } from "@mixtape/results";

/** The outcome of the numerical checks of a derivation. */
export interface DerivationOutcome {
  /** The statements, each with how far it fails to hold. */
  readonly checks: readonly DerivationCheck[];
  /** The objective, step by step. */
  readonly trace: readonly number[];
  /** Closed forms beside their brute-force estimates. */
  readonly monteCarlo: readonly MonteCarloEstimate[];
}

/**
 * Notes by how much a statement fails to hold.
 *
 * @param id The statement.
 * @param errors The deviation in each case, not negative.
 * @param tolerance The largest deviation that is accepted.
 * @returns The check.
 */
export function checkStatement(
  id: CheckId,
  errors: readonly number[],
  tolerance: number,
): DerivationCheck {
  const error = errors.reduce((a, b) => Math.max(a, b), 0);
  return { id, error, tolerance, passed: error <= tolerance, cases: errors.length };
}

/** A closed form beside the mean of draws. */
export function estimate(
  id: CheckId,
  closedForm: number,
  draws: readonly number[],
): MonteCarloEstimate {
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const squares = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (draws.length - 1) / draws.length);
  return { id, closedForm, estimate: mean, standardError, draws: draws.length };
}

/** Returns the distance of an estimate from its closed form, in standard errors. */
export function standardErrors(
  { closedForm, estimate, standardError }: MonteCarloEstimate,
): number {
  return standardError === 0 ? 0 : Math.abs(estimate - closedForm) / standardError;
}

/** A central difference of f at 0 with the given step. */
export async function centralDifference(
  f: (step: number) => number | Promise<number>,
  step: number,
): Promise<number> {
  return (await f(step) - await f(-step)) / (2 * step);
}

/** |a − b| relative to the larger of |b| and a scale below which only the absolute error counts. */
export function relativeError(a: number, b: number, scale: number): number {
  return Math.abs(a - b) / Math.max(Math.abs(b), scale);
}
