import { pacer } from "./abort.ts";

/** Work that yields after each of its steps, which are short. */
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
