import { describeValue } from "./describe_value.ts";
import { firstNotNumber, isNumeric } from "./host_values.ts";
import { numbersCode, spelled } from "./matrix_errors.ts";

/**
 * Copies a list of numbers at the door of a public function, so that later changes of the caller's do not matter.
 * What range they may have is for the function to check.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberArray } from "@mixtape/tensor-utils";
 *
 * assert.deepEqual(numberArray(Int8Array.of(1, 2), "weights"), Float64Array.of(1, 2));
 * ```
 *
 * @param values A typed array of any realm (but of BigInt), or an array of numbers.
 * @param name What error messages call them.
 * @returns The same numbers in float64.
 * @throws {TypeError} If it is no such list, or an entry is no number; the message says what converts it.
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
