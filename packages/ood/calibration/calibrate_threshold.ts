import { checkNumber, givenOptions } from "@mixtape/tensor-utils";
import { type Scores, sortedScores } from "../measures/scores.ts";

/** Options of {@link calibrateThreshold}. */
export interface CalibrationOptions {
  /** Share of in-distribution rows to accept, between 0 and 1; 0.95 by default. */
  readonly tpr?: number;
}

/**
 * Returns the threshold at which a new in-distribution row is accepted (score ≥ threshold) with at
 * least the given probability, averaged over the draw of the held-out rows. It is the ⌊(n + 1)(1 −
 * tpr)⌋-th lowest held-out score: n + 1 counts the new row too, without which a threshold from few
 * held-out rows accepts too few.
 *
 * @example
 * ```ts
 * import { calibrateThreshold } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const heldOut = Array.from({ length: 99 }, (_, i) => i);
 * assert.equal(calibrateThreshold(heldOut, { tpr: 0.95 }), 4);
 * ```
 *
 * @param heldOutScores Scores of in-distribution rows used for nothing else, high =
 * in-distribution.
 * @param options The share to accept.
 * @throws {RangeError} If there are too few rows for that share, or a score is not finite.
 * @see Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World
 */
export function calibrateThreshold(
  heldOutScores: Scores,
  options?: CalibrationOptions,
): number {
  const given = givenOptions(options, { tpr: true }, "calibrateThreshold");
  const tpr = checkNumber(given.tpr ?? 0.95, "tpr", { above: 0, max: 1 });
  const sorted = sortedScores(heldOutScores, "held-out scores");
  // For round shares, (n + 1)(1 − tpr) is a whole number that 1 − tpr misses by a rounding error.
  const rank = Math.floor((sorted.length + 1) * (1 - tpr) + 1e-9);
  if (rank >= 1) return sorted[rank - 1];
  const needed = tpr < 1 ? `at least ${Math.ceil(1 / (1 - tpr) - 1 - 1e-9)} are` : "tpr < 1 is";
  throw new RangeError(
    `Cannot accept a share of ${tpr} with ${sorted.length} held-out rows: ${needed} needed`,
  );
}
