import type { Head, TrainingEvidence } from "../evidence.ts";
import * as state from "../state/mod.ts";

/** What JSON may hold of a head: sizes `units` and `classes`. */
export const headState: state.StateShape<Head> = state.record<Head>({
  weights: state.matrix("units", "classes"),
  bias: state.float32s(["classes"]),
});

/** A copy of the head that training evidence came with, so that later changes of the network do not reach a detector. */
export function copiedHead(training: TrainingEvidence): Head {
  const { weights, bias } = training.head as Head;
  return {
    weights: { values: weights.values.slice(), shape: [weights.shape[0], weights.shape[1]] },
    bias: Float32Array.from(bias),
  };
}

/** Activations that are to go through a head must have as many units as it. */
export function checkUnits(units: number, head: Head): void {
  if (units === head.weights.shape[0]) return;
  throw new RangeError(
    `Cannot use activations of ${units} units: the detector was fitted on ${head.weights.shape[0]}`,
  );
}
