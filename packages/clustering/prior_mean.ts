import { checkNumber, numberArray } from "@mixtape/tensor-utils";
import { type MissingEntries, observedMeans } from "./missing_entries.ts";

/**
 * The mean that a missing entry is taken to have: 0, that of its column's observed entries, or a
 * number a column.
 */
export type PriorMean = "zero" | "feature-mean" | ArrayLike<number>;

/** Copies the numbers of a prior mean; words are checked. */
export function copyPriorMean(priorMean: PriorMean = "zero"): CopiedPriorMean {
  if (priorMean === "zero" || priorMean === "feature-mean") return priorMean;
  if (typeof priorMean !== "string") return numberArray(priorMean, "priorMean");
  throw new RangeError(
    `Cannot use priorMean: "${priorMean}" was given, "zero", "feature-mean" or a number a column is needed`,
  );
}

/** A prior mean that is not the caller's any more. */
export type CopiedPriorMean = "zero" | "feature-mean" | Float64Array;

/** The prior mean of each column, checked; a copy. */
export function checkPriorMean(priorMean: CopiedPriorMean, entries: MissingEntries): Float64Array {
  const d = entries.x.shape[1];
  if (priorMean === "zero") return new Float64Array(d);
  if (priorMean === "feature-mean") return observedMeans(entries);
  if (priorMean.length !== d) {
    throw new RangeError(
      `Cannot use priorMean: it has ${priorMean.length} numbers, ${d} are needed, one a column`,
    );
  }
  priorMean.forEach((mean, p) => checkNumber(mean, `priorMean[${p}]`));
  return priorMean.slice();
}
