import {
  type Abortable,
  counted,
  FittedModel,
  givenSignal,
  type HostMatrix,
  isRowSource,
  type JSONNumber,
  jsonNumber,
  type JupyterBundle,
  jupyterCentres,
  jupyterDisplay,
  type Label,
  type LabelsJSON,
  labelsToJSON,
  type MatrixLike,
  nearestLabels,
  pointDistances,
  rowBlocks,
  type RowsLike,
} from "@mixtape/tensor-utils";
import { openData } from "./open_data.ts";

/** Centroids in float64, row by row: usable wherever a matrix is. */
export interface Centroids extends HostMatrix {
  /** k × d numbers. */
  readonly values: Float64Array;
}

/** Result of a fit by k-means. */
export interface KMeansFit {
  /** One centroid per row, shape [k, d]. */
  readonly centroids: Centroids;
  /** The cluster of each row of the data, from 0 to k − 1. */
  readonly labels: Int32Array;
  /**
   * Weighted sum of squared distances of rows to their own centroids, in the units of the data
   * squared.
   */
  readonly inertia: number;
  /**
   * Inertia at the centroids that each iteration began with: the first entry is that of the start.
   */
  readonly inertiaHistory: Float64Array;
  /** Number of iterations, including the last one, which found nothing changed. */
  readonly iterations: number;
  /** True if the fit ended by itself, rather than at `maxIterations`. */
  readonly converged: boolean;
  /**
   * The class whose mean each centroid started from, ascending, after a start from class means:
   * cluster j began as class `classes[j]`.
   */
  readonly classes?: readonly Label[];
}

/** Plain JSON of a fitted k-means; {@link kMeansFromJSON} reads it. */
export interface KMeansJSON {
  /** Name of the format; a {@link KMeansMissingJSON} has further entries. */
  readonly format: "mixtape-kmeans" | "mixtape-kmeans-missing";
  /** Version of the format. */
  readonly version: 1;
  /** The centroids, one array of d numbers each. */
  readonly centroids: readonly (readonly JSONNumber[])[];
  /** As in {@link KMeansFit}. */
  readonly labels: readonly number[];
  /** As in {@link KMeansFit}. */
  readonly inertia: number;
  /** As in {@link KMeansFit}. */
  readonly inertiaHistory: readonly number[];
  /** As in {@link KMeansFit}. */
  readonly iterations: number;
  /** As in {@link KMeansFit}. */
  readonly converged: boolean;
  /** As in {@link KMeansFit}; left out where there are none. */
  readonly classes?: LabelsJSON;
}

/** A fitted k-means: its numbers are on the host, so it works on whatever backend is in use; immutable. */
export class KMeansModel extends FittedModel implements KMeansFit {
  /** One centroid per row, shape [k, d]. */
  readonly centroids: Centroids;
  /** The cluster of each row of the data, from 0 to k − 1. */
  readonly labels: Int32Array;
  /**
   * Weighted sum of squared distances of rows to their own centroids, in the units of the data
   * squared.
   */
  readonly inertia: number;
  /**
   * Inertia at the centroids that each iteration began with: the first entry is that of the start.
   */
  readonly inertiaHistory: Float64Array;
  /** Number of iterations, including the last one, which found nothing changed. */
  readonly iterations: number;
  /** True if the fit ended by itself, rather than at `maxIterations`. */
  readonly converged: boolean;
  /**
   * The class whose mean each centroid started from, ascending, after a start from class means:
   * cluster j began as class `classes[j]`.
   */
  readonly classes?: readonly Label[];

  /**
   * Wraps the result of a fit; {@link kMeans} and {@link kMeansFromJSON} call it.
   *
   * @param fit The result; kept, not copied.
   */
  constructor(fit: KMeansFit) {
    super("k-means model");
    this.centroids = fit.centroids;
    this.labels = fit.labels;
    this.inertia = fit.inertia;
    this.inertiaHistory = fit.inertiaHistory;
    this.iterations = fit.iterations;
    this.converged = fit.converged;
    if (fit.classes) this.classes = Object.freeze([...fit.classes]);
    if (new.target === KMeansModel) Object.freeze(this);
  }

  /**
   * Number of rows of the data in each cluster; 0 only if the data has fewer distinct rows than
   * clusters.
   */
  get clusterSizes(): Uint32Array {
    const sizes = new Uint32Array(this.centroids.shape[0]);
    for (const label of this.labels) sizes[label]++;
    return sizes;
  }

  /** Returns sizes and centroids as a table for a notebook: of many columns, those that differ most between clusters. */
  [jupyterDisplay](): JupyterBundle {
    const { centroids, clusterSizes, inertia, iterations, converged } = this;
    return jupyterCentres({
      caption: `k-means: ${counted(clusterSizes.length, "cluster")}, ` +
        `inertia ${inertia.toPrecision(6)}, ` +
        `${counted(iterations, "iteration")}${converged ? "" : ", not converged"}`,
      part: "cluster",
      size: "rows",
      sizes: clusterSizes,
      coordinate: "column",
      centres: centroids,
    });
  }

  /**
   * Assigns each row of new data to the cluster of its nearest centroid, the lowest one in case of
   * a tie.
   *
   * @param x Data, shape [m, d], finite, or a source of blocks of them, of which one is in memory.
   * @param options A signal that aborts the work.
   * @returns One label per row, from 0 to k − 1.
   * @throws {TypeError} If the model was disposed of.
   * @throws {RangeError} If `x` does not have as many columns as the data of the fit.
   */
  async predict(x: RowsLike, options?: Abortable): Promise<Int32Array> {
    this.checkUsable();
    const signal = givenSignal(options, "predict");
    if (!isRowSource(x)) return await nearestLabels(x, this.centroids, signal);
    const rows = await openData(x, { columns: this.centroids.shape[1] }, signal);
    const labels = new Int32Array(rows.shape[0]);
    for await (const block of rowBlocks(rows, signal)) {
      labels.set(await nearestLabels(block.x, this.centroids, signal), block.firstRow);
    }
    return labels;
  }

  /**
   * Computes the Euclidean distance of each row of new data to each centroid, in float64: off by at
   * most 10 (d + 8) units in the last place. Those of float32 data are then rounded to float32.
   *
   * @param x Data, shape [m, d], finite; of a source, a block at a time.
   * @param options A signal that aborts the work.
   * @returns Distances (not squared), shape [m, k]: float32 for float32 data, for float16 and whole
   * numbers that float32 holds, else float64.
   * @throws {TypeError} If the model was disposed of.
   * @throws {RangeError} If `x` does not have as many columns as the data of the fit, or a distance
   * exceeds its type.
   */
  async transform(x: MatrixLike, options?: Abortable): Promise<HostMatrix> {
    this.checkUsable();
    const signal = givenSignal(options, "transform");
    return await pointDistances(x, this.centroids, signal);
  }

  /** Returns the model as plain JSON, for `JSON.stringify`. */
  toJSON(): KMeansJSON {
    this.checkUsable();
    const [k, d] = this.centroids.shape;
    return {
      format: "mixtape-kmeans",
      version: 1,
      centroids: Array.from(
        { length: k },
        (_, j) => Array.from(this.centroids.values.subarray(j * d, (j + 1) * d), jsonNumber),
      ),
      labels: [...this.labels],
      inertia: this.inertia,
      inertiaHistory: [...this.inertiaHistory],
      iterations: this.iterations,
      converged: this.converged,
      classes: this.classes && labelsToJSON(this.classes),
    };
  }
}
