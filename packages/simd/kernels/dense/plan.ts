// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// What the host tells a dense job once: numbers of 32 bits at an address, mirrored by
// operations/dense/plan.ts. A link is a dense layer, or two that are folded into one because nothing
// but a product lies between them.

/** Bytes from one link to the next. */
export const LINK_BYTES: usize = 80;
/** Offset of the links in the plan. */
const LINKS: usize = 128;

/** Returns a field of the plan. */
@inline
export function field(plan: usize, index: i32): usize {
  return load<u32>(plan + (<usize> index << 2));
}

/** Returns the address of a link. */
@inline
export function link(plan: usize, index: i32): usize {
  return plan + LINKS + <usize> index * LINK_BYTES;
}

// Fields of the plan.
/** Number of links. */
export const LINK_COUNT: i32 = 0;
/** Number of columns of the data. */
export const INPUTS: i32 = 1;
/** Number of classes. */
export const CLASSES: i32 = 2;
/** Bytes of a sparse entry: 4 (index × 256 + byte) or 8 (index, float32). */
export const ENTRY_BYTES: i32 = 3;
/** Factor that bytes are multiplied by, a float32; float32 entries are already scaled. */
export const SCALE: i32 = 4;
/** [n + 1] where the entries of each row start. */
export const STARTS: i32 = 5;
/** [n][blocks − 1] entries before each block of columns. */
export const SPLITS: i32 = 6;
/** The entries. */
export const ENTRIES: i32 = 7;
/** [n] labels. */
export const LABELS: i32 = 8;
/** [batch] rows of the batch. */
export const ROWS: i32 = 9;
/** [batch] pairs for the loss: log-sum argument and linear part. */
export const LOSSES: i32 = 10;
/** [batch][padded units] gradient before the first activation. */
export const FIRST_GRADIENT: i32 = 11;
/** A block's share of the gradients of all links, bytes apart. */
export const PARTIALS: i32 = 12;
export const PARTIAL_BYTES: i32 = 13;
/** A thread's scratch, bytes apart. */
export const SCRATCH: i32 = 14;
export const SCRATCH_BYTES: i32 = 15;
/** [blocks + 1] first column of each block of columns. */
export const COLUMN_BLOCKS: i32 = 16;
/** Number of blocks of columns. */
export const COLUMN_BLOCK_COUNT: i32 = 17;
/** Zeros, as many as the widest row. */
export const ZEROS: i32 = 18;
/** The layers' parameters, mean and squared gradients: [inputs + 1][padded units] each, bias last, or as WEIGHTS. */
export const LAYERS: i32 = 19;

/** [batch] the entries of the batch's rows, bytes apart: copied, since rows far apart are slow to get. */
export const BATCH_ENTRIES: i32 = 20;
export const BATCH_ENTRIES_BYTES: i32 = 21;
/** [blocks + 1][batch] places in a row's entries where each block of columns starts, bytes apart. */
export const BATCH_SPLITS: i32 = 22;
export const BATCH_SPLITS_BYTES: i32 = 23;
/** Panels of FIRST_GRADIENT, one for each tile of pairs; 0 in a network without wide layers. */
export const FIRST_PANELS: i32 = 24;
/** [n] where the forward pass keeps the number of the highest output of each row; 0 if it does not. */
export const HIGHEST: i32 = 25;

// Fields of a link.
/** Inputs, and vectors of outputs. */
export const IN: i32 = 0;
export const OUT: i32 = 1;
export const OUT_VECTORS: i32 = 2;
export const IN_VECTORS: i32 = 3;
/** 0 linear, 1 relu, 2 silu. */
export const ACTIVATION: i32 = 4;
/**
 * [inputs + 1][padded outputs], bias last; of a later link of a network with wide layers panels, as of matmul.ts, then
 * the bias.
 */
export const WEIGHTS: i32 = 5;
/** Panels of [outputs][padded inputs], without bias; 0 where nothing goes back, and in a network with wide layers. */
export const TRANSPOSED: i32 = 6;
/** Places in a thread's scratch: outputs, derivative of the activation, gradient before it. */
export const OUTPUTS_AT: i32 = 7;
export const DERIVATIVES_AT: i32 = 8;
export const GRADIENTS_AT: i32 = 9;
/** Place in a block's partial gradients. */
export const PARTIAL_AT: i32 = 10;
/** Address of the sum of the partial gradients, [inputs + 1][padded outputs]; 0 in a network with wide layers. */
export const GRADIENT: i32 = 11;
/** First layer of the link, and how many it has (1 or 2). */
export const FIRST_LAYER: i32 = 12;
export const LAYER_COUNT: i32 = 13;
/** [outputs][padded middle] the second layer's kernel transposed, if there are two. */
export const SECOND_TRANSPOSED: i32 = 14;
/** Address at which the forward pass keeps the outputs, 0 if it does not. */
export const KEPT: i32 = 15;
/** Panels of the weights, without bias; 0 where rows are not taken four at a time, or the weights are panels. */
export const PANELS: i32 = 16;
/** Panels, as of matmul.ts, of the gradients of all rows; 0 in a network without wide layers. */
export const GRADIENT_PANELS: i32 = 17;

// Fields of a layer: parameters, Adam's mean and squared gradient, rows (inputs + 1), vectors per row.
export const LAYER_BYTES: usize = 32;
export const PARAMETERS: i32 = 0;
export const MEANS: i32 = 1;
export const SQUARES: i32 = 2;
export const LAYER_ROWS: i32 = 3;
export const LAYER_VECTORS: i32 = 4;
