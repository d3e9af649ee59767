import { inflate } from "./gzip.ts";
import { isGzip } from "./sources/gunzip.ts";
import { HashMismatchError, sha256 } from "./hash.ts";
import { type IdxArray, idxSize, readIdx } from "./idx.ts";
import type { ExpectedFile } from "./manifest.ts";
import { readFile, stat } from "./sources/node_files.ts";

/** A file that conforms to the manifest, with its hash. */
export interface VerifiedFile extends IdxArray {
  /** SHA-256 of the decompressed bytes, in hexadecimal. */
  readonly sha256: string;
  /** True if the file is compressed with gzip, which has its own checksum. */
  readonly compressed: boolean;
}

/**
 * Reads an IDX file and checks its size, shape, hash and values.
 *
 * @param path Path of the file, compressed with gzip or not.
 * @param expected Its description in the manifest; without a hash, only shape and values are
 * checked.
 * @param described Name of the file in error messages, and the remedy to give for a wrong hash.
 * @returns The array and its hash.
 * @throws {HashMismatchError} If the file has another hash.
 * @throws {SyntaxError} If the file is damaged, has another shape, or a value is out of range.
 * @throws {RangeError} If it is larger than expected.
 */
export async function readVerified(
  path: string,
  expected: ExpectedFile,
  { name, remedy }: { name: string; remedy: string },
): Promise<VerifiedFile> {
  const limit = downloadLimit(expected);
  const { size } = await stat(path);
  if (size > limit) {
    throw new RangeError(
      `Cannot read ${name}: it has ${size} bytes, at most ${limit} were expected`,
    );
  }
  const file = await readFile(path);
  // A Buffer's slice() does not copy: a caller who changes a copy of the images would change the
  // images.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  return await verifyFile(bytes, expected, { name, remedy });
}

/**
 * Checks the size, shape, hash and values of an IDX file, as {@linkcode readVerified} does.
 *
 * @param bytes The file, compressed with gzip or not.
 */
export async function verifyFile(
  bytes: Uint8Array,
  expected: ExpectedFile,
  { name, remedy }: { name: string; remedy: string },
): Promise<VerifiedFile> {
  const compressed = isGzip(bytes);
  const content = compressed
    ? await inflate(bytes, { name, size: idxSize(expected.shape) })
    : bytes;
  const { shape, values } = await readIdx(content, { name });
  if (String(shape) !== String(expected.shape)) {
    throw new SyntaxError(
      `Cannot use ${name}: its shape is [${shape}], [${expected.shape}] was expected`,
    );
  }
  const hash = await sha256(content);
  if (expected.sha256 !== undefined && hash !== expected.sha256) {
    throw new HashMismatchError(name, expected.sha256, hash, remedy);
  }
  checkRange(values, expected, name);
  return { shape, values, sha256: hash, compressed };
}

function checkRange(
  values: Uint8Array,
  { holds, range: [least, greatest] }: ExpectedFile,
  name: string,
): void {
  // Most images use all values of a byte, so there is nothing to look for in their 47 million
  // pixels.
  if (least <= 0 && greatest >= 255) return;
  const wrong = values.findIndex((value) => value < least || value > greatest);
  if (wrong < 0) return;
  throw new SyntaxError(
    `Cannot use ${name}: ${holds} ${wrong} is ${values[wrong]}, ` +
      `it must be between ${least} and ${greatest}`,
  );
}

/**
 * Returns the largest size in bytes that a file may have, compressed or not: gzip adds a little to
 * data it cannot shrink.
 */
export function downloadLimit({ shape }: ExpectedFile): number {
  return Math.ceil(idxSize(shape) * 1.01) + 65_536;
}

/**
 * Returns true if an error says that the contents of a file are wrong, not that it could not be
 * read.
 */
export function isContentError(error: unknown): error is SyntaxError | RangeError {
  return error instanceof SyntaxError || error instanceof RangeError;
}
