import type { Envelope, Interval, UsedTable } from "@mixtape/results";
import {
  count,
  flag,
  interval,
  list,
  number,
  oneOf,
  positive,
  record,
  share,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A way to fill cells without clusters. */
export type ColumnFill = "column-mean" | "column-median";

/** A way to cluster rows of which cells have no value. */
export type GroupingMethod = "complete-rows" | "mean-imputation" | "median-imputation" | "k-pod";

/** A way to fill cells. */
export type FillMethod = ColumnFill | GroupingMethod;

/** A column and the number of its cells without a value. */
export interface ColumnGaps {
  /** Name of the column. */
  readonly name: string;
  /** Number of cells without a value. */
  readonly missing: number;
}

/** Rows that lack the same columns. */
export interface GapPattern {
  /** The columns that they lack. */
  readonly lacking: readonly string[];
  /** Number of rows. */
  readonly rows: number;
}

/** The mean of a measure over the seeds. */
export interface SeedMean {
  /** The mean. */
  readonly value: number;
  /** Student's interval. */
  readonly interval: Interval;
}

/** A measure of a method, and how far it is behind the best. */
export interface Ranked {
  /** The mean over the seeds. */
  readonly mean: SeedMean;
  /** Mean difference from the best method, seed by seed, 0 or more; null for the best. */
  readonly behind: SeedMean | null;
}

/** The error of a method on hidden cells. */
export interface FillError {
  /** The method. */
  readonly method: FillMethod;
  /** Root mean squared error, in deviations of the column; null if the method could not cluster with every seed. */
  readonly error: Ranked | null;
}

/** A clustering by a method. */
export interface Grouping {
  /** The method. */
  readonly method: GroupingMethod;
  /** Number of rows that the centroids were fitted to; 0 if they are too few. */
  readonly fittedRows: number;
  /** Adjusted Rand index with each method that could cluster, with the same seed; with itself, of each seed and the next. */
  readonly agreement: readonly SeedMean[];
  /** Adjusted Rand index with the classes; null without labels. */
  readonly toClasses: Ranked | null;
}

/** The payload of the experiment `missing`. */
export interface MissingPayload {
  /** Number of rows. */
  readonly rows: number;
  /** Number of rows without a gap. */
  readonly completeRows: number;
  /** Number of cells without a value. */
  readonly missing: number;
  /** The columns, those with most gaps first. */
  readonly byColumn: readonly ColumnGaps[];
  /** Number of different patterns, that of complete rows left out. */
  readonly patternCount: number;
  /** The patterns of most rows. */
  readonly patterns: readonly GapPattern[];
  /** Number of rows, drawn if there are more, on which methods are compared. */
  readonly comparedRows: number;
  /** Number of clusters. */
  readonly clusters: number;
  /** True if it is the number of classes. */
  readonly areClasses: boolean;
  /** Number of seeds. */
  readonly seeds: number;
  /** Share of the known cells that are hidden. */
  readonly hiddenShare: number;
  /** Number of cells that were hidden, all seeds together; 0 if no column has enough known cells. */
  readonly hidden: number;
  /** Errors on hidden cells, in the order of the methods; none if no cell was hidden. */
  readonly fills: readonly FillError[];
  /** The clusterings of the rows as they are; those that could be made agree. */
  readonly groupings: readonly Grouping[];
}

const groupingMethods = [
  "complete-rows",
  "mean-imputation",
  "median-imputation",
  "k-pod",
] as const;

const seedMean = record<SeedMean>({ value: number, interval });
const ranked = record<Ranked>({ mean: seedMean, behind: seedMean.nullable() });

/** The schema of {@link MissingPayload}. */
export const missingPayload: z.ZodType<MissingPayload> = record<MissingPayload>({
  rows: positive,
  completeRows: count,
  missing: positive,
  byColumn: list(record<ColumnGaps>({ name: text, missing: count }), 1),
  patternCount: positive,
  patterns: list(record<GapPattern>({ lacking: list(text, 1), rows: positive }), 1),
  comparedRows: positive,
  clusters: positive,
  areClasses: flag,
  seeds: positive,
  hiddenShare: share,
  hidden: count,
  fills: list(
    record<FillError>({
      method: oneOf<FillMethod>(["column-mean", "column-median", ...groupingMethods]),
      error: ranked.nullable(),
    }),
  ),
  groupings: list(
    record<Grouping>({
      method: oneOf<GroupingMethod>(groupingMethods),
      fittedRows: count,
      agreement: list(seedMean),
      toClasses: ranked.nullable(),
    }),
    1,
  ),
});

/** The result of the experiment `missing`. */
export type MissingResult = Envelope<"missing", MissingPayload, UsedTable>;
