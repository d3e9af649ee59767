/** Class names of typed arrays. */
export type ArrayKind =
  | "Int8Array"
  | "Uint8Array"
  | "Uint8ClampedArray"
  | "Int16Array"
  | "Uint16Array"
  | "Int32Array"
  | "Uint32Array"
  | "Float16Array"
  | "Float32Array"
  | "Float64Array"
  | "BigInt64Array"
  | "BigUint64Array";

const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get as (this: unknown) => ArrayKind | undefined;

/**
 * Returns the kind of a typed array of any realm: arrays of an iframe, of `node:vm` or of a test in
 * Jest are not instances of this realm's classes, so `instanceof` does not recognise them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { arrayKind } from "@mixtape/tensor-utils";
 *
 * assert.equal(arrayKind(new Float64Array(3)), "Float64Array");
 * assert.equal(arrayKind([1, 2, 3]), undefined);
 * ```
 *
 * @param value Any value.
 * @returns The name of its class (`Uint8Array` for a `Buffer` of Node); undefined if it is not a
 * typed array.
 */
export function arrayKind(value: unknown): ArrayKind | undefined {
  return tagOf.call(value);
}
