import { type HostMatrix, type LloydSession, type LloydStep, pacer } from "@mixtape/tensor-utils";
import { relocateEmptyClusters } from "./empty_clusters.ts";

/** What {@link KMeansOptions.onIteration} is told. */
export interface KMeansIteration {
  /** Which start this is, from 0. */
  readonly restart: number;
  /** Which iteration of it, from 1. */
  readonly iteration: number;
  /** Sum of squared distances to `centroids`. */
  readonly inertia: number;
  /** How many rows changed their cluster in this iteration; all of them in the first. */
  readonly changed: number;
  /**
   * The centroids that rows were assigned to in this iteration, k × d: those of the start in the
   * first. A copy.
   */
  readonly centroids: Float64Array;
}

/** How one run of Lloyd's algorithm is to go. */
export interface LloydRules {
  /** Most iterations. */
  readonly maxIterations: number;
  /** It ends when the squared lengths of all centroids' moves add up to at most this. */
  readonly largestShift: number;
  /** A weight a row; all 1 unless given. */
  readonly sampleWeight?: Float64Array;
  /** Aborts it. */
  readonly signal?: AbortSignal;
  /** Told about every iteration. */
  readonly onIteration?: (iteration: Omit<KMeansIteration, "restart">) => void;
}

/** The outcome of one run of Lloyd's algorithm. */
export interface LloydRun {
  /** k × d numbers. */
  readonly centroids: Float64Array;
  /** The nearest centroid of each row. */
  readonly labels: Int32Array;
  /** Weighted sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  /** The inertia at the centroids that each iteration began with. */
  readonly inertiaHistory: Float64Array;
  /** How many iterations it took. */
  readonly iterations: number;
  /** Whether it ended because nothing changed, or moved too little. */
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm from given centroids: assigns rows to nearest centroids and moves centroids to
 * the means of their rows, until no label changes. Iterations are counted as scikit-learn counts
 * them, the one that finds nothing changed included.
 *
 * @see Lloyd (1982), https://doi.org/10.1109/TIT.1982.1056489
 */
export async function runLloyd(
  session: LloydSession,
  x: HostMatrix,
  start: Float64Array,
  rules: LloydRules,
): Promise<LloydRun> {
  const pace = pacer(rules.signal);
  const inertiaHistory: number[] = [];
  let centroids = start;
  let settled = false;
  while (!settled && inertiaHistory.length < rules.maxIterations) {
    await pace();
    const step = await session.step(centroids);
    inertiaHistory.push(step.inertia);
    rules.onIteration?.({
      iteration: inertiaHistory.length,
      inertia: step.inertia,
      changed: step.changed,
      centroids: centroids.slice(),
    });
    if (step.changed === 0) return finish(step, centroids, inertiaHistory, true);
    const next = await moveCentroids(session, x, centroids, step, rules);
    settled = squaredShift(centroids, next) <= rules.largestShift;
    centroids = next;
  }
  // The centroids moved after the last assignment: assign once more, so that labels belong to them.
  await pace();
  return finish(await session.step(centroids), centroids, inertiaHistory, settled);
}

function finish(
  step: LloydStep,
  centroids: Float64Array,
  inertiaHistory: number[],
  converged: boolean,
): LloydRun {
  return {
    centroids,
    labels: step.labels.slice(),
    inertia: step.inertia,
    inertiaHistory: Float64Array.from(inertiaHistory),
    iterations: inertiaHistory.length,
    converged,
  };
}

/** The means of the clusters; a cluster without rows is given one, or stays where it is. */
async function moveCentroids(
  session: LloydSession,
  x: HostMatrix,
  centroids: Float64Array,
  step: LloydStep,
  { sampleWeight }: LloydRules,
): Promise<Float64Array> {
  const d = x.shape[1];
  let { sums, counts } = step;
  if (counts.includes(0)) {
    [sums, counts] = [sums.slice(), counts.slice()];
    const distances = await session.distances();
    relocateEmptyClusters(x, step.labels, distances, { sums, counts }, sampleWeight);
  }
  const moved = centroids.slice();
  for (let j = 0, i = 0; j < counts.length; j++) {
    const count = counts[j];
    const end = i + d;
    if (count > 0) { for (; i < end; i++) moved[i] = sums[i] / count; }
    i = end;
  }
  return moved;
}

function squaredShift(from: Float64Array, to: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < from.length; i++) sum += (to[i] - from[i]) ** 2;
  return sum;
}
