import { joinChunks } from "./byte_source.ts";

/** Text as a stream of bytes in which ASCII characters are single bytes, and the rest is in `encoding`. */
export interface EncodedText {
  /** Encoding of the bytes, as `TextDecoder` names it. */
  readonly encoding: string;
  /** The bytes, without a byte order mark. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Encodings in which a byte below 128 is always the ASCII character, so text can be cut at such bytes. */
const transparent =
  /^(utf-8|iso-8859-\d+i?|windows-\d+|koi8-[ru]|ibm866|macintosh|x-mac-cyrillic|euc-kr|euc-jp)$/;

/** Number of bytes that show an encoding. */
const HEAD_BYTES = 1024;

/**
 * Prepares text of any encoding for being cut at bytes: text of UTF-16 and of the encodings whose
 * characters contain bytes of ASCII is transcoded to UTF-8 while it is read.
 *
 * @param chunks The bytes of the text.
 * @param label Encoding, as `TextDecoder` takes it; by default the one that the byte order mark or
 * the zeros of UTF-16 show, otherwise UTF-8.
 * @throws {RangeError} If there is no such encoding.
 */
export async function encodedText(
  chunks: AsyncIterable<Uint8Array>,
  label?: string,
): Promise<EncodedText> {
  const { head, rest } = await splitHead(chunks, HEAD_BYTES);
  const encoding = decoder(label ?? shownEncoding(head)).encoding;
  if (!transparent.test(encoding)) {
    return { encoding: "utf-8", chunks: transcoded(rest, new TextDecoder(encoding)) };
  }
  return { encoding, chunks: encoding === "utf-8" ? withoutMark(rest) : rest };
}

/**
 * Reads chunks until there are `size` bytes.
 *
 * @returns These bytes, or all there are, and an iterable that gives them again with all others.
 */
export async function splitHead(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value.slice());
    length += value.length;
  }
  const joined = await joinChunks(toAsync(first));
  return { head: joined, rest: resumed(joined, iterator) };
}

async function* toAsync<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}

async function* resumed(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

function decoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch (cause) {
    throw new RangeError(
      `Cannot use the encoding ${JSON.stringify(label)}: there is none of that name, ` +
        `one that TextDecoder knows is needed, such as "utf-8", "utf-16le" or "windows-1252"`,
      { cause },
    );
  }
}

/** Returns the encoding that the first bytes show; UTF-8 if they show none. */
function shownEncoding(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  // The characters of a table's numbers and marks are ASCII: every other byte of UTF-16 is 0.
  const counts = [0, 0];
  const end = head.length - head.length % 2;
  for (let i = 0; i < end; i++) if (head[i] === 0) counts[i % 2]++;
  const half = end / 2;
  if (counts[1] > 0.7 * half && counts[0] < 0.1 * half) return "utf-16le";
  if (counts[0] > 0.7 * half && counts[1] < 0.1 * half) return "utf-16be";
  return "utf-8";
}

async function* transcoded(
  chunks: AsyncIterable<Uint8Array>,
  from: TextDecoder,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(from.decode(chunk, { stream: true }));
  yield encoder.encode(from.decode());
}

async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of chunks) {
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    yield hasMark ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}
