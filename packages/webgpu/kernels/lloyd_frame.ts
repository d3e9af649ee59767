/** WGSL of the uniforms that the kernels of Lloyd's algorithm share; see `LloydBuffers` for their values. */
export const lloydFrame = `
struct Frame {
  rows: u32,      // rows of this part of the data
  quads: u32,     // groups of 16 bytes of a row
  columns: u32,
  clusters: u32,
  firstTile: u32, // groups of clusters that a pass takes: a thread holds the scores of one at a time
  lastTile: u32,  // the one after the last
  step: u32,      // index of the step in the batch
  before: u32,    // where the labels of the step before begin
  now: u32,       // where those of this step begin
  counters: u32,  // where the counters of this part in this step begin
  parts: u32,     // parts of the data
  history: u32,   // where the sums of this step are kept
  fraction: i32,  // bits after the point of sums
  slope: f32,     // bounds of rounding errors of scores
  offset: f32,
  drift: f32,     // how far a centroid may lie from the host's
  error: f32,     // by how much a difference of coordinates may err, in units of the fixed point
  unit: f32,      // unit of the fixed point of centroids
  roots: f32,     // square root of the number of columns
  tile: u32,      // clusters of a tile
}`;

/** Bytes of the frame. */
export const FRAME_BYTES = 80;

/** Counters of a part in a step, from `counters` on. */
export const MOVED = 0;
export const CONTESTED = 1;
export const UNDECIDED = 2;
/**
 * First word of the list of undecided rows, up to {@linkcode LISTED} of them, each of {@linkcode OPEN_WORDS}: the row, its
 * label in the step before, and that which is likely.
 */
export const LIST = 3;
/** Rows that may be undecided before the device waits for the host. */
export const LISTED = 61;
export const OPEN_WORDS = 3;
export const COUNTERS = LIST + OPEN_WORDS * LISTED;

/** Bits after the point of centroids in fixed point, which leave room for four times the extent of the data. */
export const FRACTION = { bytes: 21, floats: 28 } as const;
