import type { MatrixValues } from "@mixtape/operations";
import { type ArrayKind, arrayKind } from "./array_kind.ts";

/**
 * Kinds of numbers that matrices hold, from narrow to wide; whole numbers of 32 bits become float32
 * if that is exact.
 */
const widths = ["bytes", "float32", "whole", "float64"] as const;
type Width = typeof widths[number];

const widthOf: Readonly<Partial<Record<ArrayKind, Width>>> = {
  Uint8Array: "bytes",
  Uint8ClampedArray: "bytes",
  Int8Array: "float32",
  Int16Array: "float32",
  Uint16Array: "float32",
  Float16Array: "float32",
  Float32Array: "float32",
  Int32Array: "whole",
  Uint32Array: "whole",
  Float64Array: "float64",
};

/**
 * Copies numbers of any kind into the narrowest kind of array for matrices that holds each of them
 * exactly.
 *
 * @param values A typed array, or numbers that {@link isNumeric} accepts.
 * @returns Always a copy: bytes for bytes, float32 for whole numbers of 16 bits, float16 and
 * float32, and for 32 bits if all are exact, otherwise float64.
 */
export function copyValues(values: ArrayLike<number>): MatrixValues {
  return copyRows([values], values.length);
}

/**
 * Copies rows of `columns` numbers each, one after the other.
 *
 * @param rows Rows, each as {@link copyValues} takes them.
 * @param columns Number of numbers per row.
 * @returns A copy in the narrowest kind of array that holds all of them exactly.
 */
export function copyRows(rows: readonly ArrayLike<number>[], columns: number): MatrixValues {
  const width = rows.reduce((widest, row) => Math.max(widest, widths.indexOf(kindOf(row))), 0);
  const kind = widths[width];
  const length = rows.length * columns;
  if (kind === "bytes") return fill(new Uint8Array(length), rows, columns);
  const exact = kind === "float32" || (kind === "whole" && rows.every(isExactInFloat32));
  return fill(exact ? new Float32Array(length) : new Float64Array(length), rows, columns);
}

/**
 * Returns true for a list of numbers: a typed array (except of BigInt), or anything with a length,
 * whose entries are still to be checked.
 */
export function isNumeric(values: unknown): values is ArrayLike<number> {
  const kind = arrayKind(values);
  if (kind !== undefined) return widthOf[kind] !== undefined;
  if (typeof values !== "object" || values === null) return false;
  const { length } = values as { length?: unknown };
  return Number.isSafeInteger(length) && (length as number) >= 0;
}

/** Returns true for a typed array that a matrix can hold as it is. */
export function isMatrixArray(values: unknown): values is MatrixValues {
  const kind = arrayKind(values);
  return kind === "Float32Array" || kind === "Float64Array" || kind === "Uint8Array";
}

/**
 * Finds the first entry that is not a number, in a list that may hold anything.
 *
 * @param values A list that {@link isNumeric} accepts.
 * @returns Its index, or −1 if all entries are numbers.
 */
export function firstNotNumber(values: ArrayLike<unknown>): number {
  if (arrayKind(values) !== undefined) return -1;
  const end = values.length;
  for (let i = 0; i < end; i++) if (typeof values[i] !== "number") return i;
  return -1;
}

function kindOf(values: ArrayLike<number>): Width {
  const kind = arrayKind(values);
  return (kind && widthOf[kind]) ?? "float64";
}

function isExactInFloat32(values: ArrayLike<number>): boolean {
  const end = values.length;
  for (let i = 0; i < end; i++) if (Math.fround(values[i]) !== values[i]) return false;
  return true;
}

function fill<Values extends MatrixValues>(
  target: Values,
  rows: readonly ArrayLike<number>[],
  columns: number,
): Values {
  rows.forEach((row, i) => target.set(row, i * columns));
  return target;
}
