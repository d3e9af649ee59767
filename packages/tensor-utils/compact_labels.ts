/** The name of a class or a cluster. */
export type Label = number | bigint | string | boolean;

/** Labels as small whole numbers, with their original values. */
export interface CompactLabels<T extends Label = Label> {
  /** For each row, the index of its label in `values`. */
  readonly codes: Int32Array;
  /**
   * The distinct labels, ascending: numbers and big integers by value, strings by their UTF-16 code
   * units, false before true.
   */
  readonly values: readonly T[];
}

/**
 * Numbers labels of any kind from 0, so that counts per label fit an array instead of a hash table.
 * Time and memory are linear in the rows, whatever the labels.
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
 * @param labels One label per row, all of one kind: numbers (also negative and fractional ones),
 * big integers, strings or booleans, in an array or a typed array.
 * @param name Name of the labels in error messages.
 * @returns A number from 0 for each row, and the distinct labels in ascending order. The labels are
 * read before the function returns.
 * @throws {TypeError} If `labels` is not an array, or has labels of several kinds or of a kind not
 * listed above.
 * @throws {RangeError} If a label is NaN.
 */
export function compactLabels<T extends Label>(
  labels: ArrayLike<T>,
  name = "labels",
): CompactLabels<T> {
  if (labels === null || typeof labels !== "object" || typeof labels.length !== "number") {
    throw new TypeError(
      `Cannot use ${name}: ${labels === null ? "null" : `a ${typeof labels}`} was given, ` +
        `an array with one label per row is needed, Array.from makes one from any iterable`,
    );
  }
  const span = wholeSpan(labels);
  if (span) return compactWhole(labels as ArrayLike<number>, span) as CompactLabels<T>;
  // Each label is looked up once, and numbered anew when all are known.
  const seen = new Map<T, number>();
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < codes.length; i++) {
    codes[i] = seen.get(labels[i]) ?? seen.set(labels[i], seen.size).size - 1;
  }
  const values = sorted([...seen.keys()]);
  checkLabels(values, labels, name);
  const codeOf = new Int32Array(values.length);
  for (let i = 0; i < codeOf.length; i++) codeOf[seen.get(values[i])!] = i;
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf[codes[i]];
  return { codes, values };
}

/**
 * Returns the lowest and the highest label, if all are whole numbers and close enough together for
 * a table.
 */
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

/**
 * Looks codes up in a table from the lowest to the highest label, which is several times faster
 * than a hash table.
 */
function compactWhole(
  labels: ArrayLike<number>,
  [lowest, highest]: [number, number],
): CompactLabels<number> {
  const n = labels.length;
  const codeOf = new Int32Array(highest - lowest + 1);
  for (let i = 0; i < n; i++) codeOf[labels[i] - lowest] = 1;
  const values: number[] = [];
  for (let label = 0; label < codeOf.length; label++) {
    if (codeOf[label]) codeOf[label] = values.push(label + lowest) - 1;
  }
  const codes = new Int32Array(n);
  for (let i = 0; i < n; i++) codes[i] = codeOf[labels[i] - lowest];
  return { codes, values };
}

const kinds = /^(number|bigint|string|boolean)$/;

function sorted<T extends Label>(values: T[]): T[] {
  // Typed arrays sort numbers several times faster without a comparison function.
  return values.every((value) => typeof value === "number")
    ? Array.from(Float64Array.from(values).sort()) as T[]
    : values.sort((a, b) => a < b ? -1 : 1);
}

function checkLabels(values: readonly Label[], labels: ArrayLike<Label>, name: string): void {
  const kind = typeof labels[0];
  for (const value of values) {
    const own = typeof value;
    const row = () => Array.prototype.findIndex.call(labels, (label) => Object.is(label, value));
    if (!kinds.test(own)) {
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
        `Cannot use ${name}: row ${row()} has NaN, which does not equal itself, leave such rows ` +
          `out or give them a label of their own`,
      );
    }
  }
}
