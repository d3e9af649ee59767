/** The arguments of every k-means job, in the order in which `kernels/lloyd/frame.ts` reads them. */
const names = [
  "n",
  "d",
  "rowAddresses",
  "rowLengths",
  "dense",
  "original",
  "originalWide",
  "weights",
  "squares",
  "radii",
  "residuals",
  "sketch",
  "sketchSize",
  "basis",
  "mean",
  "scale",
  "k",
  "width",
  "centroids",
  "former",
  "panels",
  "sketchPanels",
  "bias",
  "shift",
  "residualDrifts",
  "totalDrift",
  "now",
  "kept",
  "keptCount",
  "facts",
  "slope",
  "offset",
  "labels",
  "hamerlyBound",
  "records",
  "recordBytes",
  "partialSums",
  "partialCounts",
  "members",
  "dirty",
  "changed",
  "partitions",
  "partitionRows",
  "sums",
  "counts",
  "fresh",
  "voidBounds",
  "scratch",
  "scratchBytes",
  "chunk",
  "statistics",
  "squareSlope",
  "origin",
  "distances",
  "sharpness",
  "pairwise",
  "narrow",
  "drakeBounds",
  "largestDrift",
  "neighbors",
  "neighborCount",
] as const;

/**
 * Arguments of the k-means kernels: sizes, numbers and addresses, by the names of
 * `kernels/lloyd/frame.ts`.
 */
export type Frame = Partial<Record<(typeof names)[number], number>>;

const places = new Map(names.map((name, at) => [name, at]));

/** Returns the job arguments of a frame; entries that it leaves out are 0. */
export function frameArguments(frame: Frame): number[] {
  return names.map((name) => frame[name] ?? 0);
}

/** Returns `args` with the entries of `changes` replaced, as a step often does. */
export function changeArguments(args: readonly number[], changes: Frame): number[] {
  const changed = args.slice();
  for (const name in changes) {
    changed[places.get(name as keyof Frame)!] = changes[name as keyof Frame] ?? 0;
  }
  return changed;
}
