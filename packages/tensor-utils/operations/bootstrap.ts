import type { BootstrapMeasures } from "@mixtape/operations";
import { startingState } from "../random_state.ts";
import { bootstrapReference } from "./bootstrap_reference.ts";
import { backendKernel } from "./kernel.ts";

/** Rows of two kinds, ranked by their scores, and the resamples to draw. */
export interface RankedRows {
  /** Number of in-distribution rows with at least each distinct score, descending; the last is that of all. */
  readonly idAccepted: Uint32Array;
  /** Number of OOD rows, likewise. */
  readonly oodAccepted: Uint32Array;
  /** Number of resamples. */
  readonly resamples: number;
  /** Seed of the draws. Resample r draws in-distribution rows by `random(seed).split(2 * r)`, OOD rows by the next. */
  readonly seed: number;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Draws rows of both kinds with replacement, each from their own, and measures how well each resample is separated:
 * the named operation `MixtapeBootstrap`. It runs the kernel of the current backend, or plain loops.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bootstrapMeasures, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * // Scores 3 and 2 of in-distribution rows, 2 and 1 of OOD rows.
 * const ranked = { idAccepted: Uint32Array.of(1, 2, 2), oodAccepted: Uint32Array.of(0, 1, 2) };
 * const measures = await bootstrapMeasures({ ...ranked, resamples: 5, seed: 0 });
 * assert.ok(measures.slice(0, 5).every((auroc) => auroc >= 0.5 && auroc <= 1));
 * ```
 *
 * @param ranked Ranked rows, at least one of each kind, which must not be written to until the promise is settled.
 * @returns 6 × resamples numbers: AUROC, AUPR-in, AUPR-out, FPR at 95% TPR with either kind as the positive one, and
 * the lowest error.
 */
export async function bootstrapMeasures(
  { resamples, seed, ...ranked }: RankedRows,
): Promise<BootstrapMeasures> {
  const streams = new Int32Array(8 * resamples);
  for (let stream = 0; stream < 2 * resamples; stream++) {
    streams.set(startingState([seed, stream]), 4 * stream);
  }
  return await (backendKernel("MixtapeBootstrap") ?? bootstrapReference)({ ...ranked, streams });
}
