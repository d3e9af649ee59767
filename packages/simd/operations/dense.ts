import type { MaybePromise } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { fusedClasses, fusedForward } from "./dense/forward.ts";
import { FusedTraining } from "./dense/training.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Opens the training of a network of dense layers. */
export function openDense({ attrs, backend }: NamedCall<"MixtapeDense">): FusedTraining {
  return untilDisposed(new FusedTraining(backend.runtime, attrs));
}

/** Runs data through a network of dense layers. */
export function runDense(
  { attrs, backend }: NamedCall<"MixtapeDenseForward">,
): MaybePromise<Float32Array[]> {
  return fusedForward(backend.runtime, attrs);
}

/** Finds the class with the highest output of a network for each row. */
export function findClasses(
  { attrs, backend }: NamedCall<"MixtapeDenseClasses">,
): MaybePromise<Int32Array> {
  return fusedClasses(backend.runtime, attrs);
}
