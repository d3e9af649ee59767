import { fileBytes } from "../bytes.ts";

/** Bytes that can be read piece by piece or at any place, with a name for error messages. */
export interface ByteSource {
  /** Path, address or description, for error messages and to tell the format. */
  readonly name: string;
  /** Number of bytes; undefined if it is not known before all of them were read. */
  readonly size?: number;
  /** True if reading a slice does not read all bytes before it. */
  readonly canSeek: boolean;
  /**
   * Reads all bytes from the start. A chunk is valid until the next one is asked for, and no
   * `Buffer` of Node's, whose `slice` does not copy. A stream can be read once.
   */
  chunks(): AsyncIterable<Uint8Array>;
  /**
   * Reads the bytes from `start` to before `end`, or to the end of the source; into memory that is given, if they
   * are read from a file.
   */
  slice(start: number, end: number, memory?: Uint8Array): Promise<Uint8Array>;
  /** Opens the source for many slices, where opening it for each would cost time. */
  open?(): Promise<OpenSource>;
}

/** A source that is held open until it is closed. */
export interface OpenSource {
  /** Reads as {@link ByteSource.slice} does, and starts to before it returns. */
  readonly slice: ByteSource["slice"];
  /** Closes the source. */
  close(): Promise<void>;
}

/** Opens a source for slices. */
export async function openSlices(source: ByteSource): Promise<OpenSource> {
  return await source.open?.() ?? { slice: source.slice, close: () => Promise.resolve() };
}

const PIECE_BYTES = 2 ** 20;

/** Returns bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    canSeek: true,
    async *chunks() {
      yield* await Promise.resolve(pieces(bytes));
    },
    slice: (start, end) => Promise.resolve(bytes.subarray(start, end)),
  };
}

/** Returns a Blob or File as a source. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    canSeek: true,
    async *chunks() {
      // A stream of a Blob in memory gives all of it as one chunk, which takes as long as to copy it.
      for (let at = 0; at < blob.size; at += PIECE_BYTES) {
        yield await bytesOfBlob(blob, at, at + PIECE_BYTES);
      }
    },
    slice: (start, end) => bytesOfBlob(blob, start, end),
  };
}

async function bytesOfBlob(blob: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(start, end).arrayBuffer());
}

/**
 * Returns chunks that can be read once as a source; the first call of `slice` reads all of them.
 *
 * @param chunks The chunks, as they come.
 * @param name Name of the source in error messages.
 * @param size Number of bytes, if it is known.
 */
export function chunksSource(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  size?: number,
): ByteSource {
  let whole: Promise<Uint8Array> | undefined;
  return {
    name,
    size,
    canSeek: false,
    async *chunks() {
      if (whole !== undefined) yield await whole;
      else yield* chunks;
    },
    async slice(start, end) {
      whole ??= joinChunks(chunks);
      return (await whole).subarray(start, end);
    },
  };
}

/** Yields bytes in pieces of 1 MiB, so that what reads them needs no more memory at once. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

/** Reads all bytes of a source. */
export async function allBytes(source: ByteSource): Promise<Uint8Array> {
  return source.canSeek ? await source.slice(0, source.size!) : await joinChunks(source.chunks());
}

/**
 * Yields the chunks of a stream, and cancels it if the reader stops early.
 *
 * @param stream The stream.
 * @param name Name of the stream in error messages.
 * @throws {TypeError} If a chunk is something else than bytes.
 */
export async function* streamChunks(
  stream: ReadableStream<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  // Safari's streams cannot be iterated over.
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* pieces(fileBytes(value, name));
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Joins chunks, which may be reused by whoever gives them, in one array. */
export async function joinChunks(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
