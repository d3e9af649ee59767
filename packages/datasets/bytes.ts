/**
 * Checks the bytes of a file, and returns them as a `Uint8Array` of this realm.
 *
 * @param bytes The bytes, as given by the caller.
 * @param name Name of the file in error messages.
 * @returns A view of the same bytes.
 * @throws {TypeError} If `bytes` is not a typed array of bytes.
 */
export function fileBytes(bytes: Uint8Array, name: string): Uint8Array {
  if (ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  const given = Object.prototype.toString.call(bytes).slice("[object ".length, -1);
  throw new TypeError(
    `Cannot read ${name}: its bytes are of the kind ${given}, a Uint8Array is needed, ` +
      `such as new Uint8Array(await response.arrayBuffer())`,
  );
}
