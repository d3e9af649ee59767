import { checkNumber } from "@mixtape/tensor-utils";
import { selectInPlace } from "./quantile.ts";

/** The largest activations of a row and how much of its positive mass they hold. */
export interface TopActivations {
  /** The smallest of them. */
  readonly threshold: number;
  /** Sum of all positive activations over the sum of those among the largest; 1 if there is none. */
  readonly ratio: number;
}

/**
 * How many activations stay when `share` of a layer of `units` is pruned, rounded as the papers' code does, but never
 * none: a layer smaller than the papers' keeps at least one, which is reported.
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
 * The nearest whole number, the even one in the middle between two, as NumPy rounds. A share such as 0.35 is rounded
 * itself, so that what is a half but for rounding counts as one.
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
  // After the selection the largest stand at the end, exactly `count` of them even where some are equal.
  for (let j = row.length - count; j < row.length; j++) if (scratch[j] > 0) top += scratch[j];
  return { threshold, ratio: top > 0 ? all / top : 1 };
}
