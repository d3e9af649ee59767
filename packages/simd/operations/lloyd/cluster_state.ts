import type { Values } from "../../structure.ts";
import type { Regions } from "../../memory/regions.ts";
import type { ClusterSizes } from "./cluster_sizes.ts";
import type { LloydData } from "./data.ts";
import { screenedBytes } from "./screens.ts";
import type * as structures from "./structures.ts";

/**
 * Allocates the state of Lloyd's algorithm.
 *
 * @param place The place of the centroids.
 * @param screened True if products are bounded by those of 8-bit integers first.
 * @param records The records of the rows, if others keep them already.
 */
export function allocateState(
  regions: Regions,
  { k, width, splats }: Values<typeof structures.centroids>,
  { n, d, rows }: Pick<LloydData, "n" | "d" | "rows">,
  { partitions, places, partitionRows, chunk, chunks, groups, ...sizes }: ClusterSizes,
  screened: boolean,
  records?: number,
): Values<typeof structures.state> {
  const { bounded, pairs, recordBytes } = sizes;
  // A single pass over dense rows sums up their distances, too.
  const measures = !bounded && rows.dense > 0 && !splats;
  return {
    ...{ partitions, places, chunk, recordBytes, partitionRows, groups },
    groupBounds: regions.allocate(4 * chunks * groups * chunk),
    groupDrift: regions.zeros(4 * groups),
    paths: pairs && bounded ? regions.zeros(4 * width) : 0,
    totalDrift: regions.zeros(4 * width),
    screened: screened ? regions.allocate(screenedBytes(n, d)) : 0,
    screenBalance: regions.zeros(4 * partitions),
    labels: regions.allocate(4 * n),
    hamerlyBound: bounded ? regions.allocate(4 * n) : 0,
    records: records ?? regions.allocate(recordBytes * n),
    partialSums: regions.allocate(8 * partitions * places * d),
    partialInertia: measures ? regions.allocate(8 * partitions) : 0,
    partialCounts: regions.allocate(8 * partitions * places),
    members: regions.allocate(4 * partitions * places),
    dirty: regions.allocate(4 * partitions * places),
    changed: regions.allocate(4 * partitions),
    sums: regions.allocate(8 * k * d),
    counts: regions.allocate(8 * k),
  };
}

/** Returns a bound of the rounding errors of scores, per length of the row and of the longest centroid. */
export function slopeByLength({ rounding, d }: Pick<LloydData, "rounding" | "d">): number {
  // The second term covers the rounding of coordinates in the basis, which are in float32.
  return 6.5 * rounding + 2 ** -23.8 * (d + 20);
}
