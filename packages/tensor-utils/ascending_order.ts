import { DIGIT, DIGITS, FEW, halvesOf, keyOf, PIECE, toPlaces, UPPER } from "./float64_digits.ts";
import { atOnce, type Steps } from "./paced_steps.ts";

/** Digits of each half of a float64. */
const DIGITS_OF_HALF = 3;

/**
 * Sorts numbers in place, ascending, by the digits of their bits, O(n).
 *
 * @param values Numbers, none of them NaN; zeros become positive.
 * @returns The place that each came from, equal numbers in their own order.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  return atOnce(orderSteps(values));
}

/** Sorts as {@linkcode ascendingOrder} does, and yields every few milliseconds. */
export function* orderSteps(values: Float64Array): Steps<Uint32Array> {
  const n = values.length;
  if (n < FEW) {
    const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
    values.set(Float64Array.from(order, (place) => values[place] + 0));
    return order;
  }
  const counts = new Uint32Array(2 * DIGITS_OF_HALF * DIGITS);
  const order = new Uint32Array(n);
  for (let start = 0; start < n; start += PIECE) {
    prepare(values, order, counts, start, Math.min(n, start + PIECE));
    yield;
  }
  let from = { values, order };
  let to = { values: new Float64Array(n) as Float64Array, order: new Uint32Array(n) };
  for (let digit = 0; digit < 2 * DIGITS_OF_HALF; digit++) {
    const next = counts.subarray(digit * DIGITS, (digit + 1) * DIGITS);
    if (next.includes(n)) continue;
    toPlaces(next);
    for (let start = 0; start < n; start += PIECE) {
      distribute(from, to, next, digit, start, Math.min(n, start + PIECE));
      yield;
    }
    [from, to] = [to, from];
  }
  if (from.values !== values) values.set(from.values);
  return from.order;
}

/** Numbers and the places they came from. */
interface Placed {
  readonly values: Float64Array;
  readonly order: Uint32Array;
}

/** Maps the lower half of a float64 to a whole number, so that the orders of equal upper halves agree. */
function lowerKeyOf(lower: number, upper: number): number {
  return lower ^ upper >> 31;
}

/** Writes places, makes both zeros one, and counts digits. */
function prepare(
  values: Float64Array,
  order: Uint32Array,
  counts: Uint32Array,
  start: number,
  end: number,
): void {
  const halves = halvesOf(values);
  for (let i = start; i < end; i++) {
    values[i] += 0;
    order[i] = i;
    const upper = halves[2 * i + UPPER];
    const lowerKey = lowerKeyOf(halves[2 * i + 1 - UPPER], upper);
    const key = keyOf(upper);
    counts[lowerKey & DIGITS - 1]++;
    counts[DIGITS + (lowerKey >>> DIGIT & DIGITS - 1)]++;
    counts[2 * DIGITS + (lowerKey >>> 2 * DIGIT)]++;
    counts[3 * DIGITS + (key & DIGITS - 1)]++;
    counts[4 * DIGITS + (key >>> DIGIT & DIGITS - 1)]++;
    counts[5 * DIGITS + (key >>> 2 * DIGIT)]++;
  }
}

/** Moves some numbers and their places to the next places of their digits, stably. */
function distribute(
  from: Placed,
  to: Placed,
  next: Uint32Array,
  digit: number,
  start: number,
  end: number,
): void {
  const { values, order } = from;
  const { values: sorted, order: sortedOrder } = to;
  const halves = halvesOf(values);
  const inLower = digit < DIGITS_OF_HALF;
  const shift = digit % DIGITS_OF_HALF * DIGIT;
  for (let i = start; i < end; i++) {
    const upper = halves[2 * i + UPPER];
    const key = inLower ? lowerKeyOf(halves[2 * i + 1 - UPPER], upper) : keyOf(upper);
    const at = next[key >>> shift & DIGITS - 1]++;
    sorted[at] = values[i];
    sortedOrder[at] = order[i];
  }
}
