import type { Steps } from "@mixtape/tensor-utils";

/** Work that is done already. */
// deno-lint-ignore require-yield
export function* done<Result>(result: Result): Steps<Result> {
  return result;
}
