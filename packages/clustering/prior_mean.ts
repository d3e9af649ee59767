import { checkNumber, numberArray } from "@mixtape/tensor-utils";
import { type MissingEntries, observedMeans } from "./missing_entries.ts";

/**
 * Mean that a missing entry is assumed to have: 0, the mean of its column's observed entries, or
 * one number per column.
 */
export type PriorMean = "zero" | "feature-mean" | ArrayLike<number>;

/** Copies a prior mean given as numbers, and checks one given as a word. */
export function copyPriorMean(priorMean: PriorMean = "zero"): CopiedPriorMean {
  if (priorMean === "zero" || priorMean === "feature-mean") return priorMean;
  if (typeof priorMean !== "string") return numberArray(priorMean, "priorMean");
  throw new RangeError(
    `Cannot use priorMean: "${priorMean}" was given, "zero", "feature-mean" or one number per column is needed`,
  );
}

/** A prior mean whose numbers are our own copy. */
export type CopiedPriorMean = "zero" | "feature-mean" | Float64Array;

/** Returns a checked copy of the prior mean, one number per column. */
export async function checkPriorMean(
  priorMean: CopiedPriorMean,
  entries: MissingEntries,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = entries.x.shape[1];
  if (priorMean === "zero") return new Float64Array(d);
  if (priorMean === "feature-mean") return await observedMeans(entries, signal);
  if (priorMean.length !== d) {
    throw new RangeError(
      `Cannot use priorMean: it has ${priorMean.length} numbers, ${d} are needed, one per column`,
    );
  }
  priorMean.forEach((mean, p) => checkNumber(mean, `priorMean[${p}]`));
  return priorMean.slice();
}
