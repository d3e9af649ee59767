import type { TableSource } from "../sources/open_source.ts";
import { openSource, pathOf } from "../sources/open_source.ts";
import { describePath } from "../sources/file_system.ts";
import { gunzipSource, isGzip } from "../sources/gunzip.ts";
import { allBytes, type ByteSource, chunksSource } from "../sources/byte_source.ts";
import { splitHead } from "../sources/encoding.ts";
import { missingCells } from "./missing_cells.ts";
import type { OpenTable } from "./open_table.ts";
import { findFormat } from "./format.ts";
import type { TableFormat, TableOptions } from "./table_options.ts";

/** A file whose columns are known, with its name and size. */
export interface NamedTable extends OpenTable {
  /** Name for error messages. */
  readonly name: string;
  /** Number of bytes, if it is known beforehand. */
  readonly size?: number;
}

/** Number of bytes that show a format. */
const HEAD_BYTES = 512;

/** Opens a source in its format. */
export async function openTable(source: TableSource, options: TableOptions): Promise<NamedTable> {
  const folder = await openFolder(source, options);
  if (folder !== undefined) return folder;
  const outer = await openSource(source, options.name, options.signal);
  const opened = await peek(outer);
  const inner = isGzip(opened.head) ? await peek(gunzipSource(opened.source)) : opened;
  const format = options.format ?? findFormat(inner.head, inner.source.name);
  const missing = missingCells(options.missing);
  const table = await open(format, inner.source, { ...options, missing });
  return { ...table, name: outer.name, size: outer.size };
}

/** Opens a folder of images, or a list of image files; undefined if the source is neither. */
async function openFolder(
  source: TableSource,
  options: TableOptions,
): Promise<NamedTable | undefined> {
  const path = pathOf(source);
  if (path !== undefined && /[\n\r]/.test(path)) throw textForPath(path);
  const isFolder = path !== undefined && (await describePath(path)).isFolder;
  if (!isFolder && !Array.isArray(source)) return undefined;
  const { folderFiles, listedFiles } = await import("../sources/image_files.ts");
  const files = isFolder ? await folderFiles(path) : listedFiles(source as readonly unknown[]);
  const name = options.name ?? path ?? "the files";
  const { openImages } = await import("../formats/images/image_table.ts");
  const missing = missingCells(options.missing);
  return { ...await openImages(files, name, { ...options, missing }), name };
}

function textForPath(text: string): TypeError {
  const [line] = text.split(/[\n\r]/, 1);
  return new TypeError(
    `Cannot read a table from a text of several lines, ${JSON.stringify(line)} and so on: ` +
      `a string is taken for a path, give the text as new Blob([text])`,
  );
}

/** Opens a file by the code for its format, which is loaded only then. */
async function open(
  format: TableFormat,
  source: ByteSource,
  options: Omit<TableOptions, "missing"> & { missing: ReadonlySet<string> },
): Promise<OpenTable> {
  switch (format) {
    case "csv":
      return (await import("../formats/csv/csv_table.ts")).openCsv(source, options);
    case "json":
      return (await import("../formats/json/json_table.ts")).openJson(source, options);
    case "jsonl":
      return (await import("../formats/json/json_lines.ts")).openJsonLines(source, options);
    case "parquet":
      return (await import("../formats/binary/parquet_table.ts")).openParquet(source, options);
    case "arrow":
      return (await import("../formats/binary/arrow_table.ts")).openArrow(source, options);
    case "npy":
      return (await import("../formats/binary/npy_table.ts")).openNpy(source);
    case "npz":
      return (await import("../formats/binary/npz_table.ts")).openNpz(source, options);
    case "idx":
      return (await import("../formats/binary/idx_table.ts")).openIdx(source);
    case "images": {
      const { openImages } = await import("../formats/images/image_table.ts");
      const bytes = () => allBytes(source);
      const path = /\.(png|jpe?g)$/i.test(source.name) ? source.name : `${source.name}.png`;
      const file = { path: path.replace(/^.*[/\\]/, ""), name: source.name, bytes };
      return await openImages([file], source.name, options);
    }
  }
}

/** Reads the first bytes of a source without taking them from it. */
async function peek(source: ByteSource): Promise<{ head: Uint8Array; source: ByteSource }> {
  if (source.size !== undefined && source.canSeek) {
    return { head: await source.slice(0, HEAD_BYTES), source };
  }
  const { head, rest } = await splitHead(source.chunks(), HEAD_BYTES);
  return { head, source: chunksSource(rest, source.name, source.size) };
}
