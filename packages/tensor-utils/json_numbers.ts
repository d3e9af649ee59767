/** A finite number as JSON holds it without loss: `JSON.stringify` writes −0 as 0, so that is text. */
export type JsonNumber = number | "-0";

/**
 * Turns a number into what `JSON.stringify` keeps every bit of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromJsonNumber, jsonNumber } from "@mixtape/tensor-utils";
 *
 * assert.equal(JSON.stringify([1e308, -0]), "[1e+308,0]");
 * assert.equal(JSON.stringify([1e308, -0].map(jsonNumber)), '[1e+308,"-0"]');
 * assert.ok(Object.is(fromJsonNumber("-0"), -0));
 * ```
 *
 * @param value A finite number.
 * @returns The number, or `"-0"`.
 */
export function jsonNumber(value: number): JsonNumber {
  return Object.is(value, -0) ? "-0" : value;
}

/**
 * Reads what {@link jsonNumber} gave; to be checked by {@link checkNumber} or the like.
 *
 * @param value What JSON held.
 * @returns −0 for `"-0"`, anything else as it is.
 */
export function fromJsonNumber(value: unknown): unknown {
  return value === "-0" ? -0 : value;
}
