import { arrayKind, describeValue } from "@mixtape/tensor-utils/host";
import {
  blobSource,
  type ByteSource,
  bytesSource,
  chunksSource,
  streamChunks,
} from "./byte_source.ts";
import { fileSource } from "./file_system.ts";
import { untilAborted } from "./until_aborted.ts";

/**
 * Source of a table: the path of a file, a URL, bytes, a `Blob` or `File`, or a stream of bytes; or
 * the path of a folder of images, or a list of image files as a page is given them. A
 * string that begins like `https://`, `data:`, `blob:` or `file:` is a URL, any other one a path.
 */
export type TableSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | readonly File[];

/**
 * Opens a source.
 *
 * @param source The source, as given by the caller.
 * @param name Name for error messages, if the caller has one; otherwise the path, the address, or
 * the kind of the source.
 * @param signal Ends a download.
 * @throws {TypeError} If it is of another kind, or an address does not answer.
 * @throws {RangeError} If there is no such file, or the address answers with an error.
 */
export async function openSource(
  source: TableSource,
  name?: string,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const path = pathOf(source);
  if (path !== undefined) {
    const file = await fileSource(path);
    return name === undefined ? file : { ...file, name };
  }
  if (typeof source === "string" || isUrl(source)) return await download(`${source}`, name, signal);
  const tag = Object.prototype.toString.call(source).slice("[object ".length, -1);
  const bytes = bytesOf(source, tag);
  if (bytes !== undefined) return bytesSource(bytes, name ?? "the bytes");
  if (tag === "Blob" || tag === "File") {
    const blob = source as Blob & { name?: string };
    return blobSource(blob, name ?? (blob.name || "the Blob"));
  }
  if (typeof (source as ReadableStream | undefined)?.getReader === "function") {
    const shown = name ?? "the stream";
    const stream = source as ReadableStream<Uint8Array>;
    if (stream.locked) {
      throw new TypeError(
        `Cannot read ${shown}: it is being read, or was, and can be read once, another is needed`,
      );
    }
    return chunksSource(streamChunks(stream, shown), shown);
  }
  throw new TypeError(
    `Cannot read a table: ${describeValue(source)} was given, ` +
      `a path, a URL, bytes, a Blob or a stream is needed`,
  );
}

/** Returns the path of a source that is a file or a folder; undefined if it is neither. */
export function pathOf(source: unknown): string | undefined {
  const text = typeof source === "string" ? source : isUrl(source) ? source.href : undefined;
  if (text === undefined) return undefined;
  if (/^file:/i.test(text)) return filePath(text);
  return typeof source === "string" && !/^([a-z][a-z0-9+.-]+:\/\/|data:|blob:)/i.test(source)
    ? source
    : undefined;
}

function filePath(url: string): string {
  const path = decodeURIComponent(new URL(url).pathname);
  return /^\/[a-z]:\//i.test(path) ? path.slice(1) : path;
}

function isUrl(source: unknown): source is URL {
  return Object.prototype.toString.call(source) === "[object URL]";
}

function bytesOf(source: unknown, tag: string): Uint8Array | undefined {
  if (tag === "ArrayBuffer" || tag === "SharedArrayBuffer") {
    return new Uint8Array(source as ArrayBuffer);
  }
  const kind = arrayKind(source);
  if (kind !== "Uint8Array" && kind !== "Uint8ClampedArray") return undefined;
  const { buffer, byteOffset, byteLength } = source as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Says in a sentence why an address does not answer; a permission that is missing is left as it is. */
function unreachable(name: string, error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const said = `Cannot read ${name}: its server does not answer (${error.message})`;
  return new TypeError(said, { cause: error });
}

async function download(url: string, name = url, signal?: AbortSignal): Promise<ByteSource> {
  const shown = name.length > 100 ? `${name.slice(0, 99)}…` : name;
  const response = await fetch(url, { signal }).catch((error) => {
    throw unreachable(shown, error);
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new RangeError(
      `Cannot read ${shown}: the server answers ${response.status} ${response.statusText}`.trim(),
    );
  }
  // The length of a compressed answer is not that of what it holds.
  const length = response.headers.get("content-encoding") === null
    ? Number(response.headers.get("content-length") ?? NaN)
    : NaN;
  const chunks = streamChunks(untilAborted(response.body, signal ? [signal] : []), shown);
  const size = Number.isSafeInteger(length) && length > 0 ? length : undefined;
  return chunksSource(chunks, shown, size);
}
