import type { MatrixLike } from "@mixtape/tensor-utils";
import { fitOutliers } from "./fit_outliers.ts";
import type { OutlierModel } from "./outlier_model.ts";

/** Options of {@link outlierDetector}. */
export interface OutlierOptions {
  /**
   * Numbers of components of the mixtures; 1, 2, 3 and 5 by default. One component needs at least
   * 10 rows; numbers that need more than there are are left out.
   */
  readonly components?: readonly number[];
  /**
   * Numbers that are added to the variances of the scaled columns, which are 1; 0.001, 0.01, 0.03,
   * 0.1 and 0.3 by default. The large ones hold where there are few rows per column.
   */
  readonly regularizations?: readonly number[];
  /** Number of folds, at least 2; 5 by default, or the number of rows if that is smaller. */
  readonly folds?: number;
  /** Largest number of rows to fit, drawn with the seed; 5,000 by default, which fit in seconds. */
  readonly maxRows?: number;
  /** Seed of everything random; 0 by default. */
  readonly seed?: number;
  /** Signal that aborts the fit. */
  readonly signal?: AbortSignal;
}

/**
 * Fits the density of the rows of a table, for scores, p-values and reasons of outliers.
 *
 * Columns are scaled to mean 0 and variance 1. Gaussian mixtures with several numbers of components
 * and regularizations are fitted without each fold, and added up with the weights that make the
 * held-out folds most likely (stacking): no labels and no outliers are needed. Above some 100
 * columns, give principal components instead.
 *
 * @example A point off the line
 * ```ts
 * import { outlierDetector } from "@mixtape/ood";
 * import { random } from "@mixtape/tensor-utils";
 * import assert from "node:assert/strict";
 *
 * const source = random(0);
 * const line = Array.from({ length: 60 }, (_, i) => [i, i + source.normal()]);
 * const model = await outlierDetector(line, { components: [1] });
 * const [on, off] = await model.pValues([[30, 30], [20, 40]]);
 * assert.ok(on > 0.1 && off < 0.02);
 * ```
 *
 * @param x Rows, shape [n, d], finite, mostly ordinary, n ≥ 3.
 * @param options Choices of the density, and the seed.
 * @returns The fitted model.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If there are fewer than 3 rows, or an option is out of its range.
 */
export async function outlierDetector(
  x: MatrixLike,
  options?: OutlierOptions,
): Promise<OutlierModel> {
  return (await fitOutliers(x, options, "outlierDetector")).model;
}
