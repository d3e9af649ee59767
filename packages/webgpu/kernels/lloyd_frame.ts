/** WGSL of the uniforms that the kernels of Lloyd's algorithm share; see `LloydBuffers` for their values. */
export const lloydFrame = `
struct Frame {
  rows: u32,      // rows of this part of the data
  quads: u32,     // groups of 16 bytes of a row
  columns: u32,
  clusters: u32,
  tiles: u32,     // groups of clusters whose scores a thread holds at the same time
  step: u32,      // index of the step in the batch
  before: u32,    // where the labels of the step before begin
  now: u32,       // where those of this step begin
  counters: u32,  // where the counters of this part in this step begin
  parts: u32,     // parts of the data
  history: u32,   // where the sums of this step are kept
  shift: i32,     // bits between the fixed point of centroids and that of sums
  slope: f32,     // bounds of rounding errors of scores
  offset: f32,
  unit: f32,      // unit of the fixed point of centroids
  roots: f32,     // square root of the number of columns
  tile: u32,      // clusters of a tile
  spare0: u32,
  spare1: u32,
  spare2: u32,
}`;

/** Bytes of the frame. */
export const FRAME_BYTES = 80;

/** Counters of a part in a step, from `counters` on. */
export const MOVED = 0;
export const CONTESTED = 1;
export const UNDECIDED = 2;
export const COUNTERS = 3;

/** Bits after the point of centroids in fixed point, which leave room for four times the extent of the data. */
export const FRACTION = { bytes: 21, floats: 28 } as const;
