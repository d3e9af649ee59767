import { GROUPED, type LloydData, NARROW } from "./data.ts";
import { widthOf } from "./placement.ts";
import { isWorthScreening, screenScratchBytes } from "./screens.ts";

/** Number of entries at the end of a record, see `kernels/lloyd/records.ts`. */
const TAIL = 4;
/** Number of products of rows and centroids that a chunk keeps. */
const CHUNK_PRODUCTS = 8192;
/** Number of values of the rows of a chunk that stay in the cache while groups pass by. */
const CHUNK_VALUES = 2 ** 16;
/** Number of centroids of a group, and bytes per row of a chunk, see `kernels/lloyd/groups.ts`. */
export const GROUP = 12;
const GROUP_ROW = 8 * 4 + 4 * GROUP;
/** Number of centroids and of columns from which bounds of pairs save more than they cost. */
const PAIRED = { k: 32, d: 64 };
/** Number of rows that are packed at a time, see `kernels/lloyd/tiles.ts`. */
const PACKED_ROWS = 40;
/** The same of up to 64 columns, see `kernels/lloyd/ranked.ts`. */
const RANKED = { rows: 8, columns: 64 };
/** Largest number of bounds that is worth its memory: 512 MiB. */
const MOST_BOUNDS = 2 ** 27;

/** Number of int32 in what two threads may not write at a time: processors fetch cache lines in pairs. */
const LINES = 32;

/** Number of rows of a tile of few columns, and bytes per row of it, see `kernels/lloyd/narrow.ts`. */
export const NARROW_TILE = 256;
export const NARROW_ROW = 4 * 7;
/** Number of rows of few columns in a block of `findNarrow`, and in a stage that stays in the cache. */
export const NARROW_BLOCK = 4096;
export const NARROW_STAGE = 16 * NARROW_BLOCK;
/** Number of products of rows and centroids of few columns that take some 20 ms. */
export const LONG = 2 ** 27;

/** Numbers of rows and columns, and the form of the rows. */
type Shape = Pick<LloydData, "n" | "d"> & { readonly rows: Pick<LloydData["rows"], "dense"> };

/** Sizes of what Lloyd's algorithm keeps. */
export interface ClusterSizes {
  /** Number of ranges of rows with their own sums. */
  readonly partitions: number;
  /** Number of clusters that each has places for: k rounded up, so that no two share a cache line. */
  readonly places: number;
  /** Number of rows of each, but the last. */
  readonly partitionRows: number;
  /** Number of rows that are filtered at a time. */
  readonly chunk: number;
  /** Number of groups of centroids that have bounds, 0 for none. */
  readonly groups: number;
  /** True if the record of a row bounds its product with each centroid. */
  readonly pairs: boolean;
  /** True if products are bounded by those of 8-bit integers first. */
  readonly screened: boolean;
  /** False if nothing is kept that would save a later step time. */
  readonly bounded: boolean;
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
 * @param sketchSize Number of coordinates in the basis.
 */
export function clusterSizes(data: Shape, k: number, sketchSize: number): ClusterSizes {
  const narrow = data.rows.dense > 0 && data.d <= NARROW;
  const { n, d } = data;
  const partitions = countPartitions(n, d, k);
  const partitionRows = Math.ceil(n / partitions);
  const groups = narrow ? 0 : countGroups(data, k);
  const pairs = !groups && sketchSize === 0 && pays(data, k);
  const width = widthOf(k, pairs);
  const ranks = data.rows.dense > 0 && d <= RANKED.columns && sketchSize === 0 && !pairs;
  // Of ranked rows, hardly any products are kept, but those of the few that fill no tile take longer.
  const wide = groups
    ? rowsOf(CHUNK_VALUES, d, 512)
    : rowsOf(ranks ? Infinity : CHUNK_PRODUCTS, width, 256);
  const chunk = narrow ? NARROW_TILE : wide;
  const perRow = narrow ? NARROW_ROW : groups ? GROUP_ROW : 12 + 8 * width;
  // Where rounding could decide, a row is multiplied by all centroids.
  const oneRow = groups ? 16 * width : 0;
  const packed = pairs
    ? 16 * width + 4 * Math.max(2 * width, PACKED_ROWS * Math.min(512, d + 3))
    : 0;
  const ranked = 8 * chunk + 4 * width +
    16 * RANKED.rows * Math.ceil(Math.min(d, RANKED.columns) / 4);
  const scratch = Math.max(chunk * perRow + oneRow + packed, ranked, screenScratchBytes(d));
  return {
    ...{ partitions, places: placesOf(k), partitionRows, chunk, groups, pairs },
    screened: (groups > 0 || pairs) && data.rows.dense > 0 && isWorthScreening(n, d),
    bounded: true,
    chunks: partitions * Math.ceil(partitionRows / chunk),
    recordBytes: narrow ? 0 : recordSize(TAIL + (sketchSize > 0 || pairs ? sketchSize + width : 0)),
    scratchBytes: 64 * Math.ceil(scratch / 64) + 64,
  };
}

/** Returns the sizes for a single step. */
export function sizesOnce(data: Shape, k: number): ClusterSizes {
  const { n, d, rows } = data;
  if (rows.dense && d <= NARROW) return { ...clusterSizes(data, k, 0), bounded: false };
  const partitions = countPartitions(n, d, k);
  const partitionRows = Math.ceil(n / partitions);
  const pairs = isTiled(data, k);
  const width = widthOf(k, pairs);
  const chunk = rowsOf(Math.max(CHUNK_PRODUCTS, PACKED_ROWS * width), width, 256);
  return {
    ...{ partitions, places: placesOf(k), partitionRows, chunk, groups: 0, pairs },
    ...{ screened: false, bounded: false },
    ...{ chunks: partitions * Math.ceil(partitionRows / chunk), recordBytes: 0 },
    scratchBytes: scratchOnce(data, width, chunk),
  };
}

/** Returns true if rows are multiplied by k centroids in tiles, which have 8 columns. */
export function isTiled({ rows }: Pick<Shape, "rows">, k: number): boolean {
  return rows.dense > 0 && k >= 8;
}

/** Returns the bytes of scratch memory per thread for products of `chunk` rows, see `kernels/lloyd/once.ts`. */
export function scratchOnce({ d }: Pick<Shape, "d">, width: number, chunk: number): number {
  const numbers = chunk + (chunk + 4) * width + PACKED_ROWS * Math.min(512, d + 3);
  return 64 * Math.ceil(numbers / 16) + 64;
}

/**
 * Returns the number of row ranges with their own sums: enough for threads of which one is slower or comes
 * late, and a function of the shape alone.
 */
function countPartitions(n: number, d: number, k: number): number {
  const inCache = Math.floor(2 ** 17 / (k * d));
  // Beyond, to add up sums would take long beside a pass over the rows.
  const affordable = Math.floor(n / (4 * k));
  return Math.max(1, Math.min(16, Math.max(4, inCache, affordable), Math.ceil(n / 256)));
}

function placesOf(k: number): number {
  return Math.ceil(k / LINES) * LINES;
}

/** Returns the number of groups of centroids that have bounds: 0 where a pass over all costs less. */
function countGroups({ n }: Shape, k: number): number {
  const groups = Math.ceil(k / GROUP);
  return k >= GROUPED && n * groups <= MOST_BOUNDS ? groups : 0;
}

/** Returns true if bounds of pairs of rows and centroids are worth their time and memory. */
function pays({ n, d, rows }: Shape, k: number): boolean {
  return rows.dense > 0 && k >= PAIRED.k && d >= PAIRED.d && n * k <= MOST_BOUNDS;
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
