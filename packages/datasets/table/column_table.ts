import { type ArrayKind, arrayKind } from "@mixtape/tensor-utils/host";
import {
  blockValues,
  type CellExample,
  type FileColumn,
  type OpenTable,
  type ReadPlan,
  type RowBlock,
  shownCell,
} from "./open_table.ts";
import { isMissingValue, isNumberList, type ValuesKind } from "./value_kind.ts";

/** Column of a format that keeps values, column by column. */
export interface SourceColumn extends ValuesKind {
  /** Name, unique within the file. */
  readonly name: string;
  /** Kind of array that holds all of its values, where the schema tells it. */
  readonly arrayKind?: ArrayKind;
}

/** Consecutive rows, column by column. */
export interface ColumnBlock {
  /** Number of rows. */
  readonly rows: number;
  /** Values of each column that was asked for, in that order. */
  readonly cells: readonly ArrayLike<unknown>[];
  /** Line of the file of each row, if it has lines. */
  readonly lines?: readonly number[];
  /** Number of bytes read so far. */
  readonly bytesRead?: number;
  /** Index of the first row in the file, where the format can begin at any. */
  readonly firstRow?: number;
}

/** A file that keeps values, column by column or row by row, but not as text of a table. */
export interface ColumnSource {
  /** Name of the file in error messages. */
  readonly name: string;
  /** Columns in the order of the file. */
  readonly columns: readonly SourceColumn[];
  /** Strings that stand for a missing value. */
  readonly missing: ReadonlySet<string>;
  /** True if a reading can begin at any row without reading those before it. */
  readonly isRanged?: boolean;
  /** Reads columns, given by their indices, block by block; from the block with a row on, if that can be chosen. */
  read(needed: readonly number[], from?: number): AsyncIterable<ColumnBlock>;
}

/** Number of rows that are filled at a time. */
const TILE_ROWS = 256;

/** A column of the table: a column of the source, or one place of its lists. */
interface Place {
  readonly source: number;
  readonly element?: number;
}

/** Cells of a column of lists of numbers. */
type Lists = ArrayLike<ArrayLike<unknown> | null | undefined>;

/** Makes a table of columns of values; lists of numbers of one length become columns of their own. */
export function columnTable(source: ColumnSource): OpenTable {
  const places: Place[] = [];
  const columns: FileColumn[] = [];
  source.columns.forEach(({ name, kind, example, width }, index) => {
    const elements = width === undefined ? [undefined] : Array.from({ length: width }, (_, i) => i);
    for (const element of elements) {
      places.push({ source: index, element });
      columns.push({ name: element === undefined ? name : `${name}[${element}]`, kind, example });
    }
  });
  return {
    columns,
    isRanged: source.isRanged,
    async *read(plan) {
      const wanted = [...plan.matrix, plan.label, plan.id].filter((at) => at !== undefined);
      const needed = [...new Set(wanted.map((at) => places[at].source))];
      const filler = new Filler(source, columns, plan);
      for await (const block of source.read(needed, plan.from)) {
        const read = new Map(needed.map((index, i) => [index, block.cells[i]]));
        for (const [index, cells] of read) checkLists(cells, source.columns[index], source.name);
        const cellsOf = (at: number) => {
          const { source: index, element } = places[at];
          const cells = read.get(index)!;
          return element === undefined ? cells : elementsOf(cells as Lists, element);
        };
        yield filler.fill(block, places, cellsOf);
      }
    },
  };
}

/** Refuses cells that are no lists of the length of the first, if the column is one of lists. */
function checkLists(
  cells: ArrayLike<unknown>,
  { name, width }: SourceColumn,
  file: string,
): void {
  if (width === undefined) return;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell === null || cell === undefined) continue;
    if (isNumberList(cell) && cell.length === width) continue;
    throw new SyntaxError(
      `Cannot read ${file}: the column ${JSON.stringify(name)} has ${shownCell(cell)}, ` +
        `lists of ${width} numbers are needed, as in its first row`,
    );
  }
}

