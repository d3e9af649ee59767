import {
  drawApart,
  gatherRows,
  type HostMatrix,
  inPieces,
  pieceSize,
  random,
} from "@mixtape/tensor-utils";
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
export async function heldOutRows(
  training: TrainingEvidence,
  { heldOut, seed, note, signal }: FitContext,
): Promise<HeldOutRows> {
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
  const { drawn, others } = await drawApart(random(seed), n, count, signal);
  return {
    fitted: await rowsOf(training, others, signal),
    heldOut: await rowsOf(training, drawn, signal),
  };
}

async function rowsOf(
  evidence: TrainingEvidence,
  rows: Uint32Array,
  signal?: AbortSignal,
): Promise<TrainingEvidence> {
  const take = (x: HostMatrix) => gatherRows(x, rows, signal);
  const activations: HostMatrix[] = [];
  for (const x of evidence.activations) activations.push(await take(x));
  const labels = new Int32Array(rows.length);
  await inPieces(rows.length, pieceSize(), (start, end) => {
    for (let i = start; i < end; i++) labels[i] = evidence.labels[rows[i]];
  }, signal);
  return {
    ...evidence,
    logits: await take(evidence.logits),
    activations,
    inputs: evidence.inputs && await take(evidence.inputs),
    labels,
  };
}
