import { createHash } from "node:crypto";

/** A file whose SHA-256 is not the one the manifest has for it: damaged, or not what it seems. */
export class HashMismatchError extends RangeError {
  /** What a caller can tell this error by when classes are duplicated. */
  override readonly name = "HashMismatchError";
  /** The file or address that was read. */
  readonly file: string;
  /** The SHA-256 that the manifest has, in hexadecimal. */
  readonly expected: string;
  /** The SHA-256 of what was read, in hexadecimal. */
  readonly actual: string;

  /**
   * Says which file failed, and with which hashes.
   *
   * @param file The file or address that was read.
   * @param expected The SHA-256 that the manifest has.
   * @param actual The SHA-256 of what was read.
   * @param remedy What became of the file, or what to do about it.
   */
  constructor(file: string, expected: string, actual: string, remedy: string) {
    super(
      `Cannot use ${file}: the SHA-256 of its decompressed bytes is ${actual}, ` +
        `${expected} was expected; ${remedy}`,
    );
    this.file = file;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
