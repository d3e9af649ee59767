import {
  checkChoice,
  checkInteger,
  describeValue,
  givenOptions,
  type OptionNames,
} from "@mixtape/tensor-utils/host";

/** Formats that {@linkcode readTable} reads. */
export type TableFormat =
  | "csv"
  | "json"
  | "jsonl"
  | "parquet"
  | "arrow"
  | "npy"
  | "npz"
  | "idx"
  | "images";

/** Name of a column, or its index in the file, from 0. */
export type ColumnName = string | number;

/** Progress of a reading. */
export interface ReadProgress {
  /** Number of rows read so far. */
  readonly rows: number;
  /** Number of bytes read so far, decompressed; undefined where they are not read in order. */
  readonly bytes?: number;
  /** Number of bytes of the source, where it is known beforehand. */
  readonly totalBytes?: number;
}

/** Options of {@linkcode readTable}. */
export interface TableOptions {
  /** Format; by default told by the first bytes and, where these do not tell, by the name. */
  readonly format?: TableFormat;
  /** Name of the source in error messages, and to tell the format; its path or address by default. */
  readonly name?: string;
  /** Columns of the matrix, in this order; by default all columns of numbers and booleans. */
  readonly columns?: readonly ColumnName[];
  /** Column of the labels, in a table beside images by its name. It is no column of the matrix. */
  readonly label?: ColumnName;
  /** Column of the ids. It is no column of the matrix. */
  readonly id?: ColumnName;
  /** Columns to leave out. */
  readonly exclude?: readonly ColumnName[];
  /** Cells that stand for a missing value, besides the usual ones (empty, `NA`, `NaN`, `null`, `-`, `?` …). */
  readonly missing?: readonly string[];
  /** Text between the cells of a CSV or TSV; told by the first rows by default. */
  readonly delimiter?: string;
  /** Mark before the fractional digits in a CSV; told by the first rows by default. */
  readonly decimal?: "." | ",";
  /** Mark between groups of three digits in a CSV; none by default, as `1,234` may be two cells. */
  readonly thousands?: string;
  /** True if the first row of a CSV names its columns; told by its cells by default. */
  readonly header?: boolean;
  /** Encoding of text, as `TextDecoder` takes it; UTF-8, or UTF-16 where the first bytes show it. */
  readonly encoding?: string;
  /** Name of the array in an NPZ that is the matrix; by default the only one of two dimensions. */
  readonly array?: string;
  /** Size that images are brought to; by default all must have the size of the first. */
  readonly imageSize?: { readonly height: number; readonly width: number };
  /** 1 to read images as grey, 3 in colour; by default as the first image is. */
  readonly channels?: 1 | 3;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
  /** Called after each block. */
  readonly onProgress?: (progress: ReadProgress) => void;
}

const tableFormats: readonly TableFormat[] = [
  "csv",
  "json",
  "jsonl",
  "parquet",
  "arrow",
  "npy",
  "npz",
  "idx",
  "images",
];

const names: OptionNames<TableOptions> = {
  format: true,
  name: true,
  columns: true,
  label: true,
  id: true,
  exclude: true,
  missing: true,
  delimiter: true,
  decimal: true,
  thousands: true,
  header: true,
  encoding: true,
  array: true,
  imageSize: true,
  channels: true,
  signal: true,
  onProgress: true,
};

/**
 * Checks the options of a reading, as far as that can be done before the file is looked at.
 *
 * @param options The options, as given by the caller.
 * @param of Name of the function they are for.
 * @returns A copy without the undefined ones.
 * @throws {TypeError} If an option is unknown or of another kind.
 * @throws {RangeError} If an option is out of range.
 */
export function tableOptions(options: TableOptions | undefined, of: string): TableOptions {
  const given = givenOptions(options, names, of);
  if (given.format !== undefined) checkChoice(given.format, "format", tableFormats);
  if (given.decimal !== undefined) checkChoice(given.decimal, "decimal", [".", ","]);
  for (const name of ["name", "encoding", "array"] as const) checkText(given[name], name);
  checkMark(given.delimiter, "delimiter");
  checkMark(given.thousands, "thousands");
  checkMarksDiffer(given);
  if (given.header !== undefined && typeof given.header !== "boolean") {
    throw wrongKind("header", given.header, "true or false");
  }
  if (given.imageSize !== undefined) {
    const { height, width } = Object(given.imageSize);
    checkInteger(height, "imageSize.height", { min: 1, max: 2 ** 15 });
    checkInteger(width, "imageSize.width", { min: 1, max: 2 ** 15 });
  }
  if (given.channels !== undefined) checkInteger(given.channels, "channels", { min: 1, max: 3 });
  for (const name of ["label", "id"] as const) {
    if (given[name] !== undefined) checkColumn(given[name], name);
  }
  for (const name of ["columns", "exclude"] as const) {
    checkList(given[name], name).forEach((column) => checkColumn(column, name));
  }
  checkList(given.missing, "missing").forEach((cell) => checkText(cell, "missing"));
  return given;
}

function checkText(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== "string") throw wrongKind(name, value, "a string");
}

function checkMark(value: unknown, name: string): void {
  checkText(value, name);
  if (value === undefined || /^[^"\r\n\d]+$/.test(value as string)) return;
  throw new RangeError(
    `Cannot use ${name}: ${describeValue(value)} was given, ` +
      `a mark without quotes, digits and ends of lines is needed, such as ";"`,
  );
}

/** Checks that marks that mean different things are different marks. */
function checkMarksDiffer(given: TableOptions): void {
  const marks = ["delimiter", "decimal", "thousands"] as const;
  for (const [at, name] of marks.entries()) {
    const other = marks.slice(0, at).find((one) => given[one] === given[name]);
    if (given[name] === undefined || other === undefined) continue;
    throw new RangeError(
      `Cannot use ${name}: ${
        describeValue(given[name])
      } is the ${other}, too, another mark is needed`,
    );
  }
}

function checkList<T>(value: readonly T[] | undefined, name: string): readonly T[] {
  if (value === undefined || Array.isArray(value)) return value ?? [];
  throw wrongKind(name, value, "an array");
}

function checkColumn(value: unknown, name: string): void {
  if (typeof value === "number") checkInteger(value, name, { min: 0 });
  else if (typeof value !== "string") {
    throw wrongKind(name, value, "the name or index of a column");
  }
}

function wrongKind(name: string, value: unknown, needed: string): TypeError {
  return new TypeError(
    `Cannot use ${name}: ${describeValue(value)} was given, ${needed} is needed`,
  );
}
