// @ts-nocheck AssemblyScript
// The arguments of every k-means job, read once a job into globals. `operations/lloyd/frame.ts`
// lists the same names in the same order.
import { argument } from "../shared/job.ts";

// The data.
/** Number of rows and of columns. */
export let n: i32 = 0;
export let d: i32 = 0;
/**
 * Sparse 8-bit rows: the address of each row, and its number of entries (a multiple of 4); 0 if
 * rows are dense.
 */
export let rowAddresses: usize = 0;
export let rowLengths: usize = 0;
/** Dense float32 rows that products are computed from, or 0. */
export let dense: usize = 0;
/** Dense values as given, float32 or float64 (`originalWide`); 0 if rows are sparse. */
export let original: usize = 0;
export let originalWide: i32 = 0;
/** One float64 weight per row, or 0. */
export let weights: usize = 0;
/**
 * One float32 per row each: |x − mean|², an upper bound of |x| + |mean|, and one of |x − mean|
 * outside the sketch.
 */
export let squares: usize = 0;
export let radii: usize = 0;
export let residuals: usize = 0;
/** Coordinates of x − mean in the basis, n × sketchSize float32. */
export let sketch: usize = 0;
export let sketchSize: i32 = 0;
/** sketchSize × d float32, with rows orthonormal to rounding; d float64. */
export let basis: usize = 0;
export let mean: usize = 0;
export let scale: f64 = 1;

// The model.
export let k: i32 = 0;
/** k rounded up to a multiple of 4. */
export let width: i32 = 0;
/** k × d float64 as given, and those of the previous step. */
export let centroids: usize = 0;
export let former: usize = 0;
/** Centred centroids and their coordinates in the basis, in panels. */
export let panels: usize = 0;
export let sketchPanels: usize = 0;
/** 1 if few centroids are measured one by one, and the k × d float32 centred centroids for that. */
export let pairwise: i32 = 0;
export let narrow: usize = 0;
/**
 * 16 bytes per row if `pairwise`: Drake's bound for all centroids except the own and the
 * second-nearest (float32), radius and square as in the tail of a record, and the second-nearest
 * centroid (int32).
 */
export let drakeBounds: usize = 0;
/**
 * Nearest other centroids of each centroid by distance, as float32 and index (int32); their number
 * per centroid.
 */
export let neighbors: usize = 0;
export let neighborCount: i32 = 0;
/** One float32 per centroid each: |c|² (huge for one that is out of play), mean · c. */
export let bias: usize = 0;
export let shift: usize = 0;
/**
 * Float32, references × width: an upper bound of the drift of each centroid, outside the sketch,
 * since that reference.
 */
export let residualDrifts: usize = 0;
/**
 * One float32 per centroid: the total drift since the start of the centroid plus the fastest other
 * one.
 */
export let totalDrift: usize = 0;
/** Largest entry of `totalDrift`. */
export let largestDrift: f32 = 0;
/** Reference of this step; references whose residual centroids are kept; those centroids. */
export let now: i32 = 0;
export let kept: usize = 0;
export let keptCount: i32 = 0;
/**
 * Eight float64 per centroid: drift², |c|², mean · c, two terms of the inertia, and |c|² as given.
 */
export let facts: usize = 0;
/** Rounding errors of scores are at most slope × radius + offset. */
export let slope: f32 = 0;
export let offset: f32 = 0;
/**
 * Rounding errors of scores straight from the data are at most sharpness × terms × radius + offset.
 */
export let sharpness: f32 = 0;
/** Origin of the computation of the inertia, d float64. */
export let origin: usize = 0;
/** Rounding errors of squares are at most squareSlope × radius². */
export let squareSlope: f32 = 0;

// The state.
export let labels: usize = 0;
/** One float32 per row: Hamerly's bound, the total drift up to which its label is certain. */
export let hamerlyBound: usize = 0;
/**
 * One record per row, so that all data of a row are adjacent: `sketchSize` coordinates, `width`
 * residual products, then the four numbers below.
 */
export let records: usize = 0;
export let recordBytes: i32 = 0;
/**
 * Float64 partitions × k × d, partitions × k; members as int32 and a flag per cluster, likewise.
 */