/** Returns one place of each list; null for a missing list. */
function elementsOf(lists: Lists, element: number): ArrayLike<unknown> {
  return Array.from(lists, (list) => list?.[element] ?? null);
}

/** Fills blocks of a matrix, column by column. */
class Filler {
  readonly #source: ColumnSource;
  readonly #columns: readonly FileColumn[];
  readonly #plan: ReadPlan;
  readonly #unsettled: Set<number>;
  readonly #dropped = new Set<number>();
  #firstRow = 0;

  constructor(source: ColumnSource, columns: readonly FileColumn[], plan: ReadPlan) {
    this.#source = source;
    this.#columns = columns;
    this.#plan = plan;
    this.#unsettled = new Set(plan.matrix.filter((at) => columns[at].kind === "empty"));
  }

  fill(
    block: ColumnBlock,
    places: readonly Place[],
    cellsOf: (at: number) => ArrayLike<unknown>,
  ): RowBlock {
    const { matrix, label, id } = this.#plan;
    this.#firstRow = block.firstRow ?? this.#firstRow;
    const cells = matrix.map(cellsOf);
    const kinds = matrix.map((at, j) =>
      this.#source.columns[places[at].source].arrayKind ?? arrayKind(cells[j])
    );
    const values = blockValues(kinds, block.rows * matrix.length);
    // A few rows of all columns at a time, so that what is written stays in the cache.
    for (let from = 0; from < block.rows; from += TILE_ROWS) {
      const to = Math.min(block.rows, from + TILE_ROWS);
      cells.forEach((column, j) => this.#fillColumn(column, { j, values, block, from, to }));
    }
    this.#firstRow += block.rows;
    return {
      rows: block.rows,
      values,
      ...label === undefined ? {} : { labels: Array.from(cellsOf(label)) },
      ...id === undefined ? {} : { ids: Array.from(cellsOf(id)) },
      bytesRead: block.bytesRead,
      firstRow: block.firstRow,
    };
  }

  #fillColumn(
    cells: ArrayLike<unknown>,
    { j, values, block, from, to }: {
      j: number;
      values: RowBlock["values"];
      block: ColumnBlock;
      from: number;
      to: number;
    },
  ): void {
    const d = this.#plan.matrix.length;
    const kind = arrayKind(cells);
    if (kind !== undefined && !kind.startsWith("Big")) {
      const numbers = cells as ArrayLike<number>;
      for (let i = from, at = from * d + j; i < to; i++, at += d) values[at] = numbers[i];
      this.#unsettled.delete(this.#plan.matrix[j]);
      return;
    }
    for (let i = from, at = from * d + j; i < to; i++, at += d) {
      const cell = cells[i];
      values[at] = typeof cell === "number" ? cell : this.#number(cell, j, i, block);
    }
  }

  #number(cell: unknown, j: number, row: number, block: ColumnBlock): number {
    const at = this.#plan.matrix[j];
    if (isMissingValue(cell, this.#source.missing)) return NaN;
    if (typeof cell === "boolean" || typeof cell === "number") {
      this.#unsettled.delete(at);
      return Number(cell);
    }
    if (typeof cell === "bigint" && Number.isSafeInteger(Number(cell))) return Number(cell);
    const place = block.lines ? { line: block.lines[row] } : { row: this.#firstRow + row };
    const example: CellExample = { value: shownCell(cell), ...place };
    if (this.#unsettled.has(at)) {
      if (!this.#dropped.has(at)) this.#plan.onText(at, example);
      this.#dropped.add(at);
      return NaN;
    }
    throw new SyntaxError(
      `Cannot read ${this.#source.name}: ${this.#place(place)}, column ` +
        `${JSON.stringify(this.#columns[at].name)} has ${JSON.stringify(example.value)}, ` +
        (typeof cell === "bigint"
          ? `a whole number up to 2^53 is needed, which float64 holds`
          : `a number is needed as in other rows`) +
        `; name the column in exclude`,
    );
  }

  #place({ line, row }: { line?: number; row?: number }): string {
    return line === undefined ? `row ${row}` : `line ${line}`;
  }
}
