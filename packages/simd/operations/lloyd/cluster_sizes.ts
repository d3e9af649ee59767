import type { LloydData } from "./data.ts";

/** Number of entries at the end of a record, see `kernels/lloyd/records.ts`. */
const TAIL = 4;
/** Number of products of rows and centroids that a chunk keeps. */
const CHUNK_PRODUCTS = 8192;
/** Number of values of the rows of a chunk that stay in the cache while groups pass by. */
const CHUNK_VALUES = 2 ** 16;
/** Number of centroids of a group, and bytes per row of a chunk, see `kernels/lloyd/groups.ts`. */
export const GROUP = 12;
const GROUP_ROW = 8 * 4 + 4 * GROUP;
/** Number of centroids from which bounds of groups save more than they cost. */
const MANY = 256;
/** Largest number of bounds of groups that is worth its memory: 512 MiB. */
const MOST_BOUNDS = 2 ** 27;

/** Number of rows of a tile of few columns, and bytes per row of it, see `kernels/lloyd/narrow.ts`. */
export const NARROW_TILE = 256;
export const NARROW_ROW = 4 * 7;

/** Sizes of what Lloyd's algorithm keeps. */
export interface ClusterSizes {
  /** Number of ranges of rows with their own sums. */
  readonly partitions: number;
  /** Number of rows of each, but the last. */
  readonly partitionRows: number;
  /** Number of rows that are filtered at a time. */
  readonly chunk: number;
  /** Number of groups of centroids that have bounds, 0 for none. */
  readonly groups: number;
  /** Number of chunks. */
  readonly chunks: number;
  /** Bytes of the record of a row. */
  readonly recordBytes: number;
  /** Bytes of scratch memory per thread. */
  readonly scratchBytes: number;
}

/**
 * Returns the sizes for a number of centroids, a function of the shapes alone.
 *
 * @param width Number of centroids, rounded up to a multiple of 4.
 * @param narrow True if rows are scored side by side.
 */
export function clusterSizes(
  data: LloydData,
  k: number,
  { width, narrow, sketchSize }: { width: number; narrow: boolean; sketchSize: number },
): ClusterSizes {
  const { n, d } = data;
  const partitions = countPartitions(n, d, k);
  const partitionRows = Math.ceil(n / partitions);
  const groups = narrow ? 0 : countGroups(data, k);
  const wide = groups ? rowsOf(CHUNK_VALUES, d, 512) : rowsOf(CHUNK_PRODUCTS, width, 256);
  const chunk = narrow ? NARROW_TILE : wide;
  const perRow = narrow ? NARROW_ROW : groups ? GROUP_ROW : 12 + 8 * width;
  // Where rounding could decide, a row is multiplied by all centroids.
  const oneRow = groups ? 16 * width : 0;
  return {
    ...{ partitions, partitionRows, chunk, groups },
    chunks: partitions * Math.ceil(partitionRows / chunk),
    recordBytes: narrow ? 0 : recordSize(sketchSize > 0 ? sketchSize + width + TAIL : TAIL),
    scratchBytes: 64 * Math.ceil((chunk * perRow + oneRow) / 64) + 64,
  };
}

/**
 * Returns the number of row ranges with their own sums: enough for the threads, and a function of
 * the shape alone.
 */
function countPartitions(n: number, d: number, k: number): number {
  const fitting = Math.floor(2 ** 17 / (k * d));
  return Math.max(1, Math.min(16, Math.max(4, fitting), Math.ceil(n / 256)));
}

/** Returns the number of groups of centroids that have bounds: 0 where a pass over all costs less. */
function countGroups({ n, rows }: LloydData, k: number): number {
  const groups = Math.ceil(k / GROUP);
  return rows.dense && k >= MANY && n * groups <= MOST_BOUNDS ? groups : 0;
}

/** Returns how many rows hold about `numbers` numbers: a multiple of 4, at most `most`. */
function rowsOf(numbers: number, perRow: number, most: number): number {
  return Math.max(4, Math.min(most, Math.floor(numbers / perRow / 4) * 4));
}

/**
 * Returns the size of a record in bytes; records of more than a quarter of a cache line begin on
 * one.
 */
function recordSize(numbers: number): number {
  return numbers <= TAIL ? 4 * numbers : Math.ceil(numbers / 16) * 64;
}
