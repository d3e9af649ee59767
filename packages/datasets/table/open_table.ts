import type { ArrayKind, BlockMemory } from "@mixtape/tensor-utils/host";

/** Kinds of columns in a file; only the first three become columns of the matrix. */
export type ColumnKind = "number" | "boolean" | "empty" | "text" | "date" | "nested" | "identifier";

/** Cell of a file that shows why its column is no column of numbers. */
export interface CellExample {
  /** The cell as it is in the file, cut after 40 characters. */
  readonly value: string;
  /** Line of the file, from 1; for files of text. */
  readonly line?: number;
  /** Row of the table, from 0; for other files. */
  readonly row?: number;
}

/** Column of a file, before any is chosen. */
export interface FileColumn {
  /** Name, unique within the file. */
  readonly name: string;
  /** Kind of its cells: by the schema, or by the first rows. */
  readonly kind: ColumnKind;
  /** Cell that shows the kind, where it is not one of numbers. */
  readonly example?: CellExample;
}

/** Columns to read, as indices of the columns of a file. */
export interface ReadPlan {
  /** Columns of the matrix, in their order. */
  readonly matrix: readonly number[];
  /** Column of the labels. */
  readonly label?: number;
  /** Column of the ids. */
  readonly id?: number;
  /**
   * Called when a column that seemed to have no values turns out to hold something else than
   * numbers; unless it throws, the cell is read as missing.
   */
  readonly onText: (column: number, example: CellExample) => void;
  /** Number of rows per block, for formats that can read as many as they like. */
  readonly blockRows?: number;
  /** Row to begin at, for formats that can; others begin at the first one. */
  readonly from?: number;
  /** Memory for blocks of `blockRows` rows, for formats that read numbers as they are in the file. */
  readonly memory?: BlockMemory;
}

/** Kinds of arrays that hold a matrix. */
export type BlockValues = Float64Array | Float32Array | Uint8Array;

/** Consecutive rows of a file. */
export interface RowBlock {
  /** Number of rows. */
  readonly rows: number;
  /** The chosen columns, row by row; NaN stands for a missing cell. */
  readonly values: BlockValues;
  /** One label per row, if a column of labels was chosen. */
  readonly labels?: readonly unknown[];
  /** One id per row, if a column of ids was chosen. */
  readonly ids?: readonly unknown[];
  /** Number of bytes of the file read so far, where it is known. */
  readonly bytesRead?: number;
  /** Index of the first row in the file, where the format can begin at any; 0 and so on by default. */
  readonly firstRow?: number;
}

/** A file whose columns are known, ready to be read. */
export interface OpenTable {
  /** Columns in the order of the file. */
  readonly columns: readonly FileColumn[];
  /** Number of rows, where the file tells it before they are read. */
  readonly rows?: number;
  /** True if a reading can begin at any row without reading those before it. */
  readonly isRanged?: boolean;
  /** Column of the labels, unless the caller names another. */
  readonly label?: number;
  /** Column of the ids, unless the caller names another. */
  readonly id?: number;
  /** Size of the images, if the rows are images. */
  readonly imageShape?: ImageShape;
  /** Reads the chosen columns block by block. May be called once. */
  read(plan: ReadPlan): AsyncIterable<RowBlock>;
}

/** Size of the images of a table. */
export interface ImageShape {
  /** Number of rows of pixels. */
  readonly height: number;
  /** Number of pixels per row. */
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: 1 | 3;
}

/** Returns an array for values of a kind of typed array that loses none of them. */
export function blockValues(kinds: Iterable<ArrayKind | undefined>, length: number): BlockValues {
  const all = [...kinds];
  if (all.length > 0 && all.every((kind) => kind !== undefined && bytes.has(kind))) {
    return new Uint8Array(length);
  }
  return all.length > 0 && all.every((kind) => kind !== undefined && singles.has(kind))
    ? new Float32Array(length)
    : new Float64Array(length);
}

const bytes: ReadonlySet<ArrayKind> = new Set<ArrayKind>(["Uint8Array", "Uint8ClampedArray"]);

/** Kinds whose values float32 holds exactly. */
const singles: ReadonlySet<ArrayKind> = new Set<ArrayKind>([
  "Uint8Array",
  "Uint8ClampedArray",
  "Int8Array",
  "Int16Array",
  "Uint16Array",
  "Float16Array",
  "Float32Array",
]);

/** Returns a cell as text for a message, cut after 40 characters. */
export function shownCell(value: unknown): string {
  const text = typeof value === "string" ? value : plainText(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function plainText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(value, (_, part) => typeof part === "bigint" ? String(part) : part) ?? "";
}
