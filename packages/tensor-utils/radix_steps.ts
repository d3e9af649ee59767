import { orderSteps } from "./ascending_order.ts";
import { PIECE } from "./float64_digits.ts";
import type { Steps } from "./paced_steps.ts";
import { radixStepsBy } from "./radix_sort.ts";

/**
 * Sorts finite numbers in place, ascending, as `radixSort` does, and yields every few milliseconds.
 *
 * @param values Finite numbers.
 */
export function radixSteps(values: Float64Array): Steps<void> {
  return radixStepsBy(values, byAllDigits);
}

/** Sorts by all digits of the numbers' bits, where most numbers have the same upper half. */
function* byAllDigits(values: Float64Array): Steps<void> {
  const given = values.slice();
  const order = yield* orderSteps(values.slice());
  for (let start = 0; start < values.length; start += PIECE) {
    const end = Math.min(values.length, start + PIECE);
    for (let i = start; i < end; i++) values[i] = given[order[i]];
    yield;
  }
}
