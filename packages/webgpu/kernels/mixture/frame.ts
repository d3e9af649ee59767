import type { BindingKind } from "../../gpu.ts";

/** Threads of a workgroup. */
export const THREADS = 64;
/** Rows that each thread scores at the same time, so that a factor is read once for all of them. */
export const ROWS_PER_THREAD = 4;
/** Rows of a block: a workgroup takes one after the other. */
export const BLOCK_ROWS = THREADS * ROWS_PER_THREAD;
/** Words of a mask with one bit per row of a block. */
export const MASK_WORDS = BLOCK_ROWS / 32;

/** Kind of the covariances that a kernel computes with. A number for all columns is a diagonal. */
export type FactorKind = "matrix" | "diagonal";
/** Kind of the numbers of rows: float32 where all of them are exact in it. */
export type RowNumbers = "f32" | "f64";

/** Kinds by which kernels of mixtures differ. */
export interface MixtureKernel {
  /** Kind of the covariances. */
  readonly factors: FactorKind;
  /** Kind of the numbers of rows. */
  readonly numbers: RowNumbers;
}

/** Bytes of the frame. */
export const FRAME_BYTES = 48;

/** Bindings of the kernels of mixtures, in the order of {@linkcode mixtureFrame}. */
export const mixtureBindings: readonly BindingKind[] = [
  ...["read", "read", "write", "write", "write", "read", "uniform"] as const,
];

/**
 * WGSL of the bindings that the kernels of mixtures share.
 *
 * Rows come in blocks, and in a block the first four columns of each row, then the next four: their
 * last column is 1, and 0 for rows that are left out. Each component has a constant, its mean and
 * the point that its moments are taken about, four columns to a vector; then come the factors.
 */
export function mixtureFrame({ numbers }: MixtureKernel): string {
  return `
struct Frame {
  first: u32,      // the first block
  blocks: u32,     // number of blocks
  share: u32,      // blocks of a workgroup
  components: u32,
  quads: u32,      // groups of four columns, with the column of ones
  inner: u32,      // groups of four columns, without it
  columns: u32,
  tasks: u32,      // groups of moments that a thread adds up
  factors: u32,    // where the factors begin
  stride: u32,     // vectors from the factors of a component to those of the next
  least: f32,      // logarithm of the least density, relative to the largest of a row, that counts
  before: u32,     // workgroups of the launches before this one
}
@group(0) @binding(0) var<storage, read> x: array<vec4<${numbers}>>;
@group(0) @binding(1) var<storage, read> terms: array<vec4<f64>>;
@group(0) @binding(2) var<storage, read_write> shares: array<f64>;
@group(0) @binding(3) var<storage, read_write> masks: array<atomic<u32>>;
@group(0) @binding(4) var<storage, read_write> found: array<vec4<f64>>;
@group(0) @binding(5) var<storage, read> given: array<f64>;
@group(0) @binding(6) var<uniform> frame: Frame;`;
}
