import { columnMoments } from "@mixtape/datasets/preparation";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import type { ColumnProfile } from "../result.ts";

/**
 * Finds the columns that tell clusters apart most: by the share of the variance of a column that lies between the
 * means of the clusters, over the cells that have a value.
 *
 * @param raw Cells, shape [n, d]; NaN stands for a missing one.
 * @param names Name of each column.
 * @param rows The rows of each cluster.
 * @param most Number of columns to keep.
 * @returns The columns, the share descending.
 */
export function columnProfiles(
  raw: HostMatrix,
  names: readonly string[],
  rows: readonly Uint32Array[],
  most: number,
): ColumnProfile[] {
  const whole = columnMoments(raw);
  const parts = rows.map((own) => columnMoments(takeRows(raw, own)));
  const profiles = names.map((name, j) => {
    // Ratios of deviations stay in float64 where their squares would not.
    const within = parts.reduce((sum, { counts, deviations }) => {
      if (counts[j] === 0 || whole.deviations[j] === 0) return sum;
      return sum + counts[j] / whole.counts[j] * (deviations[j] / whole.deviations[j]) ** 2;
    }, 0);
    const share = whole.deviations[j] === 0 ? 0 : Math.min(1, Math.max(0, 1 - within));
    return { name, share, means: parts.map(({ counts, means }) => counts[j] ? means[j] : null) };
  });
  return profiles.sort((a, b) => b.share - a.share).slice(0, most);
}