export let partialSums: usize = 0;
export let partialCounts: usize = 0;
export let members: usize = 0;
export let dirty: usize = 0;
/** One int32 per partition. */
export let changed: usize = 0;
export let partitions: i32 = 0;
export let partitionRows: i32 = 0;
/** Float64 k × d, k. */
export let sums: usize = 0;
export let counts: usize = 0;
/** 1 if there are no labels yet. */
export let fresh: i32 = 0;
/** 1 if Hamerly's bounds are void, 2 if references are void too. */
export let voidBounds: i32 = 0;
export let scratch: usize = 0;
export let scratchBytes: i32 = 0;
export let chunk: i32 = 0;
export let statistics: usize = 0;
/** One float64 per row. */
export let distances: usize = 0;

/** Offsets in the tail of a record: residual, radius, square (float32); the reference (int32) at which
 * the residual products were computed. */
export const RADIUS: usize = 4;
export const SQUARE: usize = 8;
export const REFERENCE: usize = 12;
/** Offset of the index of the second-nearest centroid in Drake's bounds. */
export const SECOND_NEAREST: usize = 12;

/** Returns the address of the record of row i. */
// @ts-ignore: decorator
@inline
export function recordOf(i: i32): usize {
  return records + <usize> i * <usize> recordBytes;
}

/** Returns the address of the tail of a record. */
// @ts-ignore: decorator
@inline
export function tailOf(record: usize): usize {
  return record + (<usize> recordBytes - 16);
}

/** Returns the address of Drake's bounds of row i. */
// @ts-ignore: decorator
@inline
export function drakeBoundsOf(i: i32): usize {
  return drakeBounds + (<usize> i << 4);
}

export function loadFrame(args: usize): void {
  n = argument<i32>(args, 0);
  d = argument<i32>(args, 1);
  rowAddresses = argument<usize>(args, 2);
  rowLengths = argument<usize>(args, 3);
  dense = argument<usize>(args, 4);
  original = argument<usize>(args, 5);
  originalWide = argument<i32>(args, 6);
  weights = argument<usize>(args, 7);
  squares = argument<usize>(args, 8);
  radii = argument<usize>(args, 9);
  residuals = argument<usize>(args, 10);
  sketch = argument<usize>(args, 11);
  sketchSize = argument<i32>(args, 12);
  basis = argument<usize>(args, 13);
  mean = argument<usize>(args, 14);
  scale = argument<f64>(args, 15);
  k = argument<i32>(args, 16);
  width = argument<i32>(args, 17);
  centroids = argument<usize>(args, 18);
  former = argument<usize>(args, 19);
  panels = argument<usize>(args, 20);
  sketchPanels = argument<usize>(args, 21);
  bias = argument<usize>(args, 22);
  shift = argument<usize>(args, 23);
  residualDrifts = argument<usize>(args, 24);
  totalDrift = argument<usize>(args, 25);
  now = argument<i32>(args, 26);
  kept = argument<usize>(args, 27);
  keptCount = argument<i32>(args, 28);
  facts = argument<usize>(args, 29);
  slope = argument<f32>(args, 30);
  offset = argument<f32>(args, 31);
  labels = argument<usize>(args, 32);
  hamerlyBound = argument<usize>(args, 33);
  records = argument<usize>(args, 34);
  recordBytes = argument<i32>(args, 35);
  partialSums = argument<usize>(args, 36);
  partialCounts = argument<usize>(args, 37);
  members = argument<usize>(args, 38);
  dirty = argument<usize>(args, 39);
  changed = argument<usize>(args, 40);
  partitions = argument<i32>(args, 41);
  partitionRows = argument<i32>(args, 42);
  sums = argument<usize>(args, 43);
  counts = argument<usize>(args, 44);
  fresh = argument<i32>(args, 45);
  voidBounds = argument<i32>(args, 46);
  scratch = argument<usize>(args, 47);
  scratchBytes = argument<i32>(args, 48);
  chunk = argument<i32>(args, 49);
  statistics = argument<usize>(args, 50);
  squareSlope = argument<f32>(args, 51);
  origin = argument<usize>(args, 52);
  distances = argument<usize>(args, 53);
  sharpness = argument<f32>(args, 54);
  pairwise = argument<i32>(args, 55);
  narrow = argument<usize>(args, 56);
  drakeBounds = argument<usize>(args, 57);
  largestDrift = argument<f32>(args, 58);
  neighbors = argument<usize>(args, 59);
  neighborCount = argument<i32>(args, 60);
}
