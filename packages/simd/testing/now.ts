import type { MaybePromise } from "@mixtape/operations";
import { Turns } from "../turns.ts";

/** From now on, the event loop does not turn in long work, so that tests can do it step by step. */
export function withoutTurns(): void {
  Object.defineProperty(Turns.prototype, "due", { get: () => false });
}

/** Returns a value that is there at once: little work is done without a turn of the event loop. */
export function now<Value>(value: MaybePromise<Value>): Value {
  if (value instanceof Promise) throw new TypeError("Cannot go on: a value was promised");
  return value;
}
