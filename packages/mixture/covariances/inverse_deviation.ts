import { ComponentCollapseError } from "../component_collapse_error.ts";

/**
 * Computes the inverse of a standard deviation.
 *
 * @param variance A variance.
 * @param component The component, counted from 0, to be named in the error.
 * @returns variance^−½.
 * @throws {ComponentCollapseError} If the variance is not above 0 and finite.
 */
export function inverseDeviation(variance: number, component: number): number {
  if (variance > 0 && variance < Infinity) return 1 / Math.sqrt(variance);
  throw new ComponentCollapseError(component, `has a variance of ${variance}`, Number.MIN_VALUE);
}
