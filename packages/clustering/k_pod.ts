import { ensureBackend, type HostMatrix, openLloyd, throwIfAborted } from "@mixtape/tensor-utils";
import { chooseStarts } from "./choose_starts.ts";
import { type CheckedOptions, checkKMeansOptions, type KMeansOptions } from "./kmeans_options.ts";
import { type LloydRun, runLloyd } from "./lloyd_run.ts";
import { meanVariance } from "./mean_variance.ts";
import { fillMissing, type MissingEntries, observedMeans } from "./missing_entries.ts";
import { observedCentroids, observedInertia } from "./observed_distance.ts";

/**
 * k-POD: fills missing entries from the centroid of their row's cluster, runs k-means on the filled
 * data, and repeats until no label changes. This lowers the squared distance over observed entries
 * at every step, since the filled entries only ever add to it. The first fill is with column means,
 * on which the start is chosen too.
 *
 * With labels unchanged, filling again and again would carry each centroid to the mean of its
 * observed entries: it is put there at once, without which centroids stay biased towards the first
 * fill.
 *
 * @see Chi, Chi & Baraniuk (2016), https://doi.org/10.1080/00031305.2015.1086685
 */
export async function kPod(entries: MissingEntries, options: KMeansOptions): Promise<LloydRun> {
  const filled = fillMissing(entries, observedMeans(entries));
  const checked = await checkKMeansOptions(filled, options);
  await ensureBackend();
  let best: LloydRun | undefined;
  for (const [restart, start] of (await chooseStarts(filled, checked)).entries()) {
    const run = await runKPod(entries, filled, start, { ...checked, restart });
    if (best === undefined || run.inertia < best.inertia) best = run;
  }
  return best!;
}

async function runKPod(
  entries: MissingEntries,
  start: HostMatrix,
  startCentroids: Float64Array,
  options: CheckedOptions & { readonly restart: number },
): Promise<LloydRun> {
  const { restart, maxIterations, signal, onIteration } = options;
  const largestShift = options.tolerance * meanVariance(start);
  const inertiaHistory: number[] = [];
  let filled = start;
  let centroids = startCentroids;
  let labels = new Int32Array(start.shape[0]).fill(-1);
  let changed = labels.length;
  while (changed > 0 && inertiaHistory.length < maxIterations) {
    throwIfAborted(signal);
    const run = await lloydOn(filled, centroids, { maxIterations, largestShift, signal });
    changed = run.labels.reduce((count, label, i) => label === labels[i] ? count : count + 1, 0);
    labels = Int32Array.from(run.labels);
    centroids = observedCentroids(entries, labels, run.centroids);
    const inertia = observedInertia(entries, centroids, labels);
    inertiaHistory.push(inertia);
    const iteration = inertiaHistory.length;
    onIteration?.({ restart, iteration, inertia, changed, centroids: centroids.slice() });
    if (changed > 0) filled = fillFromCentroids(entries, labels, centroids);
  }
  return {
    centroids,
    labels,
    inertia: inertiaHistory[inertiaHistory.length - 1],
    inertiaHistory: Float64Array.from(inertiaHistory),
    iterations: inertiaHistory.length,
    converged: changed === 0,
  };
}

async function lloydOn(
  x: HostMatrix,
  start: Float64Array,
  rules: { maxIterations: number; largestShift: number; signal?: AbortSignal },
): Promise<LloydRun> {
  using session = openLloyd(x);
  return await runLloyd(session, x, start, rules);
}

/**
 * The data with each missing entry taken from the centroid of its row; float32 unless the data is
 * float64.
 */
function fillFromCentroids(
  { x, missing }: MissingEntries,
  labels: Int32Array,
  centroids: Float64Array,
): HostMatrix {
  const [, d] = x.shape;
  const values = x.values instanceof Float64Array ? x.values.slice() : Float32Array.from(x.values);
  labels.forEach((label, i) => {
    for (let p = 0; p < d; p++) {
      if (missing[i * d + p]) values[i * d + p] = centroids[label * d + p];
    }
  });
  return { values, shape: x.shape };
}
