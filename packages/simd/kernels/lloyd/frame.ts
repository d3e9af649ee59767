// @ts-nocheck AssemblyScript
// The arguments of every k-means job, read once a job into globals. `operations/lloyd/frame.ts`
// lists the same names in the same order.
import { argument } from "../shared/job.ts";

// The data.
/** Rows, columns. */
export let n: i32 = 0;
export let d: i32 = 0;
/** Sparse 8-bit rows: an address a row, and its number of entries (a multiple of 4); or 0. */
export let rowAddresses: usize = 0;
export let rowLengths: usize = 0;
/** Dense float32 rows the products are made of, or 0. */
export let dense: usize = 0;
/** The values as given, dense: float32 or float64 (`originalWide`), or 0 if sparse. */
export let original: usize = 0;
export let originalWide: i32 = 0;
/** A float64 weight a row, or 0. */
export let weights: usize = 0;
/** Float32 a row: |x − mean|², an upper bound of |x| + |mean|, one of |x − mean| outside the sketch. */
export let squares: usize = 0;
export let radii: usize = 0;
export let residuals: usize = 0;
/** Coordinates of x − mean in the basis, n × sketchSize float32. */
export let sketch: usize = 0;
export let sketchSize: i32 = 0;
/** sketchSize × d float32, orthonormal rows but for rounding; d float64. */
export let basis: usize = 0;
export let mean: usize = 0;
export let scale: f64 = 1;

// The model.
export let k: i32 = 0;
/** k rounded up to a multiple of 4. */
export let width: i32 = 0;
/** k × d float64 as given, and those of the step before. */
export let centroids: usize = 0;
export let former: usize = 0;
/** Centred centroids and their coordinates in the basis, in panels. */
export let panels: usize = 0;
export let sketchPanels: usize = 0;
/** Whether few centroids are measured one by one, and k × d float32 centred centroids for it. */
export let pairwise: i32 = 0;
export let narrow: usize = 0;
/**
 * Where it is so, 16 bytes a row: the leeway of all but its rival and the own (float32), radius and square as in
 * the tail of a record, and the rival (int32).
 */
export let rivals: usize = 0;
/** A centroid's nearest others by distance, float32 and index (int32); how many. */
export let neighbors: usize = 0;
export let neighborCount: i32 = 0;
/** Float32 a centroid: |c|² (huge for one out of play), mean · c. */
export let bias: usize = 0;
export let shift: usize = 0;
/** Float32 reference × width: how far each centroid is, outside the sketch, from where it was. */
export let strays: usize = 0;
/** Float32 a centroid: the distance it and the swiftest other went since the start. */
export let travelled: usize = 0;
/** The largest of them. */
export let farthest: f32 = 0;
/** The reference of this step; references whose residual centroids are kept; those centroids. */
export let now: i32 = 0;
export let kept: usize = 0;
export let keptCount: i32 = 0;
/** Float64, 8 a centroid: drift², |c|², mean · c, and two terms of the inertia. */
export let facts: usize = 0;
/** Rounding errors of scores: slope × radius + offset. */
export let slope: f32 = 0;
export let offset: f32 = 0;
/** Those of scores straight from the data: sharpness × terms × radius + offset. */
export let sharpness: f32 = 0;
/** d float64 that the inertia is reckoned from. */
export let origin: usize = 0;
/** The same of squares: squareSlope × radius². */
export let squareSlope: f32 = 0;

// The state.
export let labels: usize = 0;
/** Float32 a row: the distance centroids may travel before its label is in doubt. */
export let leeway: usize = 0;
/**
 * A record a row, so that what is read of a row lies together: `sketchSize` coordinates, `width`
 * residual products, then the four numbers below.
 */
export let records: usize = 0;
export let recordBytes: i32 = 0;
/** Float64 partitions × k × d, partitions × k; members as int32 and a flag a cluster, likewise. */
export let partialSums: usize = 0;
export let partialCounts: usize = 0;
export let members: usize = 0;
export let dirty: usize = 0;
/** Int32 a partition. */
export let changed: usize = 0;
export let partitions: i32 = 0;
export let partitionRows: i32 = 0;
/** Float64 k × d, k. */
export let sums: usize = 0;
export let counts: usize = 0;
/** 1: no labels yet. */
export let fresh: i32 = 0;
/** 1: leeways are void; 2: so are references. */
export let doubt: i32 = 0;
export let scratch: usize = 0;
export let scratchBytes: i32 = 0;
export let chunk: i32 = 0;
export let statistics: usize = 0;
/** Float64 a row. */
export let distances: usize = 0;

/** Offsets in the tail of a record: residual, radius, square (float32); the reference (int32) at which
 * the residual products were computed. */
export const RADIUS: usize = 4;
export const SQUARE: usize = 8;
export const REFERENCE: usize = 12;
/** Offset of the rival. */
export const RIVAL: usize = 12;

/** The record of row i. */
// @ts-ignore: decorator
@inline
export function recordOf(i: i32): usize {
  return records + <usize> i * <usize> recordBytes;
}

/** The tail of a record. */
// @ts-ignore: decorator
@inline
export function tailOf(record: usize): usize {
  return record + (<usize> recordBytes - 16);
}

/** What contests need of row i. */
// @ts-ignore: decorator
@inline
export function sideOf(i: i32): usize {
  return rivals + (<usize> i << 4);
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
  strays = argument<usize>(args, 24);
  travelled = argument<usize>(args, 25);
  now = argument<i32>(args, 26);
  kept = argument<usize>(args, 27);
  keptCount = argument<i32>(args, 28);
  facts = argument<usize>(args, 29);
  slope = argument<f32>(args, 30);
  offset = argument<f32>(args, 31);
  labels = argument<usize>(args, 32);
  leeway = argument<usize>(args, 33);
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
  doubt = argument<i32>(args, 46);
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
  rivals = argument<usize>(args, 57);
  farthest = argument<f32>(args, 58);
  neighbors = argument<usize>(args, 59);
  neighborCount = argument<i32>(args, 60);
}
