import type { MixtureFactors } from "@mixtape/tensor-utils";
import type { Mixture } from "./em_iteration.ts";

/** A count below this share of the rows may be made up of responsibilities that a pass leaves out. */
const LEAST_SHARE = 1e-6;
/** So many powers of e, over all columns, may standard deviations shrink in a step. */
const MOST_SHRINKAGE = 5;

/**
 * Whether a component has lost nearly all its rows, or nearly all its spread: then what is left may come from
 * responsibilities so small that a pass leaves them out.
 *
 * @param counts Sums of responsibilities, k.
 * @param rows How many rows there are.
 * @param before The mixture before the M-step.
 * @param after The mixture after it.
 * @returns Whether to take the moments again, leaving nothing out.
 */
export function restsOnLittle(
  counts: Float64Array,
  rows: number,
  before: MixtureFactors,
  { parameters, factors }: Mixture,
): boolean {
  if (counts.some((count) => count < LEAST_SHARE * rows)) return true;
  const { covariance, dimensions: d } = parameters;
  const matrices = covariance === "full" || covariance === "tied";
  const size = { full: d * d, tied: d * d, diagonal: d, spherical: 1 }[covariance];
  for (let first = 0; first < factors.precisionFactors.length; first += size) {
    let shrinkage = 0;
    for (let at = first; at < first + size; at += matrices ? d + 1 : 1) {
      const change = Math.log(factors.precisionFactors[at] / before.precisionFactors[at]);
      shrinkage += Math.max(0, covariance === "spherical" ? d * change : change);
    }
    if (shrinkage > MOST_SHRINKAGE) return true;
  }
  return false;
}
