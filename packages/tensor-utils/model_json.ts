import { describeValue } from "./describe_value.ts";

/** The format that a reader of models knows. */
export interface ModelFormat {
  /** Name of what is read, for messages: `a k-means model`. */
  readonly named: string;
  /** Identifiers of the formats that are read. */
  readonly formats: readonly string[];
  /** The version of the formats that is read, 1 by default. */
  readonly version?: number;
}

/**
 * Reads the JSON of a model: checks its format and version, and reports whatever else is wrong with it as `JSON.parse`
 * does with text, by a `SyntaxError`.
 *
 * @example A file that is damaged
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkNumber, readModelJSON } from "@mixtape/tensor-utils";
 *
 * const read = (json: unknown) =>
 *   readModelJSON(json, { named: "a mean", formats: ["mean"] }, ({ mean }) => checkNumber(mean, "mean"));
 * assert.equal(read({ format: "mean", version: 1, mean: 3 }), 3);
 * assert.throws(() => read({ format: "mean", version: 1 }), {
 *   name: "SyntaxError",
 *   message: "Cannot read a mean: cannot use mean: undefined was given, a number is needed",
 * });
 * ```
 *
 * @param json The value that `JSON.parse` returned.
 * @param format The formats that can be read.
 * @param read Reader of the entries; its `TypeError` or `RangeError` names the entry that is wrong.
 * @returns The outcome of `read`.
 * @throws {SyntaxError} If the JSON is of another format or version, or an entry is missing, of the wrong kind or out
 * of range.
 */
export function readModelJSON<Model>(
  json: unknown,
  { named, formats, version = 1 }: ModelFormat,
  read: (entries: Readonly<Record<string, unknown>>) => Model,
): Model {
  const entries = Object(json) as Record<string, unknown>;
  const { format, version: given } = entries;
  if (!formats.includes(format as string) || given !== version) {
    const remedy = typeof json === "string" ? ", text is to be parsed by JSON.parse before" : "";
    throw new SyntaxError(
      `Cannot read ${named}: format ${describeValue(format)}, version ${describeValue(given)} ` +
        `was given, format ${formats.join(" or ")}, version ${version} is needed${remedy}`,
    );
  }
  try {
    return read(entries);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const problem = error.message.replace(/^C(?=annot )/, "c");
    throw new SyntaxError(`Cannot read ${named}: ${problem}`, { cause: error });
  }
}
