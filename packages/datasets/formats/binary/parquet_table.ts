import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { ByteSource } from "../../sources/byte_source.ts";
import { allBytes, bytesSource } from "../../sources/byte_source.ts";
import { type ColumnBlock, columnTable, type SourceColumn } from "../../table/column_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import { type ValuesKind, valuesKind } from "../../table/value_kind.ts";

const SAMPLE_ROWS = 1000;

/**
 * Opens a Parquet file; a block is a row group.
 *
 * @throws {SyntaxError} If it is damaged.
 */
export async function openParquet(
  source: ByteSource,
  { missing }: { missing: ReadonlySet<string> },
): Promise<OpenTable> {
  const { name } = source;
  const bytes = source.canSeek ? source : bytesSource(await allBytes(source), name);
  const file: AsyncBuffer = {
    byteLength: bytes.size!,
    slice: async (start, end = bytes.size!) => {
      const from = start < 0 ? bytes.size! + start : start;
      const part = await bytes.slice(from, end);
      return part.buffer.byteLength === part.length
        ? part.buffer as ArrayBuffer
        : part.slice().buffer as ArrayBuffer;
    },
  };
  const metadata = await orDamaged(name, () => parquetMetadataAsync(file));
  const columns = await describeColumns(file, metadata, missing, name);
  return columnTable({
    name,
    columns,
    missing,
    async *read(needed) {
      let rowStart = 0;
      const names = needed.map((index) => columns[index].name);
      for (const group of metadata.row_groups) {
        const rows = Number(group.num_rows);
        if (rows > 0) yield await readRows(file, metadata, names, name, rowStart, rows);
        rowStart += rows;
      }
    },
  });
}

async function describeColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  missing: ReadonlySet<string>,
  name: string,
): Promise<SourceColumn[]> {
  const columns = parquetSchema(metadata).children.map(({ element, children }) => {
    const { type, converted_type, logical_type } = element;
    const isPlain = children.length === 0 && element.repetition_type !== "REPEATED" &&
      (logical_type === undefined || logical_type.type === "INTEGER") &&
      (converted_type === undefined || /^U?INT_/.test(converted_type));
    return { name: element.name, type: isPlain ? type : undefined };
  });
  // The schema tells the kind of plain numbers; of all others, the first rows are looked at.
  const unknown = columns.filter(({ type }) => !isNumeric(type)).map(({ name }) => name);
  const rows = Math.min(SAMPLE_ROWS, Number(metadata.num_rows));
  const sample = unknown.length === 0 || rows === 0
    ? { rows, cells: unknown.map(() => []) }
    : await readRows(file, metadata, unknown, name, 0, rows);
  return columns.map(({ name, type }): SourceColumn => {
    if (type === "FLOAT") return { name, kind: "number", arrayKind: "Float32Array" };
    if (isNumeric(type)) return { name, ...wholeKind(name, metadata) };
    if (type === "BOOLEAN") return { name, kind: "boolean" };
    return { name, ...valuesKind(sample.cells[unknown.indexOf(name)], missing) };
  });
}

/** Returns the kind of a column of numbers: identifiers are whole numbers beyond those of float64. */
function wholeKind(name: string, { row_groups }: FileMetaData): ValuesKind {
  for (const { columns } of row_groups) {
    const statistics = columns.find(({ meta_data }) =>
      meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === name
    )?.meta_data?.statistics;
    for (const limit of [statistics?.min_value, statistics?.max_value]) {
      if (typeof limit !== "bigint" || Number.isSafeInteger(Number(limit))) continue;
      return { kind: "identifier", example: { value: String(limit) } };
    }
  }
  return { kind: "number" };
}

function isNumeric(type: string | undefined): boolean {
  return type === "FLOAT" || type === "DOUBLE" || type === "INT32" || type === "INT64";
}

async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  name: string,
  rowStart: number,
  rows: number,
): Promise<ColumnBlock> {
  const rowEnd = rowStart + rows;
  const chunks = new Map<string, { at: number; data: ArrayLike<unknown> }[]>();
  for (const column of columns) chunks.set(column, []);
  await orDamaged(name, () =>
    parquetRead({
      file,
      metadata,
      columns,
      rowStart,
      rowEnd,
      compressors,
      onChunk: ({ columnName, columnData, rowStart }) =>
        chunks.get(columnName)!.push({ at: rowStart, data: columnData }),
    }));
  return { rows, cells: columns.map((column) => joined(chunks.get(column)!, rowStart, rows)) };
}

/** Joins the pieces of a column, of which the first and last may reach beyond the rows. */
function joined(
  pieces: { at: number; data: ArrayLike<unknown> }[],
  rowStart: number,
  rows: number,
): ArrayLike<unknown> {
  const [first] = pieces;
  if (pieces.length === 1 && first.at === rowStart && first.data.length === rows) return first.data;
  const whole = new Array<unknown>(rows);
  for (const { at, data } of pieces) {
    for (let i = Math.max(0, rowStart - at); i < data.length && at + i < rowStart + rows; i++) {
      whole[at + i - rowStart] = data[i];
    }
  }
  return whole;
}

async function orDamaged<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const { message } = cause as { message?: string };
    throw new SyntaxError(
      `Cannot read ${name}: it is no whole Parquet file (${message ?? cause})`,
      { cause },
    );
  }
}
