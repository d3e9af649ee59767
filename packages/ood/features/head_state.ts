import type { Head, TrainingEvidence } from "../evidence.ts";
import * as state from "../state/mod.ts";

/** Shape of a head in JSON: sizes `units` and `classes`. */
export const headState: state.StateShape<Head> = state.record<Head>({
  weights: state.matrix("units", "classes"),
  bias: state.float32s(["classes"]),
});

/**
 * Copies the head of training evidence, so that later changes of the network do not reach a
 * detector.
 */
export function copiedHead(training: TrainingEvidence): Head {
  const { weights, bias } = training.head as Head;
  return {
    weights: { values: weights.values.slice(), shape: [weights.shape[0], weights.shape[1]] },
    bias: Float32Array.from(bias),
  };
}

/** Checks that activations have as many units as the head takes. */
export function checkUnits(units: number, head: Head): void {
  if (units === head.weights.shape[0]) return;
  throw new RangeError(
    `Cannot use activations of ${units} units: the detector was fitted on ${head.weights.shape[0]}`,
  );
}
