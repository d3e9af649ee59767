import { meanInterval } from "../../run/mean_interval.ts";
import type { Ranked } from "../result.ts";

/**
 * Compares methods by a measure of each with every seed: their means, and how far each is behind the best, seed by seed,
 * for all methods face the same cells and starts.
 *
 * @param measures One list per method, one number per seed, at least two; null for a method without a measure.
 * @param better Tells if less or more is better.
 */
export function rankMethods(
  measures: readonly (readonly number[] | null)[],
  better: "less" | "more",
): (Ranked | null)[] {
  const sign = better === "less" ? 1 : -1;
  const means = measures.map((list) => list && meanInterval(list));
  const costs = means.map((mean) => mean === null ? Infinity : sign * mean.value);
  const best = costs.indexOf(Math.min(...costs));
  return measures.map((list, at) =>
    list && {
      mean: means[at]!,
      behind: at === best
        ? null
        : meanInterval(list.map((one, seed) => sign * (one - measures[best]![seed]))),
    }
  );
}
