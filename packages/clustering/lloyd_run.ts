import {
  gatherRows,
  type LloydRun,
  type LloydRunRules,
  type LloydSession,
  type LloydStep,
  pacer,
  type Rows,
} from "@mixtape/tensor-utils";
import type { Centroids } from "./kmeans_model.ts";
import { planRelocations, relocate } from "./empty_clusters.ts";
import { varianceOfStep } from "./mean_variance.ts";

/** State of a fit that {@link KMeansOptions.onIteration} receives. */
export interface KMeansIteration {
  /** Index of the start, from 0. */
  readonly restart: number;
  /** Index of the iteration within the run, from 0, as in `inertiaHistory`. */
  readonly iteration: number;
  /** Sum of squared distances to `centroids`. */
  readonly inertia: number;
  /** Number of rows that changed cluster in this iteration; all of them in the first. */
  readonly changed: number;
  /**
   * Copy of the centroids that rows were assigned to in this iteration, shape [k, d]: in the first,
   * those of the start.
   */
  readonly centroids: Centroids;
}

/** Limits and callbacks of one run of Lloyd's algorithm. */
export interface LloydRules extends LloydRunRules {
  /** Weight of each row; all 1 by default. */
  readonly sampleWeight?: Float64Array;
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  /** Called after the assignment of each iteration. */
  readonly onIteration?: (iteration: Omit<KMeansIteration, "restart">) => void;
}

/**
 * Runs Lloyd's algorithm from given centroids: assigns rows to their nearest centroids and moves
 * centroids to the means of their rows, until no label changes. Iterations are counted as
 * scikit-learn counts them, including the one that finds nothing changed.
 *
 * @see Lloyd (1982), https://doi.org/10.1109/TIT.1982.1056489
 */
export async function runLloyd(
  session: LloydSession,
  x: Rows,
  start: Float64Array,
  rules: LloydRules,
): Promise<LloydRun> {
  const pace = pacer(rules.signal);
  const d = x.shape[1];
  const inertiaHistory: number[] = [];
  let centroids = start;
  let settled = false;
  let largestShift = 0;
  while (!settled && inertiaHistory.length < rules.maxIterations) {
    await pace();
    const step = await session.step(centroids);
    inertiaHistory.push(step.inertia);
    rules.onIteration?.({
      iteration: inertiaHistory.length - 1,
      inertia: step.inertia,
      changed: step.changed,
      centroids: { values: centroids.slice(), shape: [centroids.length / d, d] },
    });
    if (step.changed === 0) return await finish(true, step);
    if (inertiaHistory.length === 1 && rules.tolerance > 0) {
      largestShift = rules.tolerance * (rules.variance ?? varianceOfStep(step, centroids));
    }
    const next = await moveCentroids(session, x, centroids, step, rules);
    settled = areClose(centroids, next, largestShift);
    centroids = next;
  }
  // The centroids moved after the last assignment: assign once more, so that labels belong to them.
  await pace();
  return await finish(settled, await session.step(centroids));

  async function finish(converged: boolean, { labels, inertia }: LloydStep): Promise<LloydRun> {
    return {
      centroids,
      labels: (await session.labels?.() ?? labels).slice(),
      inertia,
      inertiaHistory: Float64Array.from(inertiaHistory),
      iterations: inertiaHistory.length,
      converged,
    };
  }
}

/** Returns the means of the clusters; an empty cluster is given a row, or stays where it is. */
async function moveCentroids(
  session: LloydSession,
  x: Rows,
  centroids: Float64Array,
  step: LloydStep,
  { sampleWeight, signal }: LloydRules,
): Promise<Float64Array> {
  const d = x.shape[1];
  let { sums, counts } = step;
  if (counts.includes(0)) {
    [sums, counts] = [sums.slice(), counts.slice()];
    const moves = planRelocations(step.labels, await session.distances(), counts, sampleWeight);
    const rows = await gatherRows(x, moves.map(({ row }) => row), signal);
    relocate(moves, rows.values, { sums, counts });
  }
  const moved = centroids.slice();
  for (let j = 0, i = 0; j < counts.length; j++) {
    const [count, end] = [counts[j], i + d];
    for (; i < end; i++) if (count > 0) moved[i] = sums[i] / count;
  }
  return moved;
}

/** Returns true if the squared lengths of the moves of all centroids add up to `most` or less. */
export function areClose(from: Float64Array, to: Float64Array, most: number): boolean {
  let sum = 0;
  for (let i = 0; i < from.length && sum <= most; i++) sum += (to[i] - from[i]) ** 2;
  return sum <= most;
}
