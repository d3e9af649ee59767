import { checkInteger, givenOptions, pacer, random } from "@mixtape/tensor-utils";
import type { Scores } from "../measures/scores.ts";
import { type Separation, separationOf } from "../measures/separation.ts";
import { type SeparationCurve, separationCurve } from "../measures/separation_curve.ts";
import { checkLevel } from "./auroc_interval.ts";

/** Options of {@link bootstrapSeparation}. */
export interface BootstrapOptions {
  /** Coverage of the intervals, between 0 and 1; 0.95 by default. */
  readonly level?: number;
  /** Number of resamples, at least 2; 1000 by default. */
  readonly resamples?: number;
  /** Seed of the draws, 0 by default. */
  readonly seed?: number;
  /** Aborts the work between two resamples; the promise is then rejected with its reason. */
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

/**
 * Returns an interval for every measure of separation by the stratified bootstrap: in-distribution
 * and OOD rows are drawn with replacement, each from their own set. Percentile intervals need no
 * logit scale: they are the same on any scale.
 *
 * Scores are sorted once; a resample then costs O(n).
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
  const source = random(given.seed ?? 0);
  const curve = separationCurve(idScores, oodScores);
  const positions = { id: rowPositions(curve.idAccepted), ood: rowPositions(curve.oodAccepted) };
  const pace = pacer(given.signal);
  const drawn: Separation[] = [];
  while (drawn.length < resamples) {
    await pace();
    drawn.push(separationOf(resample(curve, positions, () => source.next())));
  }
  const interval = (name: keyof Separation) => percentiles(drawn.map((s) => s[name]), level);
  return {
    auroc: interval("auroc"),
    auprIn: interval("auprIn"),
    auprOut: interval("auprOut"),
    fprAtIdTpr95: interval("fprAtIdTpr95"),
    fprAtOodTpr95: interval("fprAtOodTpr95"),
    detectionError: interval("detectionError"),
  };
}

interface Positions {
  readonly id: Uint32Array;
  readonly ood: Uint32Array;
}

/** Returns, for each row from the highest score down, the position of its threshold. */
function rowPositions(accepted: Uint32Array): Uint32Array {
  const positions = new Uint32Array(accepted[accepted.length - 1]);
  let row = 0;
  accepted.forEach((count, t) => {
    while (row < count) positions[row++] = t;
  });
  return positions;
}

function resample(curve: SeparationCurve, rows: Positions, next: () => number): SeparationCurve {
  const draw = (positions: Uint32Array) => {
    const accepted = new Uint32Array(curve.thresholds.length);
    for (let i = 0; i < positions.length; i++) {
      accepted[positions[Math.floor(next() * positions.length)]]++;
    }
    for (let t = 1; t < accepted.length; t++) accepted[t] += accepted[t - 1];
    return accepted;
  };
  return { ...curve, idAccepted: draw(rows.id), oodAccepted: draw(rows.ood) };
}

function percentiles(values: number[], level: number): BootstrapInterval {
  const sorted = Float64Array.from(values).sort();
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
