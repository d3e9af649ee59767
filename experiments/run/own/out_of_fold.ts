import { type OutOfFold, outOfFoldProbabilities } from "@mixtape/audit";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { OwnTable } from "./own_table.ts";

/** Seed and signal of a run. */
export interface RunScope {
  /** The seed of all randomness. */
  readonly seed: number;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
}

/** Number of parts into which rows are divided. */
const FOLDS = 5;

const computed = new WeakMap<OwnTable, Promise<OutOfFold<number>>>();

/**
 * Computes the probability of each class for each row of a table by a network that has not seen the row: once per
 * table, for all experiments of a run.
 *
 * @param table The data, with labels.
 * @param scope Seed and signal.
 * @returns The probabilities; `classes` are indices into `classNames`.
 */
export function outOfFold(table: OwnTable, { seed, signal }: RunScope): Promise<OutOfFold<number>> {
  const known = computed.get(table);
  if (known) return known;
  const folds = Math.min(FOLDS, table.prepared.shape[0]);
  const computing = outOfFoldProbabilities(table.prepared, table.labels!, { folds, seed, signal });
  computed.set(table, computing);
  return computing;
}

/** Returns the most probable class of each row, the first of equal ones. */
export function mostProbable({ values, shape: [n, k] }: HostMatrix): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (values[row * k + c] > values[row * k + best]) best = c;
    return best;
  });
}
