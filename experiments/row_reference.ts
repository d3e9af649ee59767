import { count, record, type Shape, text } from "@mixtape/results/schema";
import type { z } from "zod";

/** A row of the file. */
export interface RowReference {
  /** Number of the row in the file, from 0, as in `rows.csv`. */
  readonly row: number;
  /** Id of the row; null if there are no ids. */
  readonly id: string | null;
}

/** The schemas of the fields of a {@link RowReference}, for records that have more. */
export const rowReferenceFields: Shape<RowReference> = { row: count, id: text.nullable() };

/** The schema of a {@link RowReference}. */
export const rowReference: z.ZodType<RowReference> = record<RowReference>(rowReferenceFields);
