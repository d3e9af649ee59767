import { outOfFoldProbabilities } from "@mixtape/audit";
import { softmax, temperatureScaling } from "@mixtape/classifier";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { OwnTable } from "./own_table.ts";

/** Seed and signal of a run. */
export interface RunScope {
  /** The seed of all randomness. */
  readonly seed: number;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
}

/** Judgement of rows by networks that have not seen them. */
export interface JudgedTable {
  /** Probability of each class for each row after temperature scaling, shape [n, classes]. */
  readonly probabilities: HostMatrix;
  /** Number by which logits are divided, fitted to all labels. */
  readonly temperature: number;
  /** Mean of −log of the probability of the label, in nats. */
  readonly crossEntropy: number;
}

/** Number of parts into which rows are divided. */
const FOLDS = 5;

/** Smallest positive float32: a probability below it was rounded to 0. */
const LEAST_PROBABILITY = 2 ** -149;

const judged = new WeakMap<OwnTable, Promise<JudgedTable>>();

/**
 * Computes the probability of each class for each row of a table by a network that has not seen the row, and calibrates
 * them: once per table, for all experiments of a run.
 *
 * @param table The data, with labels.
 * @param scope Seed and signal.
 * @returns The probabilities, whose columns are in the order of `classNames`.
 */
export function judgeOutOfFold(table: OwnTable, scope: RunScope): Promise<JudgedTable> {
  const known = judged.get(table);
  if (known) return known;
  const judging = judge(table, scope);
  judged.set(table, judging);
  return judging;
}

async function judge(
  { prepared, labels }: OwnTable,
  { seed, signal }: RunScope,
): Promise<JudgedTable> {
  const folds = Math.min(FOLDS, prepared.shape[0]);
  const { probabilities } = await outOfFoldProbabilities(prepared, labels!, {
    folds,
    seed,
    signal,
  });
  const logits = {
    values: Float64Array.from(
      probabilities.values,
      (one) => Math.log(Math.max(one, LEAST_PROBABILITY)),
    ),
    shape: probabilities.shape,
  };
  const { temperature, crossEntropyAfter } = await temperatureScaling(logits, labels!);
  return {
    probabilities: await softmax(logits, { temperature }),
    temperature,
    crossEntropy: crossEntropyAfter,
  };
}

/** Returns the most probable class of each row, the first of equal ones. */
export function mostProbable({ values, shape: [n, k] }: HostMatrix): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => {
    let best = 0;
    for (let c = 1; c < k; c++) if (values[row * k + c] > values[row * k + best]) best = c;
    return best;
  });
}
