import { checkNumber } from "@mixtape/tensor-utils";
import { selectInPlace } from "./quantile.ts";

/** Threshold of a row's largest activations and the share of positive activation that they hold. */
export interface TopActivations {
  /** Smallest of the largest activations. */
  readonly threshold: number;
  /**
   * Sum of all positive activations divided by the sum of those among the largest; 1 if there are
   * none.
   */
  readonly ratio: number;
}

/**
 * Returns the number of activations that remain when `share` of a layer of `units` is pruned,
 * rounded as the papers' code does. It is at least 1: for a layer so small that none would remain,
 * a note is added.
 */
export function activationsToKeep(
  units: number,
  share: number,
  note: (sentence: string) => void,
): number {
  checkNumber(share, "share", { min: 0, max: 1 });
  const wanted = units - roundHalfToEven(units * share);
  if (wanted < 1) note(`1 of ${units} units was kept, pruning ${share} of them would leave none`);
  return Math.max(1, wanted);
}

/**
 * Rounds to the nearest whole number, and to the even one halfway between two, as NumPy does. A
 * share such as 0.35 is itself rounded, so a number within rounding of a half counts as a half.
 */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const isHalf = Math.abs(value - below - 0.5) <= 2 * Number.EPSILON * value;
  return isHalf ? below + below % 2 : Math.round(value);
}

/** Finds the `count` largest activations of a row; negative ones (of SiLU, say) add no mass. */
export function topActivations(
  row: Float64Array,
  count: number,
  scratch: Float64Array,
): TopActivations {
  scratch.set(row);
  const threshold = selectInPlace(scratch, row.length - count);
  let all = 0;
  for (let j = 0; j < row.length; j++) if (row[j] > 0) all += row[j];
  let top = 0;
  // After the selection the largest are at the end, exactly `count` of them even if some are equal.
  for (let j = row.length - count; j < row.length; j++) if (scratch[j] > 0) top += scratch[j];
  return { threshold, ratio: top > 0 ? all / top : 1 };
}
