// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// The stages of a step of a network with wide layers. Between them, matmul.ts multiplies whole matrices,
// so outputs and gradients of all rows of the batch are kept: places in scratch are addresses here.
import { argument, nextBlock } from "../shared/job.ts";
import { WIDEST, WIDEST_PAIR } from "../generated/dense_tiles.ts";
import { lossRow, multiplyByDerivatives, sumRows } from "./backward.ts";
import { activateRange, firstTile } from "./forward.ts";
import { fetchRow } from "./lists.ts";
import {
  BATCH_ENTRIES, BATCH_ENTRIES_BYTES, BATCH_SPLITS, BATCH_SPLITS_BYTES, COLUMN_BLOCK_COUNT, DERIVATIVES_AT, field, FIRST_LAYER, FIRST_PANELS, GRADIENT, GRADIENTS_AT, IN,
  INPUTS, LABELS, LAYER_BYTES, LAYERS, link, LINK_COUNT, LOSSES, MEANS, OUT_VECTORS, OUTPUTS_AT, PARAMETERS, ROWS, SCRATCH, SCRATCH_BYTES, SQUARES, WEIGHTS,
} from "./plan.ts";
import { packPanel, tileWidth } from "./row.ts";
import { adam } from "./update.ts";

/** Number of rows in a block of products, and in one of anything else. */
const BLOCK: i32 = 256;
const FEW: i32 = 8;
/** Number of rows of a layer's weights in a block of an update. */
const WEIGHT_ROWS: i32 = 32;

/** Fetches the entries of the rows of a batch. Arguments: plan, rows. */
export function fetchRows(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  for (let start = nextBlock(thread) * FEW; start < rows; start = nextBlock(thread) * FEW) {
    const end = min(start + FEW, rows);
    for (let i = start; i < end; i++) fetchRow(plan, i);
  }
}

/**
 * Computes the sums of the first link, some rows of a tile of columns per block, whose weights are copied to be
 * near each other. Arguments: plan, rows.
 */
export function firstSums(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const first = link(plan, 0);
  const vectors = <i32> field(first, OUT_VECTORS);
  const stride = <usize> vectors << 4;
  const scratch = field(plan, SCRATCH) + <usize> thread * field(plan, SCRATCH_BYTES);
  const rowBlocks = (rows + BLOCK - 1) / BLOCK;
  const tiles = (vectors + WIDEST - 1) / WIDEST;
  const apart = field(plan, BATCH_ENTRIES_BYTES);
  const ends = field(plan, BATCH_SPLITS) + field(plan, COLUMN_BLOCK_COUNT) * field(plan, BATCH_SPLITS_BYTES);
  for (let block = nextBlock(thread); block < rowBlocks * tiles; block = nextBlock(thread)) {
    const start = block % rowBlocks * BLOCK;
    let done = 0;
    let width = tileWidth(vectors, 0, WIDEST);
    for (let before = block / rowBlocks; before > 0; before--) {
      done += width;
      width = tileWidth(vectors, done, WIDEST);
    }
    const at = <usize> done << 4;
    const out = field(first, OUTPUTS_AT) + <usize> start * stride + at;
    const entries = field(plan, BATCH_ENTRIES) + <usize> start * apart;
    packPanel(field(first, WEIGHTS) + at, stride, width, <i32> field(plan, INPUTS), scratch);
    firstTile(plan, out, scratch, <u32> width << 4, entries, apart, ends + (<usize> start << 2), min(BLOCK, rows - start), done, width);
  }
}

/** Applies the activation of a link. Arguments: plan, rows, link. */
export function activate(thread: i32, args: usize): void {
  const here = link(argument<usize>(args, 0), argument<i32>(args, 2));
  const rows = argument<i32>(args, 1);
  const stride = field(here, OUT_VECTORS) << 4;
  for (let start = nextBlock(thread) * FEW; start < rows; start = nextBlock(thread) * FEW) {
    activateRange(here, 0, <usize> start * stride, <usize> min(start + FEW, rows) * stride, true);
  }
}

