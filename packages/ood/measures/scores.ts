import { numberArray, radixSort } from "@mixtape/tensor-utils/host";

/**
 * Scores of a detector, one per row, high = in-distribution: a typed array, or an array of numbers.
 */
export type Scores = ArrayLike<number>;

const ROWS_NAMED = 5;

/**
 * Checks scores and returns a sorted copy in float64, ascending.
 *
 * @param scores One finite score per row, at least one.
 * @param name Name of the scores in error messages, for instance `"OOD scores"`.
 * @throws {TypeError} If `scores` is not an array of numbers.
 * @throws {RangeError} If there are no scores, or one is not finite; the message names the rows.
 */
export function sortedScores(scores: Scores, name: string): Float64Array {
  return radixSort(checkedScores(scores, name));
}

/**
 * Checks scores and returns a copy in float64.
 *
 * @param scores One finite score per row, at least one.
 * @param name Name of the scores in error messages.
 * @throws {TypeError} If `scores` is not an array of numbers.
 * @throws {RangeError} If there are no scores, or one is not finite; the message names the rows.
 */
export function checkedScores(scores: Scores, name: string): Float64Array {
  const values = numberArray(scores, name);
  if (values.length === 0) {
    throw new RangeError(`Cannot measure with no ${name}: at least one is needed`);
  }
  const bad: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) bad.push(i);
  }
  if (bad.length > 0) {
    const more = bad.length > ROWS_NAMED ? `, … (${bad.length} in all)` : "";
    const rows = bad.slice(0, ROWS_NAMED).join(", ");
    throw new RangeError(
      `Cannot rank ${name}: not finite in ${bad.length === 1 ? "row" : "rows"} ${rows}${more}, ` +
        `every score must be a finite number`,
    );
  }
  return values;
}
