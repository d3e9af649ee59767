/** Fewer numbers are sorted as fast without tables of counts. */
const FEW = 2048;
/** A longer run of numbers with the same upper half is left to the engine's own sort. */
const SHORT_RUN = 16;
/** Bits of a digit. */
const DIGIT = 11;
const DIGITS = 1 << DIGIT;

/** Position, within a float64, of the half that holds its sign and exponent. */
const UPPER = new Uint32Array(Float64Array.of(-0).buffer)[1] === 0 ? 0 : 1;

/**
 * Sorts finite numbers in place, ascending: by three digits of their upper halves, O(n), then by
 * comparison within runs of numbers whose upper halves are the same.
 *
 * @param values Finite numbers.
 * @returns The same array.
 */
export function radixSort(values: Float64Array): Float64Array {
  const n = values.length;
  if (n < FEW) return values.sort();
  const counts = countDigits(values);
  let from = values;
  let to: Float64Array = new Float64Array(n);
  for (let digit = 0; digit < 3; digit++) {
    const next = counts.subarray(digit * DIGITS, (digit + 1) * DIGITS);
    if (next.includes(n)) continue;
    distribute(from, to, next, digit * DIGIT);
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  sortRuns(values);
  return values;
}

/** Maps the upper half of a float64 to a whole number, so that their orders agree. */
function keyOf(upper: number): number {
  return upper ^ (upper >> 31 | 0x80000000);
}

function halvesOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

function countDigits(values: Float64Array): Uint32Array {
  const halves = halvesOf(values);
  const counts = new Uint32Array(3 * DIGITS);
  for (let i = UPPER; i < halves.length; i += 2) {
    const key = keyOf(halves[i]);
    counts[key & DIGITS - 1]++;
    counts[DIGITS + (key >>> DIGIT & DIGITS - 1)]++;
    counts[2 * DIGITS + (key >>> 2 * DIGIT)]++;
  }
  return counts;
}

/** Moves numbers to the places of their digit, stably, given how many there are of each digit. */
function distribute(
  from: Float64Array,
  to: Float64Array,
  next: Uint32Array,
  shift: number,
): void {
  let before = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = next[digit];
    next[digit] = before;
    before += count;
  }
  const halves = halvesOf(from);
  for (let i = 0; i < from.length; i++) {
    to[next[keyOf(halves[2 * i + UPPER]) >>> shift & DIGITS - 1]++] = from[i];
  }
}

/** Sorts runs of numbers whose upper halves are the same. */
function sortRuns(values: Float64Array): void {
  const halves = halvesOf(values);
  for (let i = 1; i < values.length; i++) {
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
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let at = i;
    while (at > start && values[at - 1] > value) values[at] = values[--at];
    values[at] = value;
  }
}
