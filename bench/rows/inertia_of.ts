import type { Quality } from "../core/plan.ts";
import { inertia } from "../inputs/inertia.ts";

/**
 * Makes the quality "inertia": that of the final centroids, computed by the referee.
 *
 * @param x The file of the data.
 * @param tolerance Largest relative difference that counts as equal, if any.
 * @returns The quality.
 */
export function inertiaOf(x: string, tolerance?: number): Quality {
  return {
    name: "inertia",
    tolerance,
    value: ({ centroids }) => centroids && inertia(x, centroids),
  };
}