/** Computes the losses of rows, and their gradients. Arguments: plan, rows, label smoothing, 1/rows. */
export function lossRows(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const last = link(plan, <i32> field(plan, LINK_COUNT) - 1);
  const vectors = <i32> field(last, OUT_VECTORS);
  for (let start = nextBlock(thread) * FEW; start < rows; start = nextBlock(thread) * FEW) {
    const end = min(start + FEW, rows);
    for (let i = start; i < end; i++) {
      const row = load<u32>(field(plan, ROWS) + (<usize> i << 2));
      const label = load<i32>(field(plan, LABELS) + (<usize> row << 2));
      const at = <usize> i * <usize> (vectors << 4);
      const loss = field(plan, LOSSES) + (<usize> i << 3);
      lossRow(plan, vectors, field(last, OUTPUTS_AT) + at, field(last, GRADIENTS_AT) + at, label, argument<f32>(args, 2), argument<f32>(args, 3), loss);
    }
  }
}

/**
 * Turns the gradient of a link's outputs into that of its sums, and copies that of the first link into panels.
 * Arguments: plan, rows, link.
 */
export function backThroughActivation(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const here = link(plan, argument<i32>(args, 2));
  const rows = argument<i32>(args, 1);
  const stride = field(here, OUT_VECTORS) << 4;
  for (let start = nextBlock(thread) * FEW; start < rows; start = nextBlock(thread) * FEW) {
    const from = <usize> start * stride;
    const gradient = field(here, GRADIENTS_AT);
    const count = min(FEW, rows - start);
    const end = gradient + from + <usize> count * stride;
    multiplyByDerivatives(here, gradient + from, end, field(here, OUTPUTS_AT) + from, field(here, DERIVATIVES_AT) + from);
    if (here == link(plan, 0)) packFirst(plan, gradient + from, stride, start, count, rows);
  }
}

/** Copies `count` rows of the first gradient, from `start` on, into its panels of `rows` rows. */
export function packFirst(plan: usize, from: usize, stride: usize, start: i32, count: i32, rows: i32): void {
  const vectors = <i32> (stride >> 4);
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST_PAIR);
    const at = <usize> done << 4;
    packPanel(from + at, stride, width, count, field(plan, FIRST_PANELS) + <usize> rows * at + <usize> start * (<usize> width << 4));
    done += width;
  }
}

/** Updates one block: the first layer's bias, or some rows of a later layer, of which the last is the bias. */
export function updateRows(plan: usize, args: usize, block: i32, rows: i32): void {
  if (block == 0) {
    const first = link(plan, 0);
    const inputs = <i32> field(plan, INPUTS);
    return updateRange(plan, args, first, inputs, inputs, rows);
  }
  let left = block - 1;
  for (let g = 1;; g++) {
    const here = link(plan, g);
    const inputs = <i32> field(here, IN);
    const parts = (inputs + WEIGHT_ROWS) / WEIGHT_ROWS;
    if (left < parts) {
      const from = left * WEIGHT_ROWS;
      return updateRange(plan, args, here, from, min(from + WEIGHT_ROWS - 1, inputs), rows);
    }
    left -= parts;
  }
}

/** Updates the rows from `from` to `last` of a link's weights; the gradient of the first link has its bias alone. */
function updateRange(plan: usize, args: usize, here: usize, from: i32, last: i32, rows: i32): void {
  const inputs = <i32> field(here, IN);
  const stride = field(here, OUT_VECTORS) << 4;
  const isFirst = here == link(plan, 0);
  const gradient = field(here, GRADIENT) + (isFirst ? 0 : <usize> from * stride);
  if (last == inputs) {
    const bias = gradient + <usize> (last - from) * stride;
    sumRows(bias, field(here, GRADIENTS_AT), <i32> field(here, OUT_VECTORS), rows);
  }
  const layer = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
  const at = <usize> from * stride;
  adam(field(layer, PARAMETERS) + at, field(layer, MEANS) + at, field(layer, SQUARES) + at, gradient, <usize> (last - from + 1) * stride, args);
}
