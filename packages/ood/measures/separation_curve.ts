import { pacedSort } from "@mixtape/tensor-utils/host";
import { checkedScores, type Scores, sortedScores } from "./scores.ts";

/**
 * Numbers of rows accepted at every distinct threshold, from the highest down. "Accepted" means
 * called in-distribution: score ≥ threshold. Every measure of separation is derived from this one
 * table, so that all treat ties alike.
 */
export interface SeparationCurve {
  /** The distinct scores, descending. */
  readonly thresholds: Float64Array;
  /** Number of in-distribution rows with score ≥ threshold, at each threshold. */
  readonly idAccepted: Uint32Array;
  /** Number of out-of-distribution rows with score ≥ threshold, at each threshold. */
  readonly oodAccepted: Uint32Array;
  /** Number of in-distribution rows. */
  readonly idCount: number;
  /** Number of out-of-distribution rows. */
  readonly oodCount: number;
}

/** A curve without its thresholds, which no measure of separation needs. */
export type AcceptedRows = Omit<SeparationCurve, "thresholds">;

/** Sorts both sets of scores and merges them. */
export function separationCurve(idScores: Scores, oodScores: Scores): SeparationCurve {
  return curveOf(
    sortedScores(idScores, "in-distribution scores"),
    sortedScores(oodScores, "OOD scores"),
  );
}

/**
 * Does what {@link separationCurve} does, and lets the event loop turn while it sorts. Scores are copied and
 * checked before it returns its promise.
 */
export async function pacedSeparationCurve(
  idScores: Scores,
  oodScores: Scores,
  signal?: AbortSignal,
): Promise<SeparationCurve> {
  const id = checkedScores(idScores, "in-distribution scores");
  const ood = checkedScores(oodScores, "OOD scores");
  await pacedSort(id, signal);
  await pacedSort(ood, signal);
  return curveOf(id, ood);
}

/** Merges two sorted sets of scores. */
function curveOf(id: Float64Array, ood: Float64Array): SeparationCurve {
  const most = id.length + ood.length;
  const thresholds = new Float64Array(most);
  const idAccepted = new Uint32Array(most);
  const oodAccepted = new Uint32Array(most);
  let i = id.length - 1;
  let o = ood.length - 1;
  let distinct = 0;
  while (i >= 0 || o >= 0) {
    const threshold = Math.max(i >= 0 ? id[i] : -Infinity, o >= 0 ? ood[o] : -Infinity);
    while (i >= 0 && id[i] === threshold) i--;
    while (o >= 0 && ood[o] === threshold) o--;
    thresholds[distinct] = threshold;
    idAccepted[distinct] = id.length - 1 - i;
    oodAccepted[distinct] = ood.length - 1 - o;
    distinct++;
  }
  return {
    thresholds: thresholds.subarray(0, distinct),
    idAccepted: idAccepted.subarray(0, distinct),
    oodAccepted: oodAccepted.subarray(0, distinct),
    idCount: id.length,
    oodCount: ood.length,
  };
}
