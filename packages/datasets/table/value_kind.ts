import type { CellsKind } from "./cell_kind.ts";
import { shownCell } from "./open_table.ts";

/** Kind of a column of values, and the length of its lists. */
export interface ValuesKind extends CellsKind {
  /** Length of each list, if the column holds lists of numbers of one length. */
  readonly width?: number;
}

/**
 * Tells the kind of a column by its first values, as those of JSON, Parquet and Arrow are.
 *
 * @param values The first values; null and undefined are missing.
 * @param missing Strings that stand for a missing value.
 * @param lines Line of the file of each value, if it has lines.
 */
export function valuesKind(
  values: ArrayLike<unknown>,
  missing: ReadonlySet<string>,
  lines?: readonly number[],
): ValuesKind {
  const kinds = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isMissingValue(value, missing)) continue;
    const kind = valueKind(value);
    if (!kinds.has(kind)) kinds.set(kind, i);
  }
  const found = (kind: string) => {
    const at = kinds.get(kind)!;
    return { value: shownCell(values[at]), ...lines ? { line: lines[at] } : { row: at } };
  };
  if (kinds.size === 0) return { kind: "empty" };
  for (const kind of ["identifier", "nested", "list", "date", "text"] as const) {
    if (!kinds.has(kind)) continue;
    if (kind === "list" && kinds.size === 1) {
      return { kind: "number", width: (values[kinds.get(kind)!] as ArrayLike<number>).length };
    }
    return { kind: kind === "list" ? "nested" : kind, example: found(kind) };
  }
  return { kind: kinds.has("number") ? "number" : "boolean" };
}

/** Returns true for values that stand for a missing one. */
export function isMissingValue(value: unknown, missing: ReadonlySet<string>): boolean {
  return value === null || value === undefined || value !== value ||
    (typeof value === "string" && missing.has(value.trim()));
}

function valueKind(
  value: unknown,
): "number" | "boolean" | "text" | "date" | "nested" | "identifier" | "list" {
  if (typeof value === "number" || typeof value === "boolean") return typeof value as "number";
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? "number" : "identifier";
  }
  if (typeof value === "string") return "text";
  if (value instanceof Date) return "date";
  return isNumberList(value) && value.length > 0 ? "list" : "nested";
}

/** Returns true for lists of numbers. */
export function isNumberList(value: unknown): value is ArrayLike<number> {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === "number" || one === null);
  }
  return ArrayBuffer.isView(value) && !(value instanceof DataView) &&
    typeof (value as unknown as ArrayLike<unknown>)[0] === "number";
}
