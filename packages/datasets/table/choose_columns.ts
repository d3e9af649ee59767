import { closest } from "fastest-levenshtein";
import { cellHint } from "./cell_hint.ts";
import type { CellExample, ColumnKind, FileColumn, OpenTable } from "./open_table.ts";
import type { ColumnName, TableOptions } from "./table_options.ts";

/** Reason for which a column of a file is no column of the matrix. */
export type OmittedReason = Exclude<ColumnKind, "number" | "boolean">;

/** Column of a file that is no column of the matrix, though nobody excluded it. */
export interface OmittedColumn {
  /** Name of the column. */
  readonly name: string;
  /**
   * Kind of its cells: `"text"`, `"date"`, `"nested"` (lists and objects), `"empty"` (no values),
   * or `"identifier"` (whole numbers beyond 2⁵³, which float64 does not hold).
   */
  readonly reason: OmittedReason;
  /** Cell that shows the reason. */
  readonly example?: CellExample;
  /** Advice, where the cell seems to be a number in a form that is not read, such as `5%`. */
  readonly hint?: string;
}

/** Choice among the columns of a file, as indices. */
export interface ColumnChoice {
  /** Columns of the matrix, in their order. */
  readonly matrix: readonly number[];
  /** Columns of the matrix that the caller named. */
  readonly named: ReadonlySet<number>;
  /** Column of the labels. */
  readonly label?: number;
  /** Column of the ids. */
  readonly id?: number;
  /** Columns that are not of numbers. */
  readonly omitted: readonly OmittedColumn[];
}

const kindNames: Readonly<Record<OmittedReason, string>> = {
  text: "text",
  date: "dates",
  nested: "lists or objects",
  empty: "no values",
  identifier: "whole numbers beyond 2^53",
};

/**
 * Chooses columns of a file by the caller's options.
 *
 * @param table All columns of the file, and those of labels and ids if it tells them.
 * @param options The caller's choices.
 * @param file Name of the file in error messages.
 * @throws {RangeError} If there is no column of a name, or a chosen one does not hold numbers.
 */
export function chooseColumns(
  { columns, ...beside }: Pick<OpenTable, "columns" | "label" | "id">,
  options: TableOptions,
  file: string,
): ColumnChoice {
  // The first of a name, where a file has several.
  const byName = new Map(columns.map(({ name }, index) => [name, index] as const).reverse());
  const find = (column: ColumnName, option: string) =>
    indexOf(column, { columns, byName }, option, file);
  const label = options.label === undefined ? beside.label : find(options.label, "label");
  const id = options.id === undefined ? beside.id : find(options.id, "id");
  if (label !== undefined && label === id) {
    throw new RangeError(
      `Cannot use id: ${JSON.stringify(options.id)} is the column of the labels, another is needed`,
    );
  }
  const excluded = new Set((options.exclude ?? []).map((column) => find(column, "exclude")));
  for (const column of [label, id]) if (column !== undefined) excluded.add(column);
  const named = [...new Set((options.columns ?? []).map((column) => find(column, "columns")))];
  for (const index of named) {
    if (isOmitted(columns[index].kind)) throw notNumbers(columns[index], file);
  }
  const all = columns.map((_, index) => index).filter((index) => !excluded.has(index));
  const matrix = options.columns === undefined
    ? all.filter((index) => !isOmitted(columns[index].kind))
    : named.filter((index) => !excluded.has(index));
  const rest = options.columns === undefined ? all : [];
  const omitted = rest.filter((index) => isOmitted(columns[index].kind)).map((index) => {
    const { name, kind, example } = columns[index];
    return omittedColumn(name, kind as OmittedReason, example);
  });
  return { matrix, named: new Set(named), label, id, omitted };
}

/** Describes a column that is left out, with advice if its example calls for some. */
export function omittedColumn(
  name: string,
  reason: OmittedReason,
  example?: CellExample,
): OmittedColumn {
  const hint = example && cellHint(example.value);
  return { name, reason, example, ...hint && { hint } };
}

/** Returns the error for a table without columns of numbers. */
export function noColumns(omitted: readonly OmittedColumn[], file: string): RangeError {
  const listed = omitted.slice(0, 3).map(({ name, reason, example, hint }) =>
    `${JSON.stringify(name)} holds ${kindNames[reason]}${shown(example)}${advice(hint)}`
  );
  const more = omitted.length > 3 ? ` and ${omitted.length - 3} more` : "";
  return new RangeError(
    `Cannot make a matrix of ${file}: no column of numbers is left` +
      (listed.length > 0 ? ` (${listed.join(", ")}${more})` : "") + `, at least 1 is needed`,
  );
}

/** Returns false also for columns without values so far: later rows may have numbers. */
function isOmitted(kind: ColumnKind): boolean {
  return kind !== "number" && kind !== "boolean" && kind !== "empty";
}

function notNumbers({ name, kind, example }: FileColumn, file: string): RangeError {
  return new RangeError(
    `Cannot use columns: ${JSON.stringify(name)} of ${file} holds ` +
      `${kindNames[kind as OmittedReason]}${shown(example)}, numbers are needed` +
      advice(example && cellHint(example.value)),
  );
}

function advice(hint: string | undefined): string {
  return hint === undefined ? "" : `: ${hint}`;
}

function shown(example: CellExample | undefined): string {
  if (example === undefined) return "";
  const place = example.line !== undefined
    ? ` in line ${example.line}`
    : example.row !== undefined
    ? ` in row ${example.row}`
    : "";
  return `, such as ${JSON.stringify(example.value)}${place}`;
}

function indexOf(
  column: ColumnName,
  { columns, byName }: { columns: readonly FileColumn[]; byName: ReadonlyMap<string, number> },
  option: string,
  file: string,
): number {
  if (typeof column === "number") {
    if (column < columns.length) return column;
    throw new RangeError(
      `Cannot use ${option}: ${file} has no column ${column}, it has ${columns.length}, ` +
        `from 0 to ${columns.length - 1}`,
    );
  }
  const index = byName.get(column);
  if (index !== undefined) return index;
  const names = columns.map(({ name }) => name);
  throw new RangeError(
    `Cannot use ${option}: ${file} has no column ${JSON.stringify(column)}, ` +
      `the nearest is ${JSON.stringify(closest(column, names))}`,
  );
}
