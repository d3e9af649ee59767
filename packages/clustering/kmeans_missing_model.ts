import {
  ensureBackend,
  type JsonNumber,
  jsonNumber,
  type MatrixLike,
  nearest,
} from "@mixtape/tensor-utils";
import { type KMeansFit, type KMeansJSON, KMeansModel } from "./kmeans_model.ts";
import { fillMissing, missingEntries } from "./missing_entries.ts";
import { nearestObserved } from "./observed_distance.ts";

/** The ways of clustering data with missing entries. */
export type MissingMethod = "gaussian-prior" | "complete-rows" | "mean-imputation" | "k-pod";

/** A k-means fitted to data with missing entries as plain JSON; {@link kMeansFromJSON} reads it. */
export interface KMeansMissingJSON extends KMeansJSON {
  /** What this is. */
  readonly format: "mixtape-kmeans-missing";
  /** As in {@link KMeansMissingFit}. */
  readonly method: MissingMethod;
  /** As in {@link KMeansMissingFit}. */
  readonly objective: number;
  /** As in {@link KMeansMissingFit}. */
  readonly objectiveHistory: readonly number[];
  /** As in {@link KMeansMissingFit}. */
  readonly missingCount: number;
  /** As in {@link KMeansMissingFit}. */
  readonly fittedRows: number;
  /** As in {@link KMeansMissingFit}; left out where a method has none. */
  readonly priorMean?: readonly JsonNumber[];
}

/** What a fit of data with missing entries found. */
export interface KMeansMissingFit extends KMeansFit {
  /** How missing entries were dealt with. */
  readonly method: MissingMethod;
  /** What the method minimises, at the end: see {@link MissingMethod} in the README. */
  readonly objective: number;
  /** The objective of each iteration. */
  readonly objectiveHistory: Float64Array;
  /** How many entries are missing. */
  readonly missingCount: number;
  /** How many rows the centroids were fitted to: all but for `"complete-rows"`. */
  readonly fittedRows: number;
  /** What each column's missing entries were filled with, where a method fills them once. */
  readonly priorMean?: Float64Array;
}

/** A k-means fitted to data with missing entries; it predicts for rows with missing entries too. */
export class KMeansMissingModel extends KMeansModel implements KMeansMissingFit {
  /** How missing entries were dealt with. */
  readonly method: MissingMethod;
  /** What the method minimises, at the end. */
  readonly objective: number;
  /** The objective of each iteration. */
  readonly objectiveHistory: Float64Array;
  /** How many entries are missing. */
  readonly missingCount: number;
  /** How many rows the centroids were fitted to: all but for `"complete-rows"`. */
  readonly fittedRows: number;
  /** What each column's missing entries were filled with, where a method fills them once. */
  readonly priorMean?: Float64Array;

  /**
   * Wraps what a fit found; {@link kMeansMissing} calls it.
   *
   * @param fit What was found; kept, not copied.
   */
  constructor(fit: KMeansMissingFit) {
    super(fit);
    this.method = fit.method;
    this.objective = fit.objective;
    this.objectiveHistory = fit.objectiveHistory;
    this.missingCount = fit.missingCount;
    this.fittedRows = fit.fittedRows;
    this.priorMean = fit.priorMean;
    Object.freeze(this);
  }

  /**
   * The cluster of each row of new data: the nearest centroid after filling missing entries as the
   * fit did; in the observed entries alone for `"complete-rows"` and `"k-pod"`.
   *
   * @param x Shape [m, d]; NaN stands for a missing entry.
   * @param mask Not 0 where an entry is missing, m × d.
   * @returns A number from 0 to k − 1 a row.
   * @throws {RangeError} If shapes do not fit.
   */
  override async predict(
    x: MatrixLike,
    mask?: ArrayLike<number | boolean>,
  ): Promise<Int32Array> {
    const [k, d] = this.centroids.shape;
    const entries = await missingEntries(x, mask, d);
    if (this.priorMean === undefined) return nearestObserved(entries, this.centroids.values);
    await ensureBackend();
    return (await nearest(fillMissing(entries, this.priorMean), this.centroids.values, k)).labels;
  }

  /** The model as plain JSON, for `JSON.stringify`. */
  override toJSON(): KMeansMissingJSON {
    return {
      ...super.toJSON(),
      format: "mixtape-kmeans-missing",
      method: this.method,
      objective: this.objective,
      objectiveHistory: [...this.objectiveHistory],
      missingCount: this.missingCount,
      fittedRows: this.fittedRows,
      priorMean: this.priorMean && Array.from(this.priorMean, jsonNumber),
    };
  }
}
