/** The name of a class or a cluster. */
export type Label = number | bigint | string | boolean;

/** Labels as small whole numbers, and what these stand for. */
export interface CompactLabels<T extends Label = Label> {
  /** For each row, the position of its label among `values`. */
  readonly codes: Int32Array;
  /**
   * The distinct labels, ascending: numbers and big integers by value, strings by their UTF-16 code
   * units, false before true.
   */
  readonly values: readonly T[];
}

/**
 * Numbers labels of any kind from 0, so that what is counted for each takes an array and not a hash.
 * Time and memory are linear in the rows, whatever the labels are.
 *
 * @example Dates as labels
 * ```ts
 * import assert from "node:assert/strict";
 * import { compactLabels } from "@mixtape/tensor-utils";
 *
 * const { codes, values } = compactLabels([20240201, 20240131, 20240201]);
 * assert.deepEqual([...codes], [1, 0, 1]);
 * assert.deepEqual(values, [20240131, 20240201]);
 * ```
 *
 * @param labels One a row, all of one kind: numbers (negative ones and fractions too), big integers,
 * strings or booleans, in an array or a typed array.
 * @param name What error messages call them.
 * @returns A number from 0 a row, and the distinct labels in ascending order. They are read at once.
 * @throws {TypeError} If they are no array, or of different kinds, or one is none of these kinds.
 * @throws {RangeError} If one is NaN.
 */
export function compactLabels<T extends Label>(
  labels: ArrayLike<T>,
  name = "labels",
): CompactLabels<T> {
  if (labels === null || typeof labels !== "object" || typeof labels.length !== "number") {
    throw new TypeError(
      `Cannot use ${name}: ${labels === null ? "null" : `a ${typeof labels}`} was given, ` +
        `an array with one label a row is needed, Array.from makes one of what can be iterated`,
    );
  }
  const span = wholeSpan(labels);
  if (span) return compactWhole(labels as ArrayLike<number>, span) as CompactLabels<T>;
  const values = sorted([...new Set<T>(Array.prototype.values.call(labels))]);
  checkLabels(values, labels, name);
  const codeOf = new Map(values.map((value, code) => [value, code]));
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf.get(labels[i])!;
  return { codes, values };
}

/** The lowest and the highest label, if all are whole numbers and not spread too wide for a table. */
function wholeSpan(labels: ArrayLike<unknown>): [lowest: number, highest: number] | undefined {
  const n = labels.length;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < n; i++) {
    const label = labels[i];
    if (typeof label !== "number" || !Number.isInteger(label)) return undefined;
    if (label < lowest) lowest = label;
    if (label > highest) highest = label;
  }
  return n > 0 && highest - lowest < 4 * n ? [lowest, highest] : undefined;
}

/** Looks codes up in a table from the lowest to the highest label, several times faster than a hash. */
function compactWhole(
  labels: ArrayLike<number>,
  [lowest, highest]: [number, number],
): CompactLabels<number> {
  const n = labels.length;
  const codeOf = new Int32Array(highest - lowest + 1);
  for (let i = 0; i < n; i++) codeOf[labels[i] - lowest] = 1;
  const values: number[] = [];
  for (let label = 0; label < codeOf.length; label++) {
    if (codeOf[label] === 0) continue;
    codeOf[label] = values.length;
    values.push(label + lowest);
  }
  const codes = new Int32Array(n);
  for (let i = 0; i < n; i++) codes[i] = codeOf[labels[i] - lowest];
  return { codes, values };
}

const kinds = ["number", "bigint", "string", "boolean"];

function sorted<T extends Label>(values: T[]): T[] {
  // Typed arrays sort numbers several times faster than a comparison function.
  return values.every((value) => typeof value === "number")
    ? Array.from(Float64Array.from(values).sort()) as T[]
    : values.sort((a, b) => a < b ? -1 : 1);
}

function checkLabels(values: readonly Label[], labels: ArrayLike<Label>, name: string): void {
  const kind = typeof labels[0];
  for (const value of values) {
    const own = typeof value;
    const row = () => Array.prototype.findIndex.call(labels, (label) => Object.is(label, value));
    if (!kinds.includes(own)) {
      throw new TypeError(
        `Cannot use ${name}: row ${row()} has ${value === null ? value : own}, ` +
          `numbers, big integers, strings or booleans are needed`,
      );
    }
    if (own !== kind) {
      throw new TypeError(
        `Cannot use ${name}: row 0 has a ${kind} and row ${row()} a ${own}, labels of ` +
          `one kind are needed, String makes all of them strings`,
      );
    }
    if (value !== value) {
      throw new RangeError(
        `Cannot use ${name}: row ${row()} has NaN, which is equal to no label, leave such rows ` +
          `out or give them a label of their own`,
      );
    }
  }
}
