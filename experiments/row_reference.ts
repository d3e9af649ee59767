import { count, record } from "@mixtape/results/schema";
import { z } from "zod";

/** A row of the file. */
export interface RowReference {
  /** Number of the row in the file, from 0, as in `rows.csv`. */
  readonly row: number;
  /** Id of the row; null if there are no ids. */
  readonly id: string | null;
}

/** The schema of a {@link RowReference}. */
export const rowReference: z.ZodType<RowReference> = record<RowReference>({
  row: count,
  id: z.string().min(1).nullable(),
});
