import type { Steps } from "./paced_steps.ts";

/** Fewer numbers are sorted as fast without tables of counts. */
export const FEW = 2048;
/** A longer run of numbers with the same upper half is left to the engine's own sort. */
const SHORT_RUN = 16;
/** Numbers that are worked on between two yields. */
export const PIECE = 2 ** 18;
/** Bits of a digit. */
export const DIGIT = 11;
/** Values of a digit. */
export const DIGITS = 1 << DIGIT;

/** Position, within a float64, of the half that holds its sign and exponent. */
export const UPPER = new Uint32Array(Float64Array.of(-0).buffer)[1] === 0 ? 0 : 1;

/**
 * Sorts finite numbers in place, ascending: by three digits of their upper halves, O(n), then by
 * comparison within runs of numbers whose upper halves are the same.
 *
 * @param values Finite numbers.
 * @returns The same array.
 */
export function radixSort(values: Float64Array): Float64Array {
  const steps = radixSteps(values);
  while (!steps.next().done);
  return values;
}

/** Sorts as {@link radixSort} does, and yields every few milliseconds. */
export function* radixSteps(values: Float64Array): Steps<void> {
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
    yield;
  }
}

/** Maps the upper half of a float64 to a whole number, so that their orders agree. */
export function keyOf(upper: number): number {
  return upper ^ (upper >> 31 | 0x80000000);
}

/** Views numbers as the halves of their bits. */
export function halvesOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
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

/** Makes the number of each digit its first place. */
export function toPlaces(next: Uint32Array): void {
  let before = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = next[digit];
    next[digit] = before;
    before += count;
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

/** Sorts runs of numbers whose upper halves are the same, from one place on; returns where to go on. */
function sortRuns(values: Float64Array, first: number, least: number): number {
  const halves = halvesOf(values);
  let i = first;
  for (; i < least; i++) {
    if (values[i - 1] <= values[i]) continue;
    const upper = halves[2 * i + UPPER];
    let start = i - 1;
    while (start > 0 && halves[2 * start - 2 + UPPER] === upper) start--;
    let end = i + 1;
    while (end < values.length && halves[2 * end + UPPER] === upper) end++;
    if (end - start > SHORT_RUN) values.subarray(start, end).sort();
    else insertionSort(values, start, end);
    i = end - 1;
  }
  return i;
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let at = i;
    while (at > start && values[at - 1] > value) values[at] = values[--at];
    values[at] = value;
  }
}
