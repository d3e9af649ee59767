import type { z } from "zod";
import { count, list, number, record, share } from "./checks.ts";
import { type Interval, interval } from "./intervals.ts";

/**
 * How well a score tells in-distribution from out-of-distribution data.
 *
 * A high score means in distribution.
 */
export interface Separation {
  /** Area under the ROC curve: the chance that an in-distribution row scores higher. */
  readonly auroc: number;
  /** Its interval, where one was computed. */
  readonly aurocInterval: Interval | null;
  /** Area under precision-recall with in-distribution as the positive class. */
  readonly auprIn: number;
  /** Area under precision-recall with out-of-distribution as the positive class. */
  readonly auprOut: number;
  /** Share of out-of-distribution rows accepted at the threshold that accepts 95% of in-distribution. */
  readonly fprAtIdTpr95: number;
}

/** The schema of a {@link Separation}. */
export const separation: z.ZodType<Separation> = record<Separation>({
  auroc: share,
  aurocInterval: interval.nullable(),
  auprIn: share,
  auprOut: share,
  fprAtIdTpr95: share,
}, "Separation");

/** Counts of a score in bins, and beyond them. */
export interface HistogramCounts {
  /** Rows below the first edge. */
  readonly below: number;
  /** Rows in each bin. */
  readonly counts: readonly number[];
  /** Rows at or above the last edge. */
  readonly above: number;
}

/** Scores of both kinds of data in the same bins. */
export interface ScoreHistogram {
  /** Ascending edges, one more than bins. */
  readonly edges: readonly number[];
  /** In-distribution test rows. */
  readonly inDistribution: HistogramCounts;
  /** Out-of-distribution test rows. */
  readonly outOfDistribution: HistogramCounts;
}

/** The schema of {@link HistogramCounts}. */
export const histogramCounts: z.ZodType<HistogramCounts> = record<HistogramCounts>({
  below: count,
  counts: list(count, 1),
  above: count,
});

/** The schema of a {@link ScoreHistogram}. */
export const scoreHistogram: z.ZodType<ScoreHistogram> = record<ScoreHistogram>({
  edges: list(number, 2),
  inDistribution: histogramCounts,
  outOfDistribution: histogramCounts,
}, "ScoreHistogram");
