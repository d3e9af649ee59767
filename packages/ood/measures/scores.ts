/** Scores of a detector, one a row: high = in-distribution. */
export type Scores = Float64Array | Float32Array | readonly number[];

const ROWS_NAMED = 5;

/**
 * Checks scores and returns a sorted copy in float64, ascending.
 *
 * @param scores One score a row, finite, at least one.
 * @param name What they are called in an error message, for instance `"OOD scores"`.
 * @throws {TypeError} If `scores` is not an array of numbers.
 * @throws {RangeError} If there is none, or one is not finite; the message names the rows.
 */
export function sortedScores(scores: Scores, name: string): Float64Array {
  return checkedScores(scores, name).slice().sort();
}

/**
 * Checks scores and returns them in float64: the same array when it is one already.
 *
 * @param scores One score a row, finite, at least one.
 * @param name What they are called in an error message.
 * @throws {TypeError} If `scores` is not an array of numbers.
 * @throws {RangeError} If there is none, or one is not finite; the message names the rows.
 */
export function checkedScores(scores: Scores, name: string): Float64Array {
  const isArray = scores instanceof Float64Array || scores instanceof Float32Array ||
    Array.isArray(scores);
  if (!isArray) {
    throw new TypeError(
      `Cannot read ${name}: got ${
        describe(scores)
      }, need a Float64Array, a Float32Array or an array of numbers`,
    );
  }
  if (scores.length === 0) {
    throw new RangeError(`Cannot measure with no ${name}: at least one is needed`);
  }
  const bad: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) bad.push(i);
  }
  if (bad.length > 0) {
    const more = bad.length > ROWS_NAMED ? `, … (${bad.length} in all)` : "";
    const rows = bad.slice(0, ROWS_NAMED).join(", ");
    throw new RangeError(
      `Cannot rank ${name}: not finite in ${bad.length === 1 ? "row" : "rows"} ${rows}${more}, ` +
        `every score must be a finite number`,
    );
  }
  return scores instanceof Float64Array ? scores : Float64Array.from(scores);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return value.constructor?.name ?? "an object";
}
