import type { Envelope, Sprite, UsedTable } from "@mixtape/results";
import {
  count,
  index,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  record,
  share,
  sprite,
  text,
} from "@mixtape/results/schema";
import type { z } from "zod";
import { type RowReference, rowReference } from "../row_reference.ts";

/** A column of a table, over the cells that have a value. */
export interface ColumnSummary {
  /** Name in the file. */
  readonly name: string;
  /** Number of cells without a value. */
  readonly missing: number;
  /** Number of distinct values. */
  readonly distinct: number;
  /** Smallest value. */
  readonly min: number;
  /** Largest value. */
  readonly max: number;
  /** Mean. */
  readonly mean: number;
  /** Standard deviation, divided by the number of values. */
  readonly deviation: number;
  /** Number of cells in bins of equal width from the smallest to the largest value. */
  readonly histogram: readonly number[];
}

/** Quartiles of a statistic over columns. */
export interface Quartiles {
  /** The smallest. */
  readonly least: number;
  /** A quarter of the columns has no more. */
  readonly lower: number;
  /** Half of the columns has no more. */
  readonly middle: number;
  /** Three quarters of the columns have no more. */
  readonly upper: number;
  /** The largest. */
  readonly most: number;
}

/** Statistics over all columns, where these are too many to list. */
export interface ColumnSpread {
  /** Shares of the cells without a value. */
  readonly missing: Quartiles;
  /** Means. */
  readonly mean: Quartiles;
  /** Standard deviations. */
  readonly deviation: Quartiles;
}

/** Columns, of which the first are named. */
export interface NamedColumns {
  /** Number of columns. */
  readonly count: number;
  /** Names of the first. */
  readonly names: readonly string[];
}

/** A column that is the same as one before it. */
export interface CopiedColumn {
  /** Name of the column. */
  readonly name: string;
  /** The first column that is the same. */
  readonly of: string;
}

/** Rows that are the same. */
export interface SameRows {
  /** Number of rows. */
  readonly count: number;
  /** The first of them. */
  readonly first: readonly RowReference[];
}

/** Two columns with a high correlation. */
export interface CorrelatedPair {
  /** The first column. */
  readonly first: string;
  /** The second column. */
  readonly second: string;
  /** Rows in which both have a value. */
  readonly rows: number;
  /** Correlation (Pearson's). */
  readonly correlation: number;
  /** Lower end of its 95% interval. */
  readonly low: number;
  /** Upper end of its 95% interval. */
  readonly high: number;
}

/** The search for correlations. */
export interface Correlations {
  /** Number of columns that were compared. */
  readonly columns: number;
  /** Number of rows on which they were compared. */
  readonly rows: number;
  /** Least absolute correlation that counts. */
  readonly least: number;
  /** Number of pairs that count. */
  readonly count: number;
  /** The strongest pairs. */
  readonly pairs: readonly CorrelatedPair[];
}

/** Reasons for which a column of the file is not used. */
export const omittedReasons = ["text", "date", "nested", "empty", "identifier"] as const;

/** A column of the file that is not used. */
export interface OmittedColumn {
  /** Name of the column. */
  readonly name: string;
  /** Reason: the kind of its cells. */
  readonly reason: typeof omittedReasons[number];
}

/** Columns of the file that are not used, of which the first are listed. */
export interface OmittedColumns {
  /** Number of columns. */
  readonly count: number;
  /** The first of them. */
  readonly columns: readonly OmittedColumn[];
}

/** A class and the number of its rows. */
export interface ClassCount {
  /** Name of the class. */
  readonly name: string;
  /** Number of rows. */
  readonly rows: number;
}

/** Images of the table. */
export interface ExampleImages {
  /** The images, class by class. */
  readonly sprite: Sprite;
  /** Class of each; none without labels. */
  readonly classes: readonly string[];
}

/** The payload of the experiment `table`. */
export interface TablePayload {
  /** The columns of numbers; the first of many, and none of images. */
  readonly columns: readonly ColumnSummary[];
  /** Statistics over all columns; null where all are listed. */
  readonly spread: ColumnSpread | null;
  /** Number of columns with a missing cell. */
  readonly withGaps: number;
  /** Columns with a single value. */
  readonly constant: NamedColumns;
  /** Number of columns that are the same as one before, and the first of these. */
  readonly copied: { readonly count: number; readonly columns: readonly CopiedColumn[] };
  /** Number of rows that are the same as one before, and the first sets of same rows. */
  readonly repeated: { readonly count: number; readonly sets: readonly SameRows[] };
  /** Correlations between columns; null where there are too few rows or columns, and for images. */
  readonly correlations: Correlations | null;
  /** Columns of the file that are not used. */
  readonly omitted: OmittedColumns;
  /** The classes with most rows; none without labels. */
  readonly classes: readonly ClassCount[];
  /** Images; null where rows are none. */
  readonly images: ExampleImages | null;
}

const quartiles = record<Quartiles>({
  least: number,
  lower: number,
  middle: number,
  upper: number,
  most: number,
}, "Quartiles");

const column = record<ColumnSummary>({
  name: text,
  missing: count,
  distinct: positive,
  min: number,
  max: number,
  mean: number,
  deviation: magnitude,
  histogram: list(count, 1),
});

const correlatedPair = record<CorrelatedPair>({
  first: text,
  second: text,
  rows: positive,
  correlation: index,
  low: index,
  high: index,
});

/** The schema of {@link TablePayload}. */
export const tablePayload: z.ZodType<TablePayload> = record<TablePayload>({
  columns: list(column),
  spread: record<ColumnSpread>({ missing: quartiles, mean: quartiles, deviation: quartiles })
    .nullable(),
  withGaps: count,
  constant: record<NamedColumns>({ count, names: list(text) }),
  copied: record<TablePayload["copied"]>({
    count,
    columns: list(record<CopiedColumn>({ name: text, of: text })),
  }),
  repeated: record<TablePayload["repeated"]>({
    count,
    sets: list(record<SameRows>({ count: positive, first: list(rowReference, 1) })),
  }),
  correlations: record<Correlations>({
    columns: positive,
    rows: positive,
    least: share,
    count,
    pairs: list(correlatedPair),
  }).nullable(),
  omitted: record<OmittedColumns>({
    count,
    columns: list(record<OmittedColumn>({ name: text, reason: oneOf(omittedReasons) })),
  }),
  classes: list(record<ClassCount>({ name: text, rows: count })),
  images: record<ExampleImages>({ sprite, classes: list(text) }).nullable(),
});

/** The result of the experiment `table`. */
export type TableResult = Envelope<"table", TablePayload, UsedTable>;
