import type { RowColumn } from "@mixtape/results";

/**
 * Values of a column, one per row: numbers (NaN for none), booleans, or text (null for none in either).
 */
export type ColumnValues =
  | ArrayLike<number>
  | readonly (string | null)[]
  | readonly (boolean | null)[];

/** A column in the form in which it is stored. */
export interface EncodedColumn {
  /** Kind of its values. */
  readonly kind: RowColumn["kind"];
  /** The file of the values. */
  readonly bytes: Uint8Array;
}

/** A value of a column of any kind. */
export type ColumnValue = number | string | boolean | null;

/**
 * Encodes a column: numbers as float64, little-endian; text and booleans as a JSON array.
 *
 * @param values The values.
 * @returns Their kind and bytes.
 */
export function encodeColumn(values: ColumnValues): EncodedColumn {
  const all = Array.isArray(values) ? values as readonly ColumnValue[] : undefined;
  if (all === undefined || all.every((value) => typeof value === "number")) {
    const bytes = new Uint8Array(8 * values.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i] as number, true);
    return { kind: "number", bytes };
  }
  const kind = all.some((value) => typeof value === "string") ? "text" : "boolean";
  return { kind, bytes: new TextEncoder().encode(JSON.stringify(all)) };
}

/**
 * Decodes a column.
 *
 * @param encoded Its kind and bytes.
 * @returns The values; null for none.
 */
export function decodeColumn({ kind, bytes }: EncodedColumn): readonly ColumnValue[] {
  if (kind !== "number") return JSON.parse(new TextDecoder().decode(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => {
    const value = view.getFloat64(8 * i, true);
    return Number.isNaN(value) ? null : value;
  });
}
