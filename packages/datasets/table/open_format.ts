import type { TableSource } from "../sources/open_source.ts";
import { openSource } from "../sources/open_source.ts";
import { gunzipSource, isGzip } from "../sources/gunzip.ts";
import type { ByteSource } from "../sources/byte_source.ts";
import { splitHead } from "../sources/encoding.ts";
import { missingCells } from "./missing_cells.ts";
import type { OpenTable } from "./open_table.ts";
import type { TableOptions } from "./table_options.ts";

/** A file whose columns are known, with its name and size. */
export interface NamedTable extends OpenTable {
  /** Name for error messages. */
  readonly name: string;
  /** Number of bytes, if it is known beforehand. */
  readonly size?: number;
}

/** Opens a source in its format. */
export async function openTable(source: TableSource, options: TableOptions): Promise<NamedTable> {
  const outer = await openSource(source, options.name, options.signal);
  const opened = await peek(outer);
  const inner = isGzip(opened.head) ? await peek(gunzipSource(opened.source)) : opened;
  const missing = missingCells(options.missing);
  const { openCsv } = await import("../formats/csv/csv_table.ts");
  const table = await openCsv(inner.source, { ...options, missing });
  return { ...table, name: outer.name, size: outer.size };
}

/** Reads the first bytes of a source without taking them from it. */
async function peek(source: ByteSource): Promise<{ head: Uint8Array; source: ByteSource }> {
  const { head, rest } = await splitHead(source.chunks(), 512);
  return { head, source: { ...source, chunks: () => rest } };
}
