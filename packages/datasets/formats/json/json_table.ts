import { allBytes, type ByteSource } from "../../sources/byte_source.ts";
import { columnTable } from "../../table/column_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import { valuesKind } from "../../table/value_kind.ts";
import { parseJson } from "./parse_json.ts";

/** Columns of a JSON file. */
type Columns = ReadonlyMap<string, readonly unknown[]>;

/**
 * Opens a JSON file: an array of objects or of arrays, an object of columns (arrays, or objects of
 * row numbers as pandas writes them), or `{ columns, data }`.
 *
 * @throws {SyntaxError} If it is no JSON, or of another form.
 */
export async function openJson(
  source: ByteSource,
  { missing, encoding }: { missing: ReadonlySet<string>; encoding?: string },
): Promise<OpenTable> {
  const text = new TextDecoder(encoding ?? "utf-8").decode(await allBytes(source));
  const columns = columnsOf(parseJson(text, source.name, 1), source.name);
  const names = [...columns.keys()];
  const cells = [...columns.values()];
  const rows = cells[0]?.length ?? 0;
  return columnTable({
    name: source.name,
    missing,
    columns: names.map((name, i) => ({ name, ...valuesKind(cells[i], missing) })),
    async *read(needed) {
      yield await Promise.resolve({ rows, cells: needed.map((index) => cells[index]) });
    },
  });
}

function columnsOf(value: unknown, name: string): Columns {
  if (Array.isArray(value)) return rowsToColumns(value, name);
  if (!isObject(value)) throw otherForm(name);
  const { columns, data } = value;
  if (Array.isArray(columns) && Array.isArray(data)) {
    return arraysToColumns(data, name, columns.map(String));
  }
  const lists = Object.entries(value).map(([key, cells]) => {
    if (Array.isArray(cells)) return [key, cells] as const;
    if (isObject(cells)) return [key, Object.values(cells)] as const;
    throw otherForm(name);
  });
  const [first] = lists;
  if (first === undefined) throw otherForm(name);
  const ragged = lists.find(([, cells]) => cells.length !== first[1].length);
  if (ragged !== undefined) {
    throw new SyntaxError(
      `Cannot read ${name}: the column ${JSON.stringify(ragged[0])} has ${ragged[1].length} ` +
        `values and ${JSON.stringify(first[0])} has ${first[1].length}, as many are needed`,
    );
  }
  return new Map(lists);
}

function rowsToColumns(rows: readonly unknown[], name: string): Columns {
  if (rows.length === 0) {
    throw new SyntaxError(`Cannot read ${name}: it is an empty list, at least 1 row is needed`);
  }
  if (rows.every(Array.isArray)) {
    return arraysToColumns(rows, name, rows[0].map((_: unknown, j: number) => `column ${j}`));
  }
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, i) => {
    if (!isObject(row)) throw otherForm(name, ` (row ${i} is ${JSON.stringify(row).slice(0, 20)})`);
    for (const key in row) {
      if (!columns.has(key)) columns.set(key, new Array(rows.length).fill(null));
      columns.get(key)![i] = row[key];
    }
  });
  return columns;
}

function arraysToColumns(
  rows: readonly unknown[],
  name: string,
  names: readonly string[],
): Columns {
  rows.forEach((row, i) => {
    const length = Array.isArray(row) ? row.length : undefined;
    if (length === names.length) return;
    throw new SyntaxError(
      `Cannot read ${name}: row ${i} has ${length ?? "no"} cells, ${names.length} are needed`,
    );
  });
  return new Map(names.map((column, j) => [column, rows.map((row) => (row as unknown[])[j])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function otherForm(name: string, detail = ""): SyntaxError {
  return new SyntaxError(
    `Cannot read ${name}: its JSON is no table${detail}; a list of objects, a list of lists, ` +
      `or an object of columns is needed`,
  );
}
