import {
  type BlockValues,
  blockValues,
  type FileColumn,
  type ImageShape,
  type OpenTable,
  type ReadPlan,
  type RowBlock,
} from "./open_table.ts";
import { arrayKind } from "@mixtape/tensor-utils/host";

/** Consecutive rows of a file that is a matrix. */
export interface MatrixBlock {
  /** Number of rows. */
  readonly rows: number;
  /** All of their numbers, row by row. */
  readonly values: BlockValues;
  /** Label of each row, if the file has labels beside the matrix. */
  readonly labels?: readonly unknown[];
  /** Id of each row, if the file has ids beside the matrix. */
  readonly ids?: readonly unknown[];
  /** Number of bytes read so far. */
  readonly bytesRead?: number;
  /** Index of the first row in the file, where the format can begin at any. */
  readonly firstRow?: number;
}

/** A file that is a matrix: NPY, IDX, images. */
export interface MatrixSource {
  /** Number of rows, where it is known. */
  readonly n?: number;
  /** Number of columns. */
  readonly d: number;
  /** Name of a column of labels beside the matrix. */
  readonly labelName?: string;
  /** Name of a column of ids beside the matrix. */
  readonly idName?: string;
  /** Size of the images, if the rows are images. */
  readonly imageShape?: ImageShape;
  /** True if a reading can begin at any row without reading those before it. */
  readonly isRanged?: boolean;
  /** Reads all rows, block by block, as planned where that can be chosen. */
  read(plan: RowsPlan): AsyncIterable<MatrixBlock>;
}

/** The blocks that are to be read. */
export type RowsPlan = Pick<ReadPlan, "blockRows" | "from" | "memory">;

/** Number of bytes of a block. */
const BLOCK_BYTES = 2 ** 22;

/** Returns how many rows are read at a time where it does not matter. */
export function rowsOfBlock(rowBytes: number): number {
  return Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
}

/**
 * Makes a table of a matrix; its columns are called `column 0`, `column 1` and so on. Labels and
 * ids beside the matrix are those of the table unless the caller chooses others.
 */
export function matrixTable(
  { n, d, labelName, idName, imageShape, isRanged, read }: MatrixSource,
): OpenTable {
  const columns: FileColumn[] = Array.from({ length: d }, (_, j) => ({
    name: `column ${j}`,
    kind: "number",
  }));
  const label = labelName === undefined
    ? undefined
    : columns.push({ name: labelName, kind: "text" }) - 1;
  const id = idName === undefined ? undefined : columns.push({ name: idName, kind: "text" }) - 1;
  return {
    columns,
    rows: n,
    isRanged,
    label,
    id,
    imageShape,
    async *read(plan) {
      const beside = (block: MatrixBlock, column: number) =>
        column === label ? block.labels : column === id ? block.ids : undefined;
      for await (const block of read(plan)) {
        yield chosen(block, d, plan, beside);
      }
    },
  };
}

function chosen(
  block: MatrixBlock,
  d: number,
  { matrix, label, id }: ReadPlan,
  beside: (block: MatrixBlock, column: number) => readonly unknown[] | undefined,
): RowBlock {
  const { rows, values, bytesRead, firstRow } = block;
  const isWhole = matrix.length === d && matrix.every((column, j) => column === j);
  const cells = (column: number | undefined) =>
    column === undefined ? undefined : beside(block, column) ??
      Array.from({ length: rows }, (_, i) => values[i * d + column]);
  return {
    rows,
    values: isWhole ? values : picked(values, rows, d, matrix),
    labels: cells(label),
    ids: cells(id),
    bytesRead,
    firstRow,
  };
}

function picked(
  values: BlockValues,
  rows: number,
  d: number,
  matrix: readonly number[],
): BlockValues {
  const result = blockValues([arrayKind(values)], rows * matrix.length);
  let at = 0;
  for (let i = 0; i < rows; i++) for (const j of matrix) result[at++] = values[i * d + j];
  return result;
}
