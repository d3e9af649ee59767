import { isSafeSquare } from "@mixtape/tensor-utils";
import * as state from "../state/mod.ts";
import { lengthOf } from "./length_of.ts";

/** Mean and standard deviation of scores on held-out rows. Plain data. */
export interface Standardization {
  /** Mean of the scores. */
  readonly mean: number;
  /** Standard deviation, never 0. */
  readonly deviation: number;
}

/** Shape of {@link Standardization} in JSON. */
export const standardizationState: state.StateShape<Standardization> = state.record<
  Standardization
>({
  mean: state.number(),
  deviation: state.number({ above: 0 }),
});

/**
 * Measures the mean and standard deviation of scores; scores that are all equal are left unscaled.
 */
export function standardizationOf(scores: Float64Array): Standardization {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const deviation = isSafeSquare(squares)
    ? Math.sqrt(squares / scores.length)
    : lengthOf(scores.map((score) => score - mean)) / Math.sqrt(scores.length);
  return { mean, deviation: deviation > 0 ? deviation : 1 };
}

/** Adds weight × (score − mean) / deviation of each row to `sum`. */
export function addStandardized(
  sum: Float64Array,
  scores: Float64Array,
  { mean, deviation }: Standardization,
  weight = 1,
): void {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * (scores[i] - mean) / deviation;
}
