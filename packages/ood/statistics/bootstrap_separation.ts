import {
  bootstrapMeasures,
  checkInteger,
  ensureBackend,
  givenOptions,
} from "@mixtape/tensor-utils";
import type { Scores } from "../measures/scores.ts";
import type { Separation } from "../measures/separation.ts";
import { pacedSeparationCurve } from "../measures/separation_curve.ts";
import { checkLevel } from "./auroc_interval.ts";

/** Options of {@link bootstrapSeparation}. */
export interface BootstrapOptions {
  /** Coverage of the intervals, between 0 and 1; 0.95 by default. */
  readonly level?: number;
  /** Number of resamples, at least 2; 1000 by default. */
  readonly resamples?: number;
  /** Seed of the draws, 0 by default: a seed gives the same on every backend and any number of threads. */
  readonly seed?: number;
  /** Aborts the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** A percentile interval. */
export interface BootstrapInterval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** Standard deviation over the resamples. */
  readonly standardError: number;
}

/** Number of draws that take longer than loading a backend. */
const WORTH_BACKEND = 2 ** 23;

/** Order of the measures of a resample. */
const order: readonly (keyof Separation)[] = [
  "auroc",
  "auprIn",
  "auprOut",
  "fprAtIdTpr95",
  "fprAtOodTpr95",
  "detectionError",
];

/**
 * Returns an interval for every measure of separation by the stratified bootstrap: in-distribution
 * and OOD rows are drawn with replacement, each from their own set. Percentile intervals need no
 * logit scale: they are the same on any scale.
 *
 * Scores are sorted once; a resample then costs O(n). Threads of the backend in use share the resamples.
 *
 * @example
 * ```ts
 * import { bootstrapSeparation } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { auroc } = await bootstrapSeparation([5, 4, 3, 6, 2, 7], [1, 2, 3, 0], { resamples: 200 });
 * assert.ok(0.6 < auroc.low && auroc.low < auroc.high && auroc.high <= 1);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @param options Coverage, number of resamples, seed and signal.
 * @throws {RangeError} If either set is empty, a score is not finite, or an option is out of range.
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap
 */
export async function bootstrapSeparation(
  idScores: Scores,
  oodScores: Scores,
  options?: BootstrapOptions,
): Promise<Record<keyof Separation, BootstrapInterval>> {
  const names = { level: true, resamples: true, seed: true, signal: true } as const;
  const given = givenOptions(options, names, "bootstrapSeparation");
  const level = checkLevel(given.level);
  const resamples = checkInteger(given.resamples ?? 1000, "resamples", { min: 2 });
  const seed = checkInteger(given.seed ?? 0, "seed");
  const { signal } = given;
  const { idAccepted, oodAccepted, idCount, oodCount } = await pacedSeparationCurve(
    idScores,
    oodScores,
    signal,
  );
  if (resamples * (idCount + oodCount) >= WORTH_BACKEND) await ensureBackend();
  const measures = await bootstrapMeasures({ idAccepted, oodAccepted, resamples, seed, signal });
  const interval = (name: keyof Separation) => {
    const start = resamples * order.indexOf(name);
    return percentiles(measures.subarray(start, start + resamples), level);
  };
  return {
    auroc: interval("auroc"),
    auprIn: interval("auprIn"),
    auprOut: interval("auprOut"),
    fprAtIdTpr95: interval("fprAtIdTpr95"),
    fprAtOodTpr95: interval("fprAtOodTpr95"),
    detectionError: interval("detectionError"),
  };
}

function percentiles(values: Float64Array, level: number): BootstrapInterval {
  const sorted = values.sort();
  const last = sorted.length - 1;
  const at = (share: number) => {
    const below = Math.floor(share * last);
    const part = share * last - below;
    return sorted[below] + part * (sorted[Math.min(last, below + 1)] - sorted[below]);
  };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    low: at((1 - level) / 2),
    high: at((1 + level) / 2),
    standardError: Math.sqrt(squares / last),
  };
}
