import type { OwnTable } from "../../run/own/own_table.ts";
import type { Identifier, IdentifierSign } from "../result.ts";
import { valuesOf } from "./column_values.ts";

/** Probability below which a pattern of a column is no accident. */
const ACCIDENT = 1e-6;

/** Least number of rows of which two of the n! orders, one that rises and one that falls, are no accident. */
const LEAST_ROWS = 10;

/**
 * Finds columns that look like an identifier or a time: values that only rise or only fall along the file, or whole
 * numbers that never repeat although numbers drawn from their range would, with a probability of at least 1 − 10⁻⁶.
 *
 * @param table The data.
 * @returns The columns, in order.
 */
export function findIdentifiers({ raw, columns }: OwnTable): Identifier[] {
  return columns.flatMap((column, j): Identifier[] => {
    const values = valuesOf(raw, j);
    if (values.length < raw.shape[0]) return [];
    const sign = signOf(values);
    return sign === undefined ? [] : [{ column, sign }];
  });
}

function signOf(values: Float64Array): IdentifierSign | undefined {
  if (values.length >= LEAST_ROWS) {
    if (values.every((value, i) => i === 0 || value > values[i - 1])) return "ascending";
    if (values.every((value, i) => i === 0 || value < values[i - 1])) return "descending";
  }
  return neverRepeats(values) ? "never-repeated" : undefined;
}

/** Returns true for distinct whole numbers of which n drawn from their range would hardly ever be distinct. */
function neverRepeats(values: Float64Array): boolean {
  if (!values.every((value) => Number.isSafeInteger(value))) return false;
  const [low, high] = rangeOf(values);
  const range = high - low + 1;
  if (range < values.length || new Set(values).size < values.length) return false;
  let logProbability = 0;
  for (let i = 1; i < values.length; i++) logProbability += Math.log1p(-i / range);
  return logProbability < Math.log(ACCIDENT);
}

function rangeOf(values: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
