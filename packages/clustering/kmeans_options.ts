import {
  checkChoice,
  checkInteger,
  checkNumber,
  type HostMatrix,
  hostMatrix,
  labelArray,
  type MatrixLike,
} from "@mixtape/tensor-utils";
import type { KMeansIteration } from "./lloyd_run.ts";

/** The ways to choose the first centroids. */
export type KMeansInit = "random" | "k-means++" | "class-means";

/** Options of {@link kMeans}. */
export interface KMeansOptions {
  /** The number of clusters, between 1 and the number of rows. */
  clusters: number;
  /**
   * The first centroids: `"k-means++"` (the default: greedy, rarely needs a second try), `"random"`
   * rows, `"class-means"` of `labels`, or centroids of shape [clusters, d], which are copied.
   */
  init?: KMeansInit | MatrixLike;
  /** Most iterations of a run, 300 unless given. */
  maxIterations?: number;
  /**
   * A run ends when the squared lengths of all centroids' moves add up to at most this times the
   * mean variance of the columns (scikit-learn's meaning); 1e-4 unless given. With 0 it ends only
   * when no label changes.
   */
  tolerance?: number;
  /**
   * How many starts to try; the run of the lowest inertia is kept. Unless given, 10 for `"random"`,
   * else 1. Starts without randomness (`"class-means"`, given centroids) are run once whatever is
   * asked for.
   */
  restarts?: number;
  /** Seed of the random choices, 0 unless given. */
  seed?: number;
  /** A weight a row, finite and not negative; all 1 unless given. */
  sampleWeight?: ArrayLike<number>;
  /** Classes from 0 to `clusters` − 1, one a row, for the start from class means. */
  labels?: ArrayLike<number>;
  /** Told about every iteration of every run. */
  onIteration?: (iteration: KMeansIteration) => void;
  /**
   * Aborts the fit between two iterations; the promise is then rejected with the signal's reason.
   */
  signal?: AbortSignal;
}

/** Options of {@link kMeans} after the door: complete and in range. */
export interface CheckedOptions {
  readonly clusters: number;
  readonly init: KMeansInit | Float64Array;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly restarts: number;
  readonly seed: number;
  readonly sampleWeight?: Float64Array;
  readonly labels?: Int32Array;
  readonly onIteration?: (iteration: KMeansIteration) => void;
  readonly signal?: AbortSignal;
}

/** Checks options against the data they are for. */
export async function checkKMeansOptions(
  x: HostMatrix,
  options: KMeansOptions,
): Promise<CheckedOptions> {
  const [n] = x.shape;
  const { seed, sampleWeight, labels, onIteration, signal } = options;
  const init = options.init ?? "k-means++";
  if (init === "class-means" && labels === undefined) {
    throw new TypeError(
      `Cannot start from class means: no labels were given, pass the class of each row as labels`,
    );
  }
  const weights = sampleWeight === undefined ? undefined : checkWeights(sampleWeight, n);
  const clusters = checkClusters(options.clusters, x, weights);
  const restarts = options.restarts ?? (init === "random" ? 10 : 1);
  const isRandom = init === "random" || init === "k-means++";
  return {
    clusters,
    init: await checkInit(init, clusters, x),
    maxIterations: checkInteger(options.maxIterations ?? 300, "maxIterations", { min: 1 }),
    tolerance: checkNumber(options.tolerance ?? 1e-4, "tolerance", { min: 0 }),
    restarts: checkInteger(restarts, "restarts", { min: 1 }) && (isRandom ? restarts : 1),
    seed: checkInteger(seed ?? 0, "seed"),
    sampleWeight: weights,
    labels: labels === undefined ? undefined : labelArray(labels, n),
    onIteration,
    signal,
  };
}

/** Checks a number of clusters against the rows that can make them. */
function checkClusters(clusters: number, x: HostMatrix, weights?: Float64Array): number {
  checkInteger(clusters, "clusters");
  const rows = weights ? weights.filter((weight) => weight > 0).length : x.shape[0];
  if (clusters >= 1 && clusters <= rows) return clusters;
  const described = (rows === 1 ? "1 row" : `${rows} rows`) +
    (weights ? " of positive weight" : "");
  throw new RangeError(
    `Cannot fit ${clusters} clusters: x has ${described}, ` +
      `clusters must be between 1 and ${rows}`,
  );
}

async function checkInit(
  init: KMeansInit | MatrixLike,
  clusters: number,
  x: HostMatrix,
): Promise<KMeansInit | Float64Array> {
  if (typeof init === "string") {
    return checkChoice<KMeansInit>(init, "init", ["random", "k-means++", "class-means"]);
  }
  const start = await hostMatrix(init, "init");
  const [k, d] = start.shape;
  if (k !== clusters || d !== x.shape[1]) {
    throw new RangeError(
      `Cannot use init: its shape is [${k}, ${d}], [${clusters}, ${x.shape[1]}] is needed, ` +
        `a centroid a cluster and a column a column of x`,
    );
  }
  return Float64Array.from(start.values);
}

function checkWeights(sampleWeight: ArrayLike<number>, rows: number): Float64Array {
  if (sampleWeight.length !== rows) {
    throw new RangeError(
      `Cannot use sampleWeight: ${sampleWeight.length} were given for ${rows} rows, ` +
        `one a row is needed`,
    );
  }
  const weights = Float64Array.from(sampleWeight);
  weights.forEach((weight, row) => checkNumber(weight, `sampleWeight[${row}]`, { min: 0 }));
  return weights;
}
