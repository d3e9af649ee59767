import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { arrayKind } from "@mixtape/tensor-utils/host";
import type { ByteSource } from "../../sources/byte_source.ts";
import { allBytes, bytesSource } from "../../sources/byte_source.ts";
import { type ColumnBlock, columnTable, type SourceColumn } from "../../table/column_table.ts";
import { hasNoGaps, readPages } from "./parquet_pages.ts";
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
  const table = columnTable({
    name,
    columns,
    missing,
    isRanged: source.canSeek,
    async *read(needed, from = 0) {
      let rowStart = 0;
      for (const group of metadata.row_groups) {
        const rows = Number(group.num_rows);
        const chosen = needed.map((index) => columns[index]);
        const isWanted = rows > 0 && rowStart + rows > from;
        if (isWanted) yield await readGroup({ file, metadata, name }, group, chosen, rowStart);
        rowStart += rows;
      }
    },
  });
  return { ...table, rows: Number(metadata.num_rows) };
}

interface OpenFile {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly name: string;
}

/** Reads columns of a row group: those of numbers without gaps page by page, others by the library. */
async function readGroup(
  { file, metadata, name }: OpenFile,
  group: RowGroup,
  columns: readonly SourceColumn[],
  rowStart: number,
): Promise<ColumnBlock> {
  const schema = parquetSchema(metadata);
  const rows = Number(group.num_rows);
  const cells = new Map<string, ArrayLike<unknown>>();
  const others: string[] = [];
  for (const { name: column, kind, width } of columns) {
    const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column);
    const node = schema.children.find(({ element }) => element.name === column);
    const isFlat = kind === "number" && width === undefined && node?.children.length === 0;
    if (chunk === undefined || !isFlat || !hasNoGaps(chunk)) {
      others.push(column);
      continue;
    }
    const flat = { chunk, schemaPath: [schema, node] };
    const pages = await orDamaged(name, () => readPages(file, flat));
    cells.set(column, joinPages(pages, rows));
  }
  if (others.length > 0) {
    const block = await readRows(file, metadata, others, name, rowStart, rows);
    others.forEach((column, i) => cells.set(column, block.cells[i]));
  }
  return { rows, cells: columns.map(({ name }) => cells.get(name)!), firstRow: rowStart };
}

/** Joins the pages of a column in one array of their kind. */
function joinPages(pages: readonly ArrayLike<unknown>[], rows: number): ArrayLike<unknown> {
  if (pages.length === 1) return pages[0];
  const kinds = new Set(pages.map((page) => arrayKind(page)));
  const isDouble = kinds.size === 1 && kinds.has("Float64Array");
  const isSingle = kinds.size === 1 && kinds.has("Float32Array");
  if (isDouble || isSingle) {
    const whole = isDouble ? new Float64Array(rows) : new Float32Array(rows);
    let at = 0;
    for (const page of pages as readonly Float64Array[]) {
      whole.set(page, at);
      at += page.length;
    }
    return whole;
  }
  return pages.flatMap((page) => Array.from(page));
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
