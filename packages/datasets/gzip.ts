import { createGunzip } from "node:zlib";

/** What a compressed file is called in errors, and how large it may become. */
export interface InflateOptions {
  /** What error messages call the file. */
  readonly name: string;
  /** The number of bytes the file must hold once decompressed. */
  readonly size: number;
}

/** Bytes decompressed at a time: whoever stops early leaves the rest compressed. */
const CHUNK_BYTES = 2 ** 16;

/** Whether bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses a gzip file whose size is known, and stops as soon as it proves larger.
 *
 * @param bytes The gzip file, of one member or several (`cat a.gz b.gz`), zeros after the last one allowed.
 * @param options Its name and the size that is expected.
 * @returns Exactly `size` bytes.
 * @throws {SyntaxError} If the file is damaged or holds fewer bytes.
 * @throws {RangeError} If it holds more bytes; those beyond are never decompressed.
 */
export async function inflate(
  bytes: Uint8Array,
  { name, size }: InflateOptions,
): Promise<Uint8Array> {
  // Deflate shrinks at most 1032 times, so a header cannot make us allocate what is not there.
  if (size > 1032 * bytes.length) {
    throw new SyntaxError(
      `Cannot read ${name}: ${size} bytes were expected, ` +
        `its ${bytes.length} compressed bytes cannot hold as many`,
    );
  }
  const output = new Uint8Array(size);
  let length = 0;
  for await (const chunk of inflatedChunks(bytes, name)) {
    if (length + chunk.length > size) {
      throw new RangeError(
        `Cannot read ${name}: ${size} bytes were expected, it decompresses to more`,
      );
    }
    output.set(chunk, length);
    length += chunk.length;
  }
  if (length < size) {
    throw new SyntaxError(
      `Cannot read ${name}: ${size} bytes were expected, it decompresses to ${length}`,
    );
  }
  return output;
}

/**
 * Decompresses the beginning of a gzip file.
 *
 * @param bytes The gzip file.
 * @param length How many bytes are wanted.
 * @param name What error messages call the file.
 * @returns That many bytes, or fewer when the file holds fewer.
 * @throws {SyntaxError} If the file is damaged near its beginning.
 */
export async function inflateHead(
  bytes: Uint8Array,
  length: number,
  name: string,
): Promise<Uint8Array> {
  const head = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of inflatedChunks(bytes, name)) {
    const part = chunk.subarray(0, length - filled);
    head.set(part, filled);
    filled += part.length;
    if (filled === length) break;
  }
  return head.subarray(0, filled);
}

/** The content of all members, one after the other; zeros may follow them, as gzip(1) has it, and nothing else. */
async function* inflatedChunks(bytes: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  gunzip.end(bytes);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (cause) {
    throw damaged(name, cause);
  }
  if (bytes.subarray(gunzip.bytesWritten).some((byte) => byte !== 0)) throw damaged(name);
}

function damaged(name: string, cause?: unknown): SyntaxError {
  return new SyntaxError(
    `Cannot read ${name}: it begins like a gzip file, but is cut short, damaged, ` +
      `or has something after its end`,
    { cause },
  );
}
