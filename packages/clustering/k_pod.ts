import { ensureBackend, type Label, type LloydRun } from "@mixtape/tensor-utils";
import { bestRun } from "./best_run.ts";
import { kMeansFrame } from "./kmeans_frame.ts";
import { checkKMeansOptions, type CopiedOptions, startClasses } from "./kmeans_options.ts";
import { fillMissing, type MissingEntries, observedMeans } from "./missing_entries.ts";
import { openObservedLloyd } from "./observed_lloyd.ts";

/** A run that may have started from class means. */
interface ClassedRun extends LloydRun {
  readonly classes?: readonly Label[];
}

/**
 * Minimises the objective of k-POD, the sum of squared distances over observed entries: rows go to
 * the centroid nearest in their observed entries, and centroids move to the means of the observed
 * entries of their rows. Starts are chosen on data filled with column means.
 *
 * The published algorithm repeatedly fills missing entries from the centroids and runs k-means on
 * the result. That lowers the same objective, but the entries filled from a row's own cluster hold
 * the row back: after mean imputation, on MNIST, it did not change a single label.
 *
 * @see Chi, Chi & Baraniuk (2016), https://doi.org/10.1080/00031305.2015.1086685
 */
export async function kPod(entries: MissingEntries, options: CopiedOptions): Promise<ClassedRun> {
  const means = await observedMeans(entries, options.signal);
  const filled = await fillMissing(entries, means, options.signal);
  const checked = checkKMeansOptions(filled, options);
  await ensureBackend();
  const frame = await kMeansFrame(filled, checked);
  const sums = frame.scale({ values: entries.sums, shape: [1, entries.sums.length] });
  const scaled = { ...entries, x: frame.scale(entries.x), sums: Float64Array.from(sums.values) };
  const { signal } = frame.options;
  const run = await bestRun(frame.x, frame.options, () => openObservedLloyd(scaled, signal), false);
  return { ...frame.restore(run), classes: startClasses(checked) };
}
