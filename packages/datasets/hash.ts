/**
 * Thrown when the SHA-256 of a file is not the one in the manifest: the file is damaged, or another
 * one.
 */
export class HashMismatchError extends RangeError {
  /** Name of the class, which identifies this error even if the class is loaded twice. */
  override readonly name = "HashMismatchError";
  /** File or address that was read. */
  readonly file: string;
  /** SHA-256 in the manifest, in hexadecimal. */
  readonly expected: string;
  /** SHA-256 of the bytes that were read, in hexadecimal. */
  readonly actual: string;

  /**
   * Makes an error whose message names the file and both hashes.
   *
   * @param file The file or address that was read.
   * @param expected The SHA-256 in the manifest.
   * @param actual The SHA-256 of the bytes that were read.
   * @param remedy The fate of the file, or what to do about it.
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

/** Returns the SHA-256 of bytes, in hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
