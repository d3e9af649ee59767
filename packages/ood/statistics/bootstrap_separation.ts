import { checkInteger, givenOptions, pacer, type Random, random } from "@mixtape/tensor-utils";
import type { Scores } from "../measures/scores.ts";
import { type Separation, separationOf } from "../measures/separation.ts";
import {
  type AcceptedRows,
  type SeparationCurve,
  separationCurve,
} from "../measures/separation_curve.ts";
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
  const resample = resampler(curve, source);
  const pace = pacer(given.signal);
  const drawn: Separation[] = [];
  while (drawn.length < resamples) {
    await pace();
    drawn.push(separationOf(resample()));
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

/** Returns a function that draws rows of both kinds with replacement; each draw overwrites the one before. */
function resampler(curve: SeparationCurve, source: Random): () => AcceptedRows {
  const { idCount, oodCount } = curve;
  const idDrawn = new Uint32Array(idCount + 1);
  const oodDrawn = new Uint32Array(oodCount + 1);
  const idAccepted = new Uint32Array(curve.thresholds.length);
  const oodAccepted = new Uint32Array(curve.thresholds.length);
  return () => {
    draw(idDrawn, source);
    draw(oodDrawn, source);
    let distinct = 0;
    let before = 0;
    for (let t = 0; t < idAccepted.length; t++) {
      const id = idDrawn[curve.idAccepted[t]];
      const ood = oodDrawn[curve.oodAccepted[t]];
      // A threshold none of whose rows was drawn is overwritten by the next.
      idAccepted[distinct] = id;
      oodAccepted[distinct] = ood;
      distinct += Number(id + ood !== before);
      before = id + ood;
    }
    return {
      idAccepted: idAccepted.subarray(0, distinct),
      oodAccepted: oodAccepted.subarray(0, distinct),
      idCount,
      oodCount,
    };
  };
}

/** Draws as many rows as there are; number i then tells how many of the first i rows' places came up. */
function draw(upTo: Uint32Array, source: Random): void {
  const rows = upTo.length - 1;
  upTo.fill(0);
  for (let i = 0; i < rows; i++) upTo[1 + Math.floor(source.next() * rows)]++;
  for (let i = 1; i <= rows; i++) upTo[i] += upTo[i - 1];
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
