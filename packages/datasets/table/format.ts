import type { TableFormat } from "./table_options.ts";

/** First bytes of formats that are no text. */
const magic: readonly [TableFormat, string][] = [
  ["parquet", "PAR1"],
  ["arrow", "ARROW1"],
  ["arrow", "\xff\xff\xff\xff"],
  ["npy", "\x93NUMPY"],
  ["npz", "PK\x03\x04"],
  ["idx", "\0\0\x08"],
  ["images", "\x89PNG"],
  ["images", "\xff\xd8\xff"],
];

const extensions: Readonly<Record<string, TableFormat>> = {
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  txt: "csv",
  data: "csv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
  pq: "parquet",
  arrow: "arrow",
  arrows: "arrow",
  feather: "arrow",
  npy: "npy",
  npz: "npz",
  png: "images",
  jpg: "images",
  jpeg: "images",
};

/** Formats that are not read, by their first bytes, and what to do about them. */
const foreign: readonly [string, string, string][] = [
  ["\xd0\xcf\x11\xe0", "an old Excel file", "save it as CSV"],
  ["%PDF", "a PDF", "a table is needed"],
  ["SQLite format 3", "an SQLite database", "export a table as CSV"],
  ["\x89HDF", "an HDF5 file", "save its matrix as NPY"],
  ["Obj\x01", "an Avro file", "save it as Parquet"],
  ["ORC", "an ORC file", "save it as Parquet"],
  ...["\x09", "\x0b", "\x0c", "\x0d", "\x0e"].map((type): [string, string, string] => [
    `\0\0${type}`,
    "an IDX file of other numbers than bytes",
    "save it as NPY",
  ]),
];

/**
 * Tells the format of a table: by its first bytes if they are those of a format, then by its name,
 * then by its first character.
 *
 * @param head The first bytes.
 * @param name Name of the file.
 * @throws {SyntaxError} If the first bytes are not those of the format in its name, or of a format
 * that is not read.
 */
export function findFormat(head: Uint8Array, name: string): TableFormat {
  const start = String.fromCharCode(...head.subarray(0, 16));
  const known = magic.find(([, bytes]) => start.startsWith(bytes));
  if (known !== undefined) return known[0];
  const other = foreign.find(([bytes]) => start.startsWith(bytes));
  if (other !== undefined) {
    throw new SyntaxError(`Cannot read ${name}: it is ${other[1]}, ${other[2]}`);
  }
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? "";
  const byName = Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
  const needed = magic.find(([format]) => format === byName)?.[1];
  if (needed !== undefined) {
    throw new SyntaxError(
      `Cannot read ${name}: it begins with ${JSON.stringify(start.slice(0, 8))}, ` +
        `${byName} files begin with ${JSON.stringify(needed)}; the option format names another`,
    );
  }
  if (byName !== undefined) return byName;
  const text = new TextDecoder().decode(head).trimStart();
  if (text.startsWith("{")) return /^\{[^\n]*\}\s*\n\s*\{/.test(text) ? "jsonl" : "json";
  return text.startsWith("[") ? "json" : "csv";
}
