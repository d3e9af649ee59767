import { DIGIT, DIGITS, FEW, halvesOf, keyOf, PIECE, toPlaces, UPPER } from "./float64_digits.ts";
import type { Steps } from "./paced_steps.ts";

/** A longer run of numbers with the same upper half is not sorted by insertion. */
const SHORT_RUN = 16;

/**
 * Sorts finite numbers in place, ascending: by three digits of their upper halves, O(n), then
 * within runs of numbers whose upper halves are the same.
 *
 * @param values Finite numbers.
 * @returns The same array.
 */
export function radixSort(values: Float64Array): Float64Array {
  const steps = radixStepsBy(values, byEngine);
  while (!steps.next().done);
  return values;
}

/** Sorts numbers in place, ascending; may yield. */
export type Sorting = (values: Float64Array) => Steps<void>;

// deno-lint-ignore require-yield
function* byEngine(values: Float64Array): Steps<void> {
  values.sort();
}

/**
 * Sorts as {@link radixSort} does, and yields every few milliseconds.
 *
 * @param values Finite numbers.
 * @param sortLongRun Sorts a long run of numbers whose upper halves are the same.
 */
export function* radixStepsBy(values: Float64Array, sortLongRun: Sorting): Steps<void> {
  const n = values.length;
  if (n < FEW) {
    values.sort();
    return;
  }
  const counts = new Uint32Array(3 * DIGITS);
  for (let start = 0; start < n; start += PIECE) {
    countDigits(values, counts, start, Math.min(n, start + PIECE));
    yield;
  }
  let from = values;
  let to: Float64Array = new Float64Array(n);
  for (let digit = 0; digit < 3; digit++) {
    const next = counts.subarray(digit * DIGITS, (digit + 1) * DIGITS);
    if (next.includes(n)) continue;
    toPlaces(next);
    for (let start = 0; start < n; start += PIECE) {
      distribute(from, to, next, digit * DIGIT, start, Math.min(n, start + PIECE));
      yield;
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  for (let at = 1; at < n;) {
    at = sortRuns(values, at, Math.min(n, at + PIECE));
    if (at < n && values[at - 1] > values[at]) {
      const [start, end] = runAround(values, at);
      yield* sortLongRun(values.subarray(start, end));
      at = end;
    }
    yield;
  }
}

function countDigits(values: Float64Array, counts: Uint32Array, start: number, end: number): void {
  const halves = halvesOf(values);
  for (let i = 2 * start + UPPER; i < 2 * end; i += 2) {
    const key = keyOf(halves[i]);
    counts[key & DIGITS - 1]++;
    counts[DIGITS + (key >>> DIGIT & DIGITS - 1)]++;
    counts[2 * DIGITS + (key >>> 2 * DIGIT)]++;
  }
}

/** Moves some numbers to the next places of their digits, stably. */
function distribute(
  from: Float64Array,
  to: Float64Array,
  next: Uint32Array,
  shift: number,
  start: number,
  end: number,
): void {
  const halves = halvesOf(from);
  for (let i = start; i < end; i++) {
    to[next[keyOf(halves[2 * i + UPPER]) >>> shift & DIGITS - 1]++] = from[i];
  }
}

/**
 * Sorts runs of numbers whose upper halves are the same, from one place on; returns where to go on: at the
 * end, or where a long run is out of order.
 */
function sortRuns(values: Float64Array, first: number, least: number): number {
  let i = first;
  for (; i < least; i++) {
    if (values[i - 1] <= values[i]) continue;
    const [start, end] = runAround(values, i);
    if (end - start >= FEW) return i;
    if (end - start > SHORT_RUN) values.subarray(start, end).sort();
    else insertionSort(values, start, end);
    i = end - 1;
  }
  return i;
}

/** Returns the bounds of the numbers around a place whose upper halves are the same as its. */
function runAround(values: Float64Array, place: number): [start: number, end: number] {
  const halves = halvesOf(values);
  const upper = halves[2 * place + UPPER];
  let start = place;
  while (start > 0 && halves[2 * start - 2 + UPPER] === upper) start--;
  let end = place + 1;
  while (end < values.length && halves[2 * end + UPPER] === upper) end++;
  return [start, end];
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let at = i;
    while (at > start && values[at - 1] > value) values[at] = values[--at];
    values[at] = value;
  }
}
