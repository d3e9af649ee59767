import { z } from "zod";
import { count, list, oneOf, record, text } from "./checks.ts";
import { checkText, type FileOrigin } from "./parse.ts";
import { type DataFile, dataFile } from "./used_data.ts";

/** Needs of experiments that data may lack. */
export type Need = "exhibit" | "own-data" | "labels" | "images" | "foreign" | "missing" | "rows";

/** An experiment that does not fit the data, and the need that they lack. */
export interface LeftOut {
  /** Name of the experiment. */
  readonly experiment: string;
  /**
   * The need: `exhibit`, the images of the manifest; `own-data`, data of one's own; `labels`, at least two classes of two
   * rows each; `images`, rows that are images; `foreign`, rows of another file; `missing`, cells without a value;
   * `rows`, a number of rows.
   */
  readonly need: Need;
  /** Least number of rows; null for other needs. */
  readonly least: number | null;
}

/** Data of the last run, and the experiments that do not fit them; beside the results. */
export interface Selection {
  /** Version of the format. */
  readonly schemaVersion: 1;
  /** Kind of the data: the images of the manifest, or data of one's own. */
  readonly data: "exhibit" | "own";
  /** Files of data of one's own; none for images of the manifest. */
  readonly files: readonly DataFile[];
  /** Experiments that do not fit the data. */
  readonly leftOut: readonly LeftOut[];
}

/** Name of the file of the {@link Selection} in the folder of the results. */
export const selectionFile = "selection.json";

const selection: z.ZodType<Selection> = record<Selection>({
  schemaVersion: z.literal(1),
  data: oneOf(["exhibit", "own"]),
  files: list(dataFile),
  leftOut: list(record<LeftOut>({
    experiment: text,
    need: oneOf(["exhibit", "own-data", "labels", "images", "foreign", "missing", "rows"]),
    least: count.nullable(),
  })),
});

/**
 * Parses the selection of a report.
 *
 * @param json Text of the file.
 * @param origin The file, to be named in errors.
 * @returns The selection, checked.
 * @throws {ResultMismatchError} If the text is JSON that does not conform.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseSelection(json: string, origin: FileOrigin): Selection {
  return checkText(json, selection, origin.file);
}
