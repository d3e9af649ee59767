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
 * Does work, and lets the event loop turn meanwhile; what work does not yield is there at once.
 *
 * @param steps The work.
 * @param signal Ends it where it yields; the promise is then rejected with its reason.
 */
export function inTurns<Result>(
  steps: Steps<Result>,
  signal?: AbortSignal,
): Result | Promise<Result> {
  const first = steps.next();
  return first.done ? first.value : goOn(steps, signal);
}

async function goOn<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  const pace = pacer(signal);
  for (;;) {
    await pace();
    const step = steps.next();
    if (step.done) return step.value;
  }
}
