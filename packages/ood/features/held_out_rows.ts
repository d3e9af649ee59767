import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import type { FitContext } from "../detector_recipe.ts";
import type { Evidence, TrainingEvidence } from "../evidence.ts";

/** Rows to fit on, and other rows to standardise scores on. */
export interface HeldOutRows {
  /** Rows to fit on. */
  readonly fitted: TrainingEvidence;
  /** In-distribution rows that are not among the fitted ones. */
  readonly heldOut: Evidence;
}

const SHARE = 0.1;

/**
 * Returns the held-out rows that the caller gave; without them, sets aside a random tenth of the
 * training rows and adds a note.
 */
export function heldOutRows(
  training: TrainingEvidence,
  { heldOut, seed, note }: FitContext,
): HeldOutRows {
  if (heldOut !== undefined) return { fitted: training, heldOut };
  const n = training.logits.shape[0];
  const count = Math.ceil(n * SHARE);
  if (n < 2) {
    throw new RangeError(
      `Cannot set rows aside: the training data have ${n} ${n === 1 ? "row" : "rows"}, ` +
        `at least 2 or the option heldOut are needed`,
    );
  }
  note(
    `no held-out rows were given: ${count} of ${n} training rows, which the classifier has seen, ` +
      `standardise the scores`,
  );
  const order = random(seed).permutation(n);
  return {
    fitted: rowsOf(training, order.slice(count).sort()),
    heldOut: rowsOf(training, order.slice(0, count).sort()),
  };
}

function rowsOf(evidence: TrainingEvidence, rows: Uint32Array): TrainingEvidence {
  const take = (x: HostMatrix) => takeRows(x, rows);
  return {
    ...evidence,
    logits: take(evidence.logits),
    activations: evidence.activations.map(take),
    inputs: evidence.inputs && take(evidence.inputs),
    labels: Int32Array.from(rows, (row) => evidence.labels[row]),
  };
}
