import { columnMoments, imputeColumns } from "@mixtape/datasets/preparation";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { FillError, FillMethod, SeedMean } from "../result.ts";
import { clusterIncomplete, type ClusterSettings, groupingMethods } from "./cluster_incomplete.ts";
import { hideCells } from "./hide_cells.ts";
import { rankMethods } from "./rank_methods.ts";

/** The ways to fill cells, in the order in which they are shown. */
const fillMethods: readonly FillMethod[] = ["column-mean", "column-median", ...groupingMethods];

/** Settings of the comparison. */
export interface FillSettings extends ClusterSettings {
  /** Number of seeds, from `seed` on. */
  readonly seeds: number;
  /** Share of the known cells to hide. */
  readonly hiddenShare: number;
}

/**
 * Hides known cells, anew with each seed, and measures how well each method gives them back.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one, each column has a value.
 * @param settings The seeds, the share to hide, and the clustering.
 * @returns The number of hidden cells, and the error of each method.
 */
export async function compareFills(
  x: HostMatrix,
  settings: FillSettings,
): Promise<{ readonly hidden: number; readonly fills: readonly FillError[] }> {
  const { deviations } = columnMoments(x);
  const errors = new Map<FillMethod, (number | null)[]>(fillMethods.map((method) => [method, []]));
  let hidden = 0;
  for (let i = 0; i < settings.seeds; i++) {
    const seed = settings.seed + i;
    const cells = hideCells(x, deviations, settings.hiddenShare, seed);
    if (cells.positions.length === 0) return { hidden: 0, fills: [] };
    hidden += cells.positions.length;
    for (const method of fillMethods) {
      const fill = await filler(cells.x, method, { ...settings, seed });
      const d = x.shape[1];
      const square = (at: number) => ((fill!(at) - x.values[at]) / deviations[at % d]) ** 2;
      errors.get(method)!.push(
        fill === undefined ? null : Math.sqrt(
          cells.positions.reduce((sum, at) => sum + square(at), 0) / cells.positions.length,
        ),
      );
    }
  }
  const whole = fillMethods.map((method) => {
    const list = errors.get(method)!;
    return list.every((error) => error !== null) ? list : null;
  });
  const ranked = rankMethods(whole, "less").map((one) =>
    one && { ...one, mean: notNegative(one.mean) }
  );
  return { hidden, fills: fillMethods.map((method, at) => ({ method, error: ranked[at] })) };
}

/** Cuts the interval of an error, which is 0 or more. */
function notNegative({ value, interval }: SeedMean): SeedMean {
  return { value, interval: { ...interval, low: Math.max(0, interval.low) } };
}

/** Returns the value that a method fills in at a position; nothing if it cannot cluster. */
async function filler(
  x: HostMatrix,
  method: FillMethod,
  { clusters, restarts, seed, signal }: ClusterSettings,
): Promise<((at: number) => number) | undefined> {
  const d = x.shape[1];
  if (method === "column-mean" || method === "column-median") {
    const { fills } = await imputeColumns(x, {
      method: method === "column-mean" ? "mean" : "median",
    });
    return (at) => fills[at % d];
  }
  const clustering = await clusterIncomplete(x, method, { clusters, restarts, seed, signal });
  if (clustering === undefined) return undefined;
  const { labels, centroids: { values } } = clustering;
  return (at) => values[labels[Math.floor(at / d)] * d + at % d];
}
