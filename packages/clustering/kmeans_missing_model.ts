import {
  type Abortable,
  ensureBackend,
  givenOptions,
  type JSONNumber,
  jsonNumber,
  type MatrixLike,
  nearest,
  releasing,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { type KMeansFit, type KMeansJSON, KMeansModel } from "./kmeans_model.ts";
import { fillMissing, missingEntries } from "./missing_entries.ts";
import { nearestObserved } from "./observed_distance.ts";

/** Methods of clustering data with missing entries; {@link kMeansMissing} describes them. */
export type MissingMethod = "gaussian-prior" | "complete-rows" | "mean-imputation" | "k-pod";

/** Plain JSON of a k-means fitted to data with missing entries; {@link kMeansFromJSON} reads it. */
export interface KMeansMissingJSON extends KMeansJSON {
  /** Name of the format. */
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
  /** As in {@link KMeansMissingFit}; left out for methods that have none. */
  readonly priorMean?: readonly JSONNumber[];
}

/** Options of {@link KMeansMissingModel.predict}. */
export interface MissingPredictOptions extends Abortable {
  /** Mask of m × d entries, not 0 where an entry of `x` is missing; none by default. */
  readonly mask?: ArrayLike<number | boolean>;
}

/** Result of a fit of k-means to data with missing entries. */
export interface KMeansMissingFit extends KMeansFit {
  /** Method that was used for missing entries. */
  readonly method: MissingMethod;
  /**
   * Objective of the method at the end, in the units of the data squared; {@link kMeansMissing}
   * defines it for each method.
   */
  readonly objective: number;
  /** Objective at the centroids that each iteration began with. */
  readonly objectiveHistory: Float64Array;
  /** Number of missing entries. */
  readonly missingCount: number;
  /** Number of rows that the centroids were fitted to: all rows, except for `"complete-rows"`. */
  readonly fittedRows: number;
  /**
   * Number that each column's missing entries were filled with, d numbers; only for methods that
   * fill them once, `"gaussian-prior"` and `"mean-imputation"`.
   */
  readonly priorMean?: Float64Array;
}

/**
 * A k-means fitted to data with missing entries; it also predicts for rows with missing entries.
 */
export class KMeansMissingModel extends KMeansModel implements KMeansMissingFit {
  /** Method that was used for missing entries. */
  readonly method: MissingMethod;
  /**
   * Objective of the method at the end, in the units of the data squared; {@link kMeansMissing}
   * defines it for each method.
   */
  readonly objective: number;
  /** Objective at the centroids that each iteration began with. */
  readonly objectiveHistory: Float64Array;
  /** Number of missing entries. */
  readonly missingCount: number;
  /** Number of rows that the centroids were fitted to: all rows, except for `"complete-rows"`. */
  readonly fittedRows: number;
  /**
   * Number that each column's missing entries were filled with, d numbers; only for methods that
   * fill them once, `"gaussian-prior"` and `"mean-imputation"`.
   */
  readonly priorMean?: Float64Array;

  /**
   * Wraps the result of a fit; {@link kMeansMissing} and {@link kMeansFromJSON} call it.
   *
   * @param fit The result; kept, not copied.
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
   * Assigns each row of new data to a cluster: to the nearest centroid after filling missing
   * entries as the fit did, or in the observed entries alone for `"complete-rows"` and `"k-pod"`.
   *
   * @param x Data, shape [m, d]; NaN stands for a missing entry.
   * @param options Mask of missing entries, and a signal that aborts the work.
   * @returns One label per row, from 0 to k − 1.
   * @throws {TypeError} If the model was disposed of.
   * @throws {RangeError} If shapes do not match.
   */
  override async predict(
    x: MatrixLike,
    options?: MissingPredictOptions,
  ): Promise<Int32Array> {
    this.checkUsable();
    const { mask, signal } = givenOptions(options, { mask: true, signal: true }, "predict");
    throwIfAborted(signal);
    const [k, d] = this.centroids.shape;
    return await releasing(missingEntries(x, mask, d, signal), async (opening) => {
      const entries = await opening;
      const { values } = this.centroids;
      if (this.priorMean === undefined) return await nearestObserved(entries, values, signal);
      await ensureBackend();
      const filled = await fillMissing(entries, this.priorMean, signal);
      return (await nearest(filled, values, k, signal)).labels;
    });
  }

  /** Returns the model as plain JSON, for `JSON.stringify`. */
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
