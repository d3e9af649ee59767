import { pacer } from "@mixtape/tensor-utils";

/** Work that may take long: it yields after some milliseconds, where the event loop may turn. */
export type Steps<Result> = Generator<void, Result, void>;

/** Work that is done already. */
// deno-lint-ignore require-yield
export function* done<Result>(result: Result): Steps<Result> {
  return result;
}

/** Does work to its end, without a turn of the event loop. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does work, and lets the event loop turn meanwhile; work that does not yield costs no look at the clock.
 *
 * @param steps The work.
 * @param signal Ends it; the promise is then rejected with its reason.
 */
export async function inTurns<Result>(
  steps: Steps<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const pace = pacer(signal);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pace();
  }
}
