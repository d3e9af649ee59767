import { inPieces, pieceSize } from "./abort.ts";
import { orderSteps } from "./ascending_order.ts";
import type { HostMatrix } from "./matrix.ts";
import { paced } from "./paced_steps.ts";

/** Numbers that are moved between two looks at the clock. */
const PIECE = 2 ** 16;
/** Fewer numbers than this the engine sorts in less time than digits are counted. */
const FEWEST = 2 ** 10;
/** Bits of a digit; the last of each half of a float64 has one less. */
const BITS = 11;
/** Number of digits of a float64, three of each half. */
const DIGITS = 6;
/** Values of a digit. */
const VALUES = 2 ** BITS;
/** The largest value of a digit. */
const LAST = VALUES - 1;
/** Values of the last digit, which the sign begins, of numbers that are not negative. */
const POSITIVE = 2 ** 9;

/**
 * Sorts numbers in place, ascending, and lets the event loop turn meanwhile: by one digit of their bits after the
 * other, from the last to the first. All digits, unlike `radixSteps`, which leaves numbers that differ by less
 * than a millionth to the engine: a column of those would hold the event loop.
 *
 * @param values The numbers, none of them NaN.
 * @param signal Ends the work; the promise is then rejected with its reason, the numbers in any order.
 * @returns The same array.
 */
export async function pacedSort(
  values: Float64Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const n = values.length;
  if (n < FEWEST) return values.sort();
  const counts = await countDigits(values, signal);
  let [from, to] = [values, new Float64Array(n)];
  for (let digit = 0; digit < DIGITS; digit++) {
    const ofDigit = counts.subarray(digit * VALUES, (digit + 1) * VALUES);
    if (isSettled(ofDigit, n, digit)) continue;
    const places = digit === DIGITS - 1 ? placesBySign(ofDigit) : placesOf(ofDigit);
    await inPieces(n, PIECE, (start, end) => move({ from, to, digit, places }, start, end), signal);
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return values;
}

/** Counts the values of each digit. */
async function countDigits(
  values: Float64Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const counts = new Int32Array(DIGITS * VALUES);
  const words = wordsOf(values);
  await inPieces(values.length, PIECE, (start, end) => count(counts, words, start, end), signal);
  return counts;
}

function count(counts: Int32Array, words: Int32Array, start: number, end: number): void {
  for (let at = 2 * start; at < 2 * end; at += 2) {
    const [low, high] = [words[at], words[at + 1]];
    counts[low & LAST]++;
    counts[VALUES + (low >>> BITS & LAST)]++;
    counts[2 * VALUES + (low >>> 2 * BITS)]++;
    counts[3 * VALUES + (high & LAST)]++;
    counts[4 * VALUES + (high >>> BITS & LAST)]++;
    counts[5 * VALUES + (high >>> 2 * BITS)]++;
  }
}

/** Returns the bits of numbers, of each the last 32 before the first. */
function wordsOf({ buffer, byteOffset, length }: Float64Array<ArrayBuffer>): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

/** True if all numbers have the same digit, and are not to be turned around as negative ones are. */
function isSettled(count: Int32Array, n: number, digit: number): boolean {
  const only = count.indexOf(n);
  return only !== -1 && (digit < DIGITS - 1 || only < POSITIVE);
}

/** Returns the place of the first number with each value of a digit. */
function placesOf(count: Int32Array): Int32Array {
  const places = new Int32Array(VALUES);
  for (let value = 0, place = 0; value < VALUES; place += count[value++]) places[value] = place;
  return places;
}

/** Returns places by the last digit: negative numbers first, the largest magnitude before all, from the last place down. */
function placesBySign(count: Int32Array): Int32Array {
  const places = new Int32Array(VALUES);
  let place = 0;
  for (let value = 2 * POSITIVE - 1; value >= POSITIVE; value--) {
    place += count[value];
    places[value] = place - 1;
  }
  for (let value = 0; value < POSITIVE; place += count[value++]) places[value] = place;
  return places;
}

/** A pass over the numbers. */
interface Pass {
  readonly from: Float64Array<ArrayBuffer>;
  readonly to: Float64Array<ArrayBuffer>;
  readonly digit: number;
  /** Place of the next number with each value of the digit. */
  readonly places: Int32Array;
}

/** Moves numbers to the places that their digit has. */
function move({ from, to, digit, places }: Pass, start: number, end: number): void {
  const words = wordsOf(from);
  const [half, shift] = [digit < DIGITS / 2 ? 0 : 1, digit % (DIGITS / 2) * BITS];
  const turns = digit === DIGITS - 1 ? POSITIVE : VALUES;
  for (let at = start; at < end; at++) {
    const value = words[2 * at + half] >>> shift & LAST;
    const place = places[value];
    places[value] = value < turns ? place + 1 : place - 1;
    to[place] = from[at];
  }
}

/**
 * Returns the places of numbers in ascending order of the numbers, equal ones in their own order, and
 * lets the event loop turn meanwhile.
 *
 * @param values The numbers, none of them NaN.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function pacedOrder(
  values: Float64Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  return await paced(orderSteps(values.slice()), signal);
}

/**
 * Returns the values of a column that are not missing, ascending, and lets the event loop turn meanwhile.
 *
 * @param x The matrix, NaN for missing entries.
 * @param column Index of the column.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function sortedColumn(
  { values, shape: [n, d] }: HostMatrix,
  column: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const present = new Float64Array(n);
  let count = 0;
  await inPieces(n, pieceSize(8), (start, end) => {
    for (let at = start * d + column; at < end * d; at += d) {
      if (values[at] === values[at]) present[count++] = values[at];
    }
  }, signal);
  return await pacedSort(present.subarray(0, count), signal);
}
