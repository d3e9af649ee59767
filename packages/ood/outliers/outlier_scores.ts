import { gatherRows, type MatrixLike, unchanging } from "@mixtape/tensor-utils";
import { fitOutliers } from "./fit_outliers.ts";
import type { OutlierOptions } from "./outlier_detector.ts";
import type { OutlierModel } from "./outlier_model.ts";

/** Rows scored by densities that were fitted without them, from {@link outlierScores}. */
export interface OutlierScores {
  /** The density of the rows, for others. */
  readonly model: OutlierModel;
  /**
   * Log-density of each row, in nats, under mixtures fitted without it: the lower, the odder. Of a density in the units
   * of the columns.
   */
  readonly logDensity: Float64Array;
  /** The rows to which the density was fitted, ascending. */
  readonly fitted: Uint32Array;
  /** Fold of each fitted row, in the order of `fitted`, for `model.contributions` without it. */
  readonly folds: Int32Array;
}

/**
 * Scores the rows of a table by a density that none of them has a part in: fits the density as `outlierDetector` does,
 * and scores each fitted row by the mixture of the folds that it is not in, each other row by the mean over the folds.
 *
 * A row that is fitted draws the density to itself, the more so the fewer rows there are, and looks less odd than it is.
 *
 * @example The row that does not belong
 * ```ts
 * import { outlierScores } from "@mixtape/ood";
 * import { random } from "@mixtape/tensor-utils";
 * import assert from "node:assert/strict";
 *
 * const source = random(0);
 * const line = Array.from({ length: 60 }, (_, i) => [i, i + source.normal()]);
 * const { logDensity } = await outlierScores([...line, [20, 40]], { components: [1] });
 * assert.equal(logDensity.indexOf(Math.min(...logDensity)), 60);
 * ```
 *
 * @param x Rows, shape [n, d], finite, mostly ordinary, n ≥ 3.
 * @param options Choices of the density, and the seed.
 * @returns The density, and the log-density of each row.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If there are fewer than 3 rows, or an option is out of its range.
 */
export async function outlierScores(
  x: MatrixLike,
  options?: OutlierOptions,
): Promise<OutlierScores> {
  const { data, drawn, model, heldOut, folds } = await fitOutliers(x, options, "outlierScores");
  const n = data.shape[0];
  if (drawn === undefined) {
    return { model, logDensity: heldOut, fitted: Uint32Array.from(heldOut.keys()), folds };
  }
  const logDensity = new Float64Array(n);
  const isFitted = new Uint8Array(n);
  drawn.forEach((row, i) => {
    logDensity[row] = heldOut[i];
    isFitted[row] = 1;
  });
  const others = new Uint32Array(n - drawn.length);
  for (let row = 0, i = 0; row < n; row++) if (!isFitted[row]) others[i++] = row;
  const signal = options?.signal;
  const unseen = unchanging(await gatherRows(data, others, signal));
  const scores = await model.heldOutScore(unseen, { signal });
  for (let i = 0; i < others.length; i++) logDensity[others[i]] = scores[i];
  return { model, logDensity, fitted: drawn, folds };
}
