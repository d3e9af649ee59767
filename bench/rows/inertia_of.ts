import type { Quality } from "../core/plan.ts";
import { inertia } from "../inputs/inertia.ts";

/**
 * The inertia of final centroids, by the referee.
 *
 * @param x The file of the data.
 * @param tolerance What counts as equal, if anything does.
 * @returns What is compared.
 */
export function inertiaOf(x: string, tolerance?: number): Quality {
  return {
    name: "inertia",
    tolerance,
    value: ({ centroids }) => centroids && inertia(x, centroids),
  };
}
