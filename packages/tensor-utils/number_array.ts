import { describeValue } from "./describe_value.ts";
import { firstNotNumber, isNumeric } from "./host_values.ts";
import { numbersCode, spelled } from "./matrix_errors.ts";

/**
 * Checks and copies a list of numbers, so that later changes to the caller's list have no effect.
 * The range of the numbers is not checked.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberArray } from "@mixtape/tensor-utils";
 *
 * assert.deepEqual(numberArray(Int8Array.of(1, 2), "weights"), Float64Array.of(1, 2));
 * ```
 *
 * @param values A typed array of any realm (except of BigInt), or an array of numbers.
 * @param name Name of the list in error messages.
 * @returns The same numbers in float64.
 * @throws {TypeError} If `values` is not such a list, or an entry is not a number; the message says
 * how to convert it.
 */
export function numberArray(values: ArrayLike<number>, name: string): Float64Array {
  if (!isNumeric(values)) {
    const written = numbersCode(values, spelled(name));
    throw new TypeError(
      `Cannot use ${name}: ${
        describeValue(values)
      } was given, a typed array or an array of numbers is needed` +
        (written ? `, write ${written}` : ""),
    );
  }
  const at = firstNotNumber(values);
  if (at === -1) return Float64Array.from(values);
  throw new TypeError(
    `Cannot use ${name}: entry ${at} is ${describeValue(values[at])}, a number is needed` +
      (values[at] === null || values[at] === undefined
        ? ""
        : `, write Array.from(${spelled(name)}, Number)`),
  );
}
