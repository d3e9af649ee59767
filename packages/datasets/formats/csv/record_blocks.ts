/** Whole records of a text table. */
export interface RecordBlock {
  /** The bytes, valid until the next block is asked for; the last one is a newline. */
  readonly bytes: Uint8Array;
  /** Number of the first line, from 1. */
  readonly firstLine: number;
}

/** Marks at which records end. */
export interface RecordMarks {
  /** Between cells; in quotes it is part of a cell. */
  readonly delimiter: string;
  /** Byte at the end of a line, 10 or 13. */
  readonly newline: number;
  /** Name of the file in error messages. */
  readonly name: string;
}

const QUOTE = 34;

/**
 * Cuts text into blocks of whole records, each of about one chunk: at the last newline that is not
 * within quotes.
 *
 * @param chunks Bytes in which ASCII characters are single bytes.
 * @param marks Marks at which records end.
 * @throws {SyntaxError} If quotes are still open at the end.
 */
export async function* recordBlocks(
  chunks: AsyncIterable<Uint8Array>,
  marks: RecordMarks,
): AsyncGenerator<RecordBlock> {
  const { newline } = marks;
  let buffer = new Uint8Array(0);
  let length = 0;
  let firstLine = 1;
  for await (const chunk of chunks) {
    // One byte more, for the newline that may be missing at the end.
    if (buffer.length < length + chunk.length + 1) {
      const larger = new Uint8Array(2 * (length + chunk.length) + 1);
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(chunk, length);
    length += chunk.length;
    const text = buffer.subarray(0, length);
    const end = text.includes(QUOTE) ? lastRecord(text, marks).end : text.lastIndexOf(newline) + 1;
    if (end === 0) continue;
    const bytes = buffer.subarray(0, end);
    yield { bytes, firstLine };
    firstLine += countLines(bytes, newline);
    buffer.copyWithin(0, end, length);
    length -= end;
  }
  if (length === 0) return;
  buffer[length] = newline;
  const bytes = buffer.subarray(0, length + 1);
  const { openedAt } = lastRecord(bytes, marks);
  if (openedAt !== undefined) {
    const line = firstLine + countLines(bytes.subarray(0, openedAt), newline);
    throw new SyntaxError(
      `Cannot read ${marks.name}: the quotes that open in line ${line} are never closed`,
    );
  }
  yield { bytes, firstLine };
}

/**
 * Follows the quotes from the start of a record: they open at the start of a cell only, and two of
 * them in a row are part of the cell.
 *
 * @param bytes Text from the start of a record.
 * @param marks Marks at which records end.
 * @param most Number of records after which to stop.
 * @returns The end of the last record, after its newline, 0 if none ends; and the place of the
 * quote that is still open at the end.
 */
export function lastRecord(
  bytes: Uint8Array,
  { delimiter, newline }: Omit<RecordMarks, "name">,
  most = Infinity,
): { end: number; openedAt?: number } {
  const mark = new TextEncoder().encode(delimiter).at(-1);
  let end = 0;
  let openedAt: number | undefined;
  let startsCell = true;
  let records = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (openedAt !== undefined) {
      if (byte !== QUOTE) continue;
      if (bytes[i + 1] === QUOTE) i++;
      else openedAt = undefined;
      startsCell = false;
    } else if (byte === QUOTE) {
      if (startsCell) openedAt = i;
    } else {
      startsCell = byte === mark || byte === newline;
      if (byte !== newline) continue;
      end = i + 1;
      if (++records === most) break;
    }
  }
  return { end, openedAt };
}

/** Counts the ends of lines in some text. */
export function countLines(bytes: Uint8Array, newline: number): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}
