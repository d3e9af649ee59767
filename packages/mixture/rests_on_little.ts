import { type MixtureFactors, mixtureStrides } from "@mixtape/tensor-utils";
import { covarianceShapes } from "./covariances/shapes.ts";
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
  const { block, diagonal } = mixtureStrides(covarianceShapes[covariance].layout, d);
  for (let first = 0; first < factors.precisionFactors.length; first += block) {
    let shrinkage = 0;
    for (let j = 0; j < d; j++) {
      const at = first + j * diagonal;
      const change = Math.log(factors.precisionFactors[at] / before.precisionFactors[at]);
      shrinkage += Math.max(0, change);
    }
    if (shrinkage > MOST_SHRINKAGE) return true;
  }
  return false;
}
