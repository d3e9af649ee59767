import { bytesSource } from "./sources/byte_source.ts";
import { gunzipSource } from "./sources/gunzip.ts";
import { nodeModule } from "./sources/node_module.ts";

/** Name and decompressed size of a gzip file. */
export interface InflateOptions {
  /** Name of the file in error messages. */
  readonly name: string;
  /** Number of bytes that the file must hold once decompressed. */
  readonly size: number;
}

/** Number of bytes decompressed at a time: a caller that stops early leaves the rest compressed. */
const CHUNK_BYTES = 2 ** 16;

/**
 * Decompresses a gzip file of known size, and stops as soon as it proves larger.
 *
 * @param bytes The gzip file, of one or several members (`cat a.gz b.gz`), possibly followed by
 * zeros.
 * @param options Name and expected size of the file.
 * @returns Exactly `size` bytes.
 * @throws {SyntaxError} If the file is damaged or holds fewer bytes.
 * @throws {RangeError} If it holds more bytes; those are never decompressed.
 */
export async function inflate(
  bytes: Uint8Array,
  { name, size }: InflateOptions,
): Promise<Uint8Array> {
  // Deflate compresses at most 1032-fold, so a header cannot make us allocate memory for bytes that
  // are not there.
  if (size > 1032 * bytes.length) {
    throw new SyntaxError(
      `Cannot read ${name}: ${size} bytes were expected, ` +
        `its ${bytes.length} compressed bytes cannot hold that many`,
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
 * @param length Number of bytes to decompress.
 * @param name Name of the file in error messages.
 * @returns That many bytes, or fewer if the file holds fewer.
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

/**
 * Yields the contents of all members, one after the other; as in gzip(1), only zeros may follow
 * them.
 */
async function* inflatedChunks(bytes: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  const zlib = nodeModule("node:zlib");
  if (zlib === undefined) return yield* gunzipSource(bytesSource(bytes, name)).chunks();
  const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
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
