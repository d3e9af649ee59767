import { WorkFolder } from "@mixtape/report-site";
import { parquetWriteBuffer } from "hyparquet-writer";
import { join } from "node:path";
import Papa from "papaparse";

/** A value of a file of rows; null for none. */
export type RowValue = number | bigint | string | boolean | null;

/** A file of rows that is being written; it takes its place when it is whole. */
export interface RowsFile extends AsyncDisposable {
  /** Adds rows, given as one list of values per column, in the order of the columns. */
  write(columns: readonly (readonly RowValue[])[]): Promise<void>;
  /** Puts the file in place, and replaces one that is there. */
  finish(): Promise<void>;
}

/**
 * Names the columns that tell which row a line is of: its number in the file, from 0, and its id.
 *
 * @param id Column of the ids; null without any.
 * @param taken Names of the other columns, from which that of the ids is told.
 */
export function rowNames(id: string | null, taken: readonly string[]): readonly string[] {
  if (id === null) return ["row"];
  return ["row", id === "row" || taken.includes(id) ? `file_${id}` : id];
}

/**
 * Begins a file of rows: Parquet if its name ends in `.parquet`, else CSV with a header.
 *
 * @param path Path of the file; its folder need not exist.
 * @param names Name of each column.
 * @returns The file; disposing of it before it is finished leaves what was there before.
 */
export async function openRowsFile(path: string, names: readonly string[]): Promise<RowsFile> {
  const work = await WorkFolder.open(path);
  const next = join(work.path, "next");
  try {
    const format = isParquet(path) ? parquet(next, names) : await csv(next, names);
    return {
      write: format.write,
      async finish() {
        await format.finish();
        await Deno.rename(next, path);
      },
      async [Symbol.asyncDispose]() {
        format.close();
        await work[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await work[Symbol.asyncDispose]();
    throw error;
  }
}

/** Returns true for the name of a Parquet file. */
function isParquet(path: string): boolean {
  return /\.parquet$/i.test(path);
}

/** The part of a file that depends on its format. */
interface Format extends Omit<RowsFile, typeof Symbol.asyncDispose> {
  /** Lets go of the file; may be called again. */
  close(): void;
}

async function csv(path: string, names: readonly string[]): Promise<Format> {
  let file: Deno.FsFile | undefined = await Deno.open(path, { createNew: true, write: true });
  const encoder = new TextEncoder();
  const close = () => {
    file?.close();
    file = undefined;
  };
  const append = async (lines: readonly (readonly RowValue[])[]) => {
    const text = Papa.unparse(lines as unknown[][], { newline: "\n" });
    const bytes = encoder.encode(`${text}\n`);
    for (let at = 0; at < bytes.length;) at += await file!.write(bytes.subarray(at));
  };
  await append([names]);
  return {
    async write(columns) {
      const lines = columns[0].map((_, row) => columns.map((values) => cell(values[row])));
      if (lines.length > 0) await append(lines);
    },
    finish: () => Promise.resolve(close()),
    close,
  };
}

/** Returns a value as a cell of a CSV: NaN stands for none in a file of numbers, as an empty cell does in any. */
function cell(value: RowValue): RowValue {
  return Number.isNaN(value) ? null : value;
}

/** Parquet has its columns one after the other, and the kind of each for all rows: it is written at the end. */
function parquet(path: string, names: readonly string[]): Format {
  const columns = names.map((): RowValue[] => []);
  return {
    write(blocks) {
      blocks.forEach((block, at) => {
        for (const value of block) columns[at].push(cell(value));
      });
      return Promise.resolve();
    },
    async finish() {
      const columnData = names.map((name, at) => ({ name, ...typed(columns[at]) }));
      const bytes = parquetWriteBuffer({ columnData, createdBy: "Mixtape" });
      await Deno.writeFile(path, new Uint8Array(bytes));
    },
    close: () => {},
  };
}

/** Chooses the narrowest type that holds all values: whole numbers read back as such. */
function typed(
  values: readonly RowValue[],
): {
  readonly type: "BOOLEAN" | "INT32" | "INT64" | "DOUBLE" | "STRING";
  readonly data: RowValue[];
} {
  const kinds = new Set(values.map((value) => value === null ? "none" : typeof value));
  kinds.delete("none");
  const [kind = "string"] = kinds;
  if (kinds.size > 1 || kind === "string") {
    return { type: "STRING", data: values.map((value) => value === null ? null : String(value)) };
  }
  const data = values as RowValue[];
  if (kind === "boolean") return { type: "BOOLEAN", data };
  if (kind === "bigint") return { type: "INT64", data };
  const isWhole = values.every((value) =>
    value === null || Object.is((value as number) | 0, value)
  );
  return { type: isWhole ? "INT32" : "DOUBLE", data };
}
