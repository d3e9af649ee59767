import { z } from "zod";
import { type Asset, asset } from "./asset.ts";
import { oneOf, record } from "./checks.ts";
import type { Result } from "./envelope.ts";

/** A column that an experiment gives, with one value per row of the data. */
export interface RowColumn {
  /** Name in the table of all columns: `cluster`. */
  readonly name: string;
  /** `number`: float64, little-endian, NaN for none; `text` and `boolean`: a JSON array, null for none. */
  readonly kind: "number" | "text" | "boolean";
  /** The file of the values. */
  readonly content: Asset;
}

/** A fitted model that an experiment gives, for other rows. */
export interface ModelFile {
  /** Name of its file, without extension: `preparation`. */
  readonly name: string;
  /** The model as JSON, with the name and version of its format. */
  readonly content: Asset;
}

const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, "expected a name such as log_density");

/** The schema of a {@link RowColumn}. */
export const rowColumn: z.ZodType<RowColumn> = record<RowColumn>({
  name,
  kind: oneOf(["number", "text", "boolean"]),
  content: asset,
});

/** The schema of a {@link ModelFile}. */
export const modelFile: z.ZodType<ModelFile> = record<ModelFile>({ name, content: asset });

/**
 * Lists the files of the columns and models that a result gives, which pages do not show.
 *
 * @param result A result.
 * @returns The files of the columns, then those of the models.
 */
export function rowFilesOf({ columns, models }: Result): readonly Asset[] {
  return [...columns, ...models].map(({ content }) => content);
}
