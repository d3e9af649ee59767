/** Number of bytes to encode at once: engines limit the number of arguments of a call. */
const CHUNK = 0x8000;

/**
 * Writes bytes as base64, on engines without `Uint8Array.prototype.toBase64` too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromBase64, toBase64 } from "@mixtape/tensor-utils";
 *
 * assert.equal(toBase64(Uint8Array.of(1, 2, 255)), "AQL/");
 * assert.deepEqual(fromBase64("AQL/"), Uint8Array.of(1, 2, 255));
 * ```
 *
 * @param bytes Any bytes.
 * @returns The text, padded.
 */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(text);
}

/**
 * Reads base64.
 *
 * @param base64 The text; white space in it is skipped.
 * @returns The bytes, in a buffer of their own.
 * @throws {SyntaxError} If the text is not base64.
 */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  let text: string;
  try {
    text = atob(base64);
  } catch (cause) {
    throw new SyntaxError("Cannot read base64: the text is damaged", { cause });
  }
  // A loop, because Uint8Array.from iterates over the text by code points, ten times as slowly.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
