import { checkNumber } from "@mixtape/tensor-utils";
import { type MissingEntries, observedMeans } from "./missing_entries.ts";

/**
 * The mean that a missing entry is taken to have: 0, that of its column's observed entries, or a
 * number a column.
 */
export type PriorMean = "zero" | "feature-mean" | Float64Array;

/** The prior mean of each column, checked; a copy. */
export function checkPriorMean(priorMean: PriorMean, entries: MissingEntries): Float64Array {
  const d = entries.x.shape[1];
  if (priorMean === "zero") return new Float64Array(d);
  if (priorMean === "feature-mean") return observedMeans(entries);
  if (!(priorMean instanceof Float64Array)) {
    throw new TypeError(
      `Cannot use priorMean: "zero", "feature-mean" or a Float64Array of ${d} numbers is needed`,
    );
  }
  if (priorMean.length !== d) {
    throw new RangeError(
      `Cannot use priorMean: it has ${priorMean.length} numbers, ${d} are needed, one a column`,
    );
  }
  priorMean.forEach((mean, p) => checkNumber(mean, `priorMean[${p}]`));
  return priorMean.slice();
}
