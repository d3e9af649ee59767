/**
 * A finite number in a form that JSON keeps without loss: `JSON.stringify` writes −0 as 0, so −0 is
 * text.
 */
export type JSONNumber = number | "-0";

/**
 * Converts a number to a value that `JSON.stringify` writes without loss.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromJSONNumber, jsonNumber } from "@mixtape/tensor-utils";
 *
 * assert.equal(JSON.stringify([1e308, -0]), "[1e+308,0]");
 * assert.equal(JSON.stringify([1e308, -0].map(jsonNumber)), '[1e+308,"-0"]');
 * assert.ok(Object.is(fromJSONNumber("-0"), -0));
 * ```
 *
 * @param value A finite number.
 * @returns The number, or `"-0"`.
 */
export function jsonNumber(value: number): JSONNumber {
  return Object.is(value, -0) ? "-0" : value;
}

/**
 * Reads the output of {@link jsonNumber}; the result is still to be checked, for instance by {@link
 * checkNumber}.
 *
 * @param value The value in the JSON.
 * @returns −0 for `"-0"`, and any other value unchanged.
 */
export function fromJSONNumber(value: unknown): unknown {
  return value === "-0" ? -0 : value;
}
