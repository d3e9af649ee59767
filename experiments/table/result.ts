import type { Envelope, UsedTable } from "@mixtape/results";
import { count, list, magnitude, number, record, text } from "@mixtape/results/schema";
import type { z } from "zod";

/** A column of a table, over the cells that have a value. */
export interface ColumnSummary {
  /** Name in the file. */
  readonly name: string;
  /** Number of cells without a value. */
  readonly missing: number;
  /** Smallest value. */
  readonly min: number;
  /** Largest value. */
  readonly max: number;
  /** Mean. */
  readonly mean: number;
  /** Standard deviation, divided by the number of values. */
  readonly deviation: number;
}

/** A class and the number of its rows. */
export interface ClassCount {
  /** Name of the class. */
  readonly name: string;
  /** Number of rows. */
  readonly rows: number;
}

/** The payload of the experiment `table`. */
export interface TablePayload {
  /** The columns of numbers. */
  readonly columns: readonly ColumnSummary[];
  /** The classes; none without labels. */
  readonly classes: readonly ClassCount[];
}

/** The schema of {@link TablePayload}. */
export const tablePayload: z.ZodType<TablePayload> = record<TablePayload>({
  columns: list(
    record<ColumnSummary>({
      name: text,
      missing: count,
      min: number,
      max: number,
      mean: number,
      deviation: magnitude,
    }),
    1,
  ),
  classes: list(record<ClassCount>({ name: text, rows: count })),
});

/** The result of the experiment `table`. */
export type TableResult = Envelope<"table", TablePayload, UsedTable>;
