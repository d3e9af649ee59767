import { LARGEST_POWER, longDecimal, LONGEST_DIGITS, POWERS_OF_TEN } from "./decimal.ts";

/** Uses of the columns of a block of text. */
export const SKIP = 0;
/** A column of numbers. */
export const NUMBER = 1;
/** A column whose cells are handed over as they are. */
export const TEXT = 2;
/** A column of numbers, each of which is handed over unless its cell is empty. */
export const OTHER = 3;

/** Marks of a text table, each one byte. */
export interface ScanMarks {
  /** Between cells. */
  readonly delimiter: number;
  /** At the end of a line: 10, or 13 in files that have no 10. A 13 before a 10 is ignored. */
  readonly newline: number;
  /** Between whole and fractional digits. */
  readonly decimal: number;
}

/** Receiver of what {@linkcode scanNumbers} does not read itself. */
export interface CellReader {
  /** Reads a cell that is no plain number. */
  readNumber(bytes: Uint8Array, start: number, end: number, column: number, line: number): number;
  /** Takes a cell of a column of text. */
  readText(bytes: Uint8Array, start: number, end: number, column: number, line: number): void;
  /** Throws for a row, which begins at `start`, with more or fewer cells than there are columns. */
  wrongCount(bytes: Uint8Array, start: number, line: number): never;
  /** Throws for a cell in quotes after which neither another cell nor the next row begins. */
  badQuotes(line: number): never;
}

const QUOTE = 34;
const MINUS = 45;
const PLUS = 43;
const SPACE = 32;
const CARRIAGE_RETURN = 13;

/**
 * Reads rows of plain cells, straight from bytes to float64.
 *
 * A number is exact: of digits below 2⁵³ and a power of ten up to 10²², both exact in float64, one
 * multiplication or division rounds once (Clinger 1990); up to 19 digits, {@linkcode longDecimal}
 * rounds once; everything else goes to `reader`, quotes already removed.
 *
 * @param bytes Whole records, each ended by `marks.newline`; quotes that open are closed.
 * @param uses Use of each column.
 * @param marks Marks of the table.
 * @param firstLine Number of the first line.
 * @param output Receives the numbers, row by row; long enough for all of them.
 * @param reader Takes all other cells.
 * @returns Number of rows, without empty lines.
 */
export function scanNumbers(
  bytes: Uint8Array,
  uses: Uint8Array,
  { delimiter, newline, decimal }: ScanMarks,
  firstLine: number,
  output: Float64Array,
  reader: CellReader,
): number {
  const end = bytes.length;
  const last = uses.length - 1;
  let line = firstLine - 1;
  let rows = 0;
  let at = 0;
  let i = 0;
  while (i < end) {
    line++;
    const rowStart = i;
    let innerLines = 0;
    let blank = i;
    while (bytes[blank] === SPACE) blank++;
    if (bytes[blank] === CARRIAGE_RETURN) blank++;
    if (bytes[blank] === newline) {
      i = blank + 1;
      continue;
    }
    rows++;
    for (let column = 0;; column++) {
      const start = i;
      let c = bytes[i];
      if (c === QUOTE) {
        for (i++; i < end; i++) {
          if (bytes[i] === newline) innerLines++;
          else if (bytes[i] === QUOTE) {
            if (bytes[i + 1] !== QUOTE) break;
            i++;
          }
        }
        const use = uses[column];
        if (use === TEXT) reader.readText(bytes, start + 1, i, column, line);
        else if (use !== SKIP) output[at++] = reader.readNumber(bytes, start + 1, i, column, line);
        c = bytes[++i];
        if (c === CARRIAGE_RETURN && bytes[i + 1] === newline) c = bytes[++i];
        if (c !== delimiter && c !== newline) reader.badQuotes(line);
      } else if (uses[column] === NUMBER) {
        while (c === SPACE && delimiter !== SPACE) c = bytes[++i];
        const negative = c === MINUS;
        if (negative || c === PLUS) c = bytes[++i];
        const first = i;
        let digits = 0;
        let d = c - 48;
        while (d >= 0 && d <= 9) {
          digits = digits * 10 + d;
          d = bytes[++i] - 48;
        }
        let count = i - first;
        let exponent = 0;
        if (d + 48 === decimal) {
          const point = ++i;
          d = bytes[i] - 48;
          while (d >= 0 && d <= 9) {
            digits = digits * 10 + d;
            d = bytes[++i] - 48;
          }
          exponent = point - i;
          count -= exponent;
        }
        c = d + 48;
        let value = NaN;
        if (count > 0) {
          const mantissaEnd = i;
          // "e" and "E" differ in the bit 32.
          if ((c | 32) === 101) {
            const sign = bytes[i + 1];
            let j = sign === MINUS || sign === PLUS ? i + 2 : i + 1;
            const exponentStart = j;
            let power = 0;
            for (d = bytes[j] - 48; d >= 0 && d <= 9 && power < 1000; d = bytes[++j] - 48) {
              power = power * 10 + d;
            }
            if (j > exponentStart) {
              exponent += sign === MINUS ? -power : power;
              i = j;
              c = bytes[i];
            }
          }
          if (digits < 9007199254740992) {
            if (exponent === 0) value = digits;
            else if (exponent < 0) {
              if (exponent >= -LARGEST_POWER) value = digits / POWERS_OF_TEN[-exponent];
            } else if (exponent <= LARGEST_POWER) value = digits * POWERS_OF_TEN[exponent];
          } else value = longNumber(bytes, first, mantissaEnd, decimal, exponent);
          if (negative) value = -value;
        }
        if (c !== delimiter && c !== newline) {
          if (c === CARRIAGE_RETURN && bytes[i + 1] === newline) c = bytes[++i];
          else {
            value = NaN;
            while (c !== delimiter && c !== newline) c = bytes[++i];
          }
        }
        // An empty cell is missing; any other NaN so far is for the reader to look at.
        if (value !== value && i > start) {
          value = reader.readNumber(bytes, start, i, column, line);
        }
        output[at++] = value;
      } else {
        while (c !== delimiter && c !== newline) c = bytes[++i];
        if (uses[column] === TEXT) reader.readText(bytes, start, i, column, line);
        else if (uses[column] === OTHER) {
          output[at++] = i === start ? NaN : reader.readNumber(bytes, start, i, column, line);
        }
      }
      i++;
      if (c === newline) {
        if (column !== last) reader.wrongCount(bytes, rowStart, line);
        line += innerLines;
        break;
      }
      if (column === last) reader.wrongCount(bytes, rowStart, line);
    }
  }
  return rows;
}

/** Reads digits that exceed 2⁵³, with the mark among them; NaN if they are more than 19. */
function longNumber(
  bytes: Uint8Array,
  first: number,
  end: number,
  decimal: number,
  exponent: number,
): number {
  let [high, low, count] = [0, 0, 0];
  for (let i = first; i < end; i++) {
    const c = bytes[i];
    if (c === decimal || (count === 0 && c === 48)) continue;
    if (count < 15) high = high * 10 + c - 48;
    else if (count < LONGEST_DIGITS) low = low * 10 + c - 48;
    else return NaN;
    count++;
  }
  return longDecimal(high, low, count - 15, exponent);
}
