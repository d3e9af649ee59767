import { pacer } from "./abort.ts";

/** Work that yields after each of its steps, which take some milliseconds at most: the event loop may turn there. */
export type Steps<Result> = Generator<void, Result, void>;

/**
 * Does work, and lets the event loop turn meanwhile.
 *
 * @param steps The work.
 * @param signal Ends it; the promise is then rejected with its reason.
 */
export async function paced<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  const pace = pacer(signal);
  for (;;) {
    await pace();
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does work to its end, without a turn of the event loop. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does work as {@linkcode paced} does, but begins at once, and ends so where it does not yield.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inTurns, type Steps } from "@mixtape/tensor-utils";
 *
 * function* sum(numbers: readonly number[]): Steps<number> {
 *   let total = 0;
 *   for (const [at, number] of numbers.entries()) {
 *     total += number;
 *     if (at % 1000 === 999) yield;
 *   }
 *   return total;
 * }
 * assert.equal(inTurns(sum([1, 2, 3])), 6);
 * assert.equal(await inTurns(sum(new Array(2000).fill(1))), 2000);
 * ```
 *
 * @param steps The work.
 * @param signal Ends it where it yields; the promise is then rejected with its reason.
 * @returns The result of the work, or a promise of it.
 */
export function inTurns<Result>(
  steps: Steps<Result>,
  signal?: AbortSignal,
): Result | Promise<Result> {
  const first = steps.next();
  return first.done ? first.value : paced(steps, signal);
}
