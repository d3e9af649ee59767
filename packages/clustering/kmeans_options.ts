import {
  checkChoice,
  checkInteger,
  checkNumber,
  type CompactLabels,
  compactLabels,
  type HostMatrix,
  hostMatrix,
  type Label,
  type MatrixLike,
  numberArray,
  type OptionNames,
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
  /** A weight a row, finite and not negative; all 1 unless given. Copied, as all arrays are. */
  sampleWeight?: ArrayLike<number>;
  /**
   * The class of each row, for the start from class means: any numbers, big integers, strings or
   * booleans, `clusters` different ones. The model has them as `classes`, ascending.
   */
  labels?: ArrayLike<Label>;
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
  readonly labels?: CompactLabels;
  readonly onIteration?: (iteration: KMeansIteration) => void;
  readonly signal?: AbortSignal;
}

/** The options of {@link kMeans}. */
export const kMeansOptionNames: OptionNames<KMeansOptions> = {
  clusters: true,
  init: true,
  maxIterations: true,
  tolerance: true,
  restarts: true,
  seed: true,
  sampleWeight: true,
  labels: true,
  onIteration: true,
  signal: true,
};

/** Options whose arrays were copied, still to be checked against the data. */
export type CopiedOptions<Options extends KMeansOptions = KMeansOptions> =
  & Omit<Options, keyof CopiedArrays>
  & CopiedArrays;

interface CopiedArrays {
  readonly init?: KMeansInit | HostMatrix;
  readonly sampleWeight?: Float64Array;
  readonly labels?: CompactLabels;
}

/** Copies the arrays among options before it returns its promise. */
export async function copyOptions<Options extends KMeansOptions>(
  options: Options,
): Promise<CopiedOptions<Options>> {
  const { init, sampleWeight, labels, ...plain } = options;
  const copied = {
    ...plain,
    sampleWeight: sampleWeight && numberArray(sampleWeight, "sampleWeight"),
    labels: labels && compactLabels(labels),
  };
  if (init === undefined || typeof init === "string") return { ...copied, init };
  return { ...copied, init: await hostMatrix(init, "init") };
}

/** Checks options against the data they are for. */
export function checkKMeansOptions(x: HostMatrix, options: CopiedOptions): CheckedOptions {
  const [n] = x.shape;
  const { labels, onIteration, signal } = options;
  const init = options.init ?? "k-means++";
  if (init === "class-means" && labels === undefined) {
    throw new TypeError(
      `Cannot start from class means: no labels were given, pass the class of each row as labels`,
    );
  }
  if (labels) checkCount(labels.codes, n, "labels");
  const weights = options.sampleWeight && checkWeights(options.sampleWeight, n);
  const clusters = checkClusters(options.clusters, x, weights);
  const restarts = options.restarts ?? (init === "random" ? 10 : 1);
  const isRandom = init === "random" || init === "k-means++";
  return {
    clusters,
    init: checkInit(init, clusters, x),
    maxIterations: checkInteger(options.maxIterations ?? 300, "maxIterations", { min: 1 }),
    tolerance: checkNumber(options.tolerance ?? 1e-4, "tolerance", { min: 0 }),
    restarts: checkInteger(restarts, "restarts", { min: 1 }) && (isRandom ? restarts : 1),
    seed: checkInteger(options.seed ?? 0, "seed"),
    sampleWeight: weights,
    labels,
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

function checkInit(
  init: KMeansInit | HostMatrix,
  clusters: number,
  x: HostMatrix,
): KMeansInit | Float64Array {
  if (typeof init === "string") {
    return checkChoice<KMeansInit>(init, "init", ["random", "k-means++", "class-means"]);
  }
  const [k, d] = init.shape;
  if (k !== clusters || d !== x.shape[1]) {
    throw new RangeError(
      `Cannot use init: its shape is [${k}, ${d}], [${clusters}, ${x.shape[1]}] is needed, ` +
        `a centroid a cluster and a column a column of x`,
    );
  }
  return Float64Array.from(init.values);
}

function checkWeights(weights: Float64Array, rows: number): Float64Array {
  checkCount(weights, rows, "sampleWeight");
  weights.forEach((weight, row) => checkNumber(weight, `sampleWeight[${row}]`, { min: 0 }));
  return weights;
}

function checkCount({ length }: ArrayLike<number>, rows: number, name: string): void {
  if (length === rows) return;
  throw new RangeError(
    `Cannot use ${name}: ${length} were given for ${rows} rows, one a row is needed`,
  );
}

/** The names of the classes whose means the centroids started from. */
export function startClasses({ init, labels }: CheckedOptions): readonly Label[] | undefined {
  return init === "class-means" ? labels?.values : undefined;
}
