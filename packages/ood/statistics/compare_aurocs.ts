import type { Scores } from "../measures/scores.ts";
import { normalCdf } from "./normal_distribution.ts";
import { placements, sampleCovariance } from "./placements.ts";

/** Scores that one detector gave to in-distribution and OOD rows. */
export interface ScoredRows {
  /** Scores of in-distribution rows, high = in-distribution. */
  readonly idScores: Scores;
  /** Scores of OOD rows. */
  readonly oodScores: Scores;
}

/** Comparison of two AUROCs on the same rows. */
export interface AurocComparison {
  /** First AUROC minus second. */
  readonly difference: number;
  /** Standard error of the difference. */
  readonly standardError: number;
  /** Difference divided by its standard error; 0 if both are 0, infinite if only the error is. */
  readonly z: number;
  /**
   * Probability of a difference at least as large, in either direction, if the detectors were
   * equally good; at least 2^(1 − rows), the least of a sign test of as many rows.
   */
  readonly pValue: number;
}

/**
 * Tests if two detectors that score the same rows have the same AUROC, by DeLong's paired test. O(n
 * log n).
 *
 * @example
 * ```ts
 * import { compareAurocs } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const good = { idScores: [5, 6, 7, 8, 3, 9, 7.5, 6.5], oodScores: [1, 2, 4, 0, 1.5, 2.5] };
 * const poor = { idScores: [1, 2, 3, 4, 5, 6, 2.5, 3.5], oodScores: [6, 5, 2, 1, 4.5, 3.2] };
 * const { difference, pValue } = compareAurocs(good, poor);
 * assert.ok(difference > 0 && pValue < 0.05);
 * ```
 *
 * @param first Scores of one detector.
 * @param second Scores of the other detector, for the same rows in the same order.
 * @throws {RangeError} If the numbers of rows differ, either set is empty, or a score is not
 * finite.
 * @see DeLong, DeLong & Clarke-Pearson (1988), https://doi.org/10.2307/2531595
 */
export function compareAurocs(first: ScoredRows, second: ScoredRows): AurocComparison {
  const a = placements(Object(first).idScores, Object(first).oodScores);
  const b = placements(Object(second).idScores, Object(second).oodScores);
  if (a.ofId.length !== b.ofId.length || a.ofOod.length !== b.ofOod.length) {
    throw new RangeError(
      `Cannot pair the scores: ${a.ofId.length} + ${a.ofOod.length} rows and ` +
        `${b.ofId.length} + ${b.ofOod.length} rows, both detectors must score the same rows`,
    );
  }
  const idDifference = a.ofId.map((value, i) => value - b.ofId[i]);
  const oodDifference = a.ofOod.map((value, i) => value - b.ofOod[i]);
  const variance = sampleCovariance(idDifference, idDifference) / idDifference.length +
    sampleCovariance(oodDifference, oodDifference) / oodDifference.length;
  const standardError = Math.sqrt(variance);
  const difference = a.auroc - b.auroc;
  const z = difference === 0 ? 0 : difference / standardError;
  // Few rows can agree by chance, and then have no variance; no signs of theirs are less likely than this.
  const least = 2 ** (1 - idDifference.length - oodDifference.length);
  const pValue = Math.min(1, Math.max(2 * normalCdf(-Math.abs(z)), least));
  return { difference, standardError, z, pValue };
}
