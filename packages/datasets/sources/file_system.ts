import type * as FileSystem from "node:fs/promises";
import type { ByteSource } from "./byte_source.ts";
import { nodeModule } from "./node_module.ts";

const CHUNK_BYTES = 2 ** 20;

/**
 * Returns the module of files.
 *
 * @param name The path that is to be read, for the error message.
 * @throws {TypeError} If there are no files, as in browsers.
 */
export function fileSystem(name: string): typeof FileSystem {
  const files = nodeModule("node:fs/promises");
  if (files !== undefined) return files;
  throw new TypeError(
    `Cannot read ${name}: there are no files here, a URL, bytes, a Blob or a stream is needed ` +
      `(files can be read in Deno, and in Node from 20.16 on)`,
  );
}

/**
 * Opens a file as a source; the file is held open only while it is read.
 *
 * @throws {RangeError} If there is no such file.
 */
export async function fileSource(path: string): Promise<ByteSource> {
  const { open } = fileSystem(path);
  const { size } = await describePath(path);
  return {
    name: path,
    size,
    canSeek: true,
    async *chunks() {
      const file = await open(path);
      try {
        const buffer = new Uint8Array(Math.max(1, Math.min(CHUNK_BYTES, size)));
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, buffer.length);
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
    async slice(start, end, memory) {
      const file = await open(path);
      try {
        return await readSlice(file, start, Math.min(end, size), memory);
      } finally {
        await file.close();
      }
    },
    async open() {
      const file = await open(path);
      return {
        slice: (start, end, memory) => readSlice(file, start, Math.min(end, size), memory),
        close: () => file.close(),
      };
    },
  };
}

async function readSlice(
  file: FileSystem.FileHandle,
  start: number,
  end: number,
  memory?: Uint8Array,
): Promise<Uint8Array> {
  const length = Math.max(0, end - start);
  const bytes = memory?.subarray(0, length) ?? new Uint8Array(length);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/** A file or folder as the file system has it. */
interface PathDescription {
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly changedMs: number;
  readonly isFolder: boolean;
}

/**
 * Describes a file or folder.
 *
 * @throws {RangeError} If there is nothing of that name.
 */
export async function describePath(path: string): Promise<PathDescription> {
  try {
    const found = await fileSystem(path).stat(path);
    return { size: found.size, changedMs: found.mtimeMs, isFolder: found.isDirectory() };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    const advice = /^\s*[[{]|,.*,/.test(path) ? " (the text of a table is given as a Blob)" : "";
    throw new RangeError(`Cannot read ${path}: there is no such file or folder${advice}`, {
      cause: error,
    });
  }
}
