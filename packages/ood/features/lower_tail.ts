import * as state from "../state/mod.ts";
import { quantileInPlace } from "./quantile.ts";

/**
 * Location and scale of in-distribution scores, measured from below so that outliers among them
 * move neither number. Plain data.
 */
export interface LowerTail {
  /** Median of held-out scores. */
  readonly median: number;
  /** Median minus 5% quantile, never 0. */
  readonly width: number;
}

/** Shape of {@link LowerTail} in JSON. */
export const lowerTailState: state.StateShape<LowerTail> = state.record<LowerTail>({
  median: state.number(),
  width: state.number({ above: 0 }),
});

/**
 * Measures the median and the lower width of scores; scores that are all equal are left unscaled.
 */
export function lowerTailOf(scores: Float64Array): LowerTail {
  const sorted = scores.slice();
  const median = quantileInPlace(sorted, 0.5);
  const width = median - quantileInPlace(sorted, 0.05);
  return { median, width: width > 0 ? width : 1 };
}

/** Lowers each entry of `lowest` to (score − median) / width if that is less. */
export function keepLowest(
  lowest: Float64Array,
  scores: Float64Array,
  { median, width }: LowerTail,
): void {
  for (let i = 0; i < lowest.length; i++) {
    lowest[i] = Math.min(lowest[i], (scores[i] - median) / width);
  }
}
