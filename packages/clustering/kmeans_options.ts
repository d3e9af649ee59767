import {
  checkChoice,
  checkInteger,
  checkNumber,
  checkOnePerRow,
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

/** Ways to choose the initial centroids; {@link KMeansOptions.init} describes them. */
export type KMeansInit = "random" | "k-means++" | "k-means||" | "class-means";

const inits: readonly KMeansInit[] = ["random", "k-means++", "k-means||", "class-means"];

/** Options of {@link kMeans}. */
export interface KMeansOptions {
  /** The number of clusters, between 1 and the number of rows. */
  readonly clusters: number;
  /**
   * The initial centroids: `"k-means++"` (the default: greedy, rarely needs a second try),
   * `"k-means||"` (candidates in rounds: five readings of a source, whatever the number of clusters),
   * `"random"` rows, the `"class-means"` of `labels`, or centroids of shape [clusters, d], which
   * are copied.
   */
  readonly init?: KMeansInit | MatrixLike;
  /** Largest number of iterations per run, at least 1; 300 by default. */
  readonly maxIterations?: number;
  /**
   * A run ends when the sum of the squared lengths of all centroids' moves is at most `tolerance`
   * times the mean variance of the columns (scikit-learn's definition); 1e-4 by default. With 0, it
   * ends only when no label changes.
   */
  readonly tolerance?: number;
  /**
   * Number of starts to try, at least 1; the run with the lowest inertia is kept. By default 10 for
   * `"random"`, otherwise 1. Starts that are not random (`"class-means"`, given centroids) run once.
   */
  readonly restarts?: number;
  /** Seed of the random choices, 0 by default. */
  readonly seed?: number;
  /** Weight of each row, finite and not negative; all 1 by default. Copied, as all arrays are. */
  readonly sampleWeight?: ArrayLike<number>;
  /**
   * The class of each row, for `init: "class-means"`: any numbers, big integers, strings or
   * booleans, with `clusters` distinct values. The model has the distinct ones as `classes`,
   * ascending.
   */
  readonly labels?: ArrayLike<Label>;
  /** Called after the assignment of each iteration of each run. */
  readonly onIteration?: (iteration: KMeansIteration) => void;
  /**
   * Aborts the fit, within an iteration if it is long; the promise is then rejected with the signal's
   * reason.
   */
  readonly signal?: AbortSignal;
}

/** Options of {@link kMeans} once checked: complete and in range. */
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

/** Names of the options of {@link kMeans}. */
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

/** Options whose arrays have been copied, not yet checked against the data. */
export type CopiedOptions<Options extends KMeansOptions = KMeansOptions> =
  & Omit<Options, keyof CopiedArrays>
  & CopiedArrays;

interface CopiedArrays {
  readonly init?: KMeansInit | HostMatrix;
  readonly sampleWeight?: Float64Array;
  readonly labels?: CompactLabels;
}

/** Copies the arrays in the options before it returns its promise. */
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

/** A matrix, or rows that are read in blocks: options are checked against their numbers alone. */
type Shaped = Pick<HostMatrix, "shape">;

/** Checks options against the data. */
export function checkKMeansOptions(x: Shaped, options: CopiedOptions): CheckedOptions {
  const [n] = x.shape;
  const { labels, onIteration, signal } = options;
  const init = options.init ?? "k-means++";
  if (init === "class-means" && labels === undefined) {
    throw new TypeError(
      `Cannot start from class means: no labels were given, pass the class of each row as labels`,
    );
  }
  if (labels) checkOnePerRow(labels.codes, n, "labels");
  const weights = options.sampleWeight;
  const rows = weights ? checkWeights(weights, n) : n;
  const clusters = checkClusters(options.clusters, rows, weights);
  const restarts = checkInteger(
    options.restarts ?? (init === "random" ? 10 : 1),
    "restarts",
    { min: 1 },
  );
  if (restarts > 1 && !isRandomStart(init)) {
    throw new RangeError(
      `Cannot restart ${restarts} times from a start that is not random: all would give ` +
        `the same result, leave restarts out`,
    );
  }
  return {
    clusters,
    init: checkInit(init, clusters, x),
    maxIterations: checkInteger(options.maxIterations ?? 300, "maxIterations", { min: 1 }),
    tolerance: checkNumber(options.tolerance ?? 1e-4, "tolerance", { min: 0 }),
    restarts,
    seed: checkInteger(options.seed ?? 0, "seed"),
    sampleWeight: weights,
    labels,
    onIteration,
    signal,
  };
}

/** Returns true for starts that differ with the seed. */
export function isRandomStart(init: CopiedOptions["init"]): boolean {
  return init === undefined || (typeof init === "string" && init !== "class-means");
}

/** Checks the number of clusters against the number of rows that can form clusters. */
function checkClusters(clusters: number, rows: number, weights?: Float64Array): number {
  checkInteger(clusters, "clusters");
  if (clusters >= 1 && clusters <= rows) return clusters;
  throw new RangeError(
    `Cannot fit ${clusters} clusters: x has ${rows} ${rows === 1 ? "row" : "rows"}` +
      `${weights ? " of positive weight" : ""}, clusters must be between 1 and ${rows}`,
  );
}

function checkInit(
  init: KMeansInit | HostMatrix,
  clusters: number,
  x: Shaped,
): KMeansInit | Float64Array {
  if (typeof init === "string") {
    return checkChoice(init, "init", inits);
  }
  const [k, d] = init.shape;
  if (k !== clusters || d !== x.shape[1]) {
    throw new RangeError(
      `Cannot use init: its shape is [${k}, ${d}], [${clusters}, ${x.shape[1]}] is needed, ` +
        `one centroid per cluster with as many columns as x`,
    );
  }
  return Float64Array.from(init.values);
}

/** Returns the number of rows of positive weight. */
function checkWeights(weights: Float64Array, rows: number): number {
  checkOnePerRow(weights, rows, "sampleWeight");
  let positive = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row];
    if (weight > 0 && weight < Infinity) positive++;
    // To make the name of each of a million weights takes 0.1 s.
    else if (weight !== 0) checkNumber(weight, `sampleWeight[${row}]`, { min: 0 });
  }
  return positive;
}

/**
 * Returns the classes whose means the centroids started from, if the start was from class means.
 */
export function startClasses({ init, labels }: CheckedOptions): readonly Label[] | undefined {
  return init === "class-means" ? labels?.values : undefined;
}
