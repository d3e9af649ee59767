import type { z } from "zod";
import { count, list, number, record, share } from "./checks.ts";
import { type Interval, interval } from "./intervals.ts";

/**
 * Measures of the separation of in-distribution from out-of-distribution rows by a score.
 *
 * A high score means in-distribution.
 */
export interface Separation {
  /** Area under the ROC curve: the probability that an in-distribution row scores higher; ties count half. */
  readonly auroc: number;
  /** Confidence interval of `auroc`; null if none was computed. */
  readonly aurocInterval: Interval | null;
  /** Area under the precision-recall curve with in-distribution as the positive class. */
  readonly auprIn: number;
  /** Area under the precision-recall curve with out-of-distribution as the positive class. */
  readonly auprOut: number;
  /** Share of out-of-distribution rows accepted at the threshold that accepts 95% of the in-distribution rows. */
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

/** Numbers of rows by score: in each bin, and beyond the outer edges. */
export interface HistogramCounts {
  /** Number of rows below the first edge. */
  readonly below: number;
  /** Number of rows in each bin. */
  readonly counts: readonly number[];
  /** Number of rows at or above the last edge. */
  readonly above: number;
}

/** Histograms of in-distribution and out-of-distribution scores over the same bins. */
export interface ScoreHistogram {
  /** Edges of the bins, ascending, one more than there are bins. */
  readonly edges: readonly number[];
  /** Counts of the in-distribution rows. */
  readonly inDistribution: HistogramCounts;
  /** Counts of the out-of-distribution rows. */
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
