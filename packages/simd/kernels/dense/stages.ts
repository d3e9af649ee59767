// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// The stages of a step of a network with wide layers. Between them, matmul.ts multiplies whole matrices,
// so outputs and gradients of all rows of the batch are kept: places in scratch are addresses here.
import { argument, nextBlock } from "../shared/job.ts";
import { WIDEST, WIDEST_FOUR, WIDEST_PAIR } from "../generated/dense_tiles.ts";
import { lossRow, multiplyByDerivatives } from "./backward.ts";
import { activateRange, firstTile } from "./forward.ts";
import { fetchRow } from "./lists.ts";
import {
  BATCH_ENTRIES, BATCH_ENTRIES_BYTES, BATCH_SPLITS, BATCH_SPLITS_BYTES, COLUMN_BLOCK_COUNT, DERIVATIVES_AT, field, FIRST_PANELS, GRADIENTS_AT,
  IN, INPUTS, LABELS, link, LINK_COUNT, LOSSES, OUT_VECTORS, OUTPUTS_AT, PANELS, ROWS, WEIGHTS,
} from "./plan.ts";
import { packPanels, tileWidth } from "./row.ts";

/** Number of rows in a block of products, and in one of anything else. */
const BLOCK: i32 = 256;
const FEW: i32 = 8;

/**
 * Packs the weights of a link into panels, some rows per block. Arguments: plan, link, rows of a block, blocks, 1 for
 * the panels of a network with wide layers.
 */
export function packLink(thread: i32, args: usize): void {
  const here = link(argument<usize>(args, 0), argument<i32>(args, 1));
  const size = argument<i32>(args, 2);
  const blocks = argument<i32>(args, 3);
  const widest = argument<i32>(args, 4) ? WIDEST : WIDEST_FOUR;
  const vectors = <i32> field(here, OUT_VECTORS);
  const inputs = <i32> field(here, IN);
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    const start = block * size;
    const weights = field(here, WEIGHTS) + (<usize> start * vectors << 4);
    packPanels(weights, vectors, widest, min(size, inputs - start), field(here, PANELS), inputs, start);
  }
}

/** Fetches the entries of the rows of a batch. Arguments: plan, rows. */
export function fetchRows(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  for (let start = nextBlock(thread) * FEW; start < rows; start = nextBlock(thread) * FEW) {
    const end = min(start + FEW, rows);
    for (let i = start; i < end; i++) fetchRow(plan, i);
  }
}

/** Computes the sums of the first link, some rows of a tile of columns per block. Arguments: plan, rows. */
export function firstSums(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const first = link(plan, 0);
  const vectors = <i32> field(first, OUT_VECTORS);
  const stride = <usize> vectors << 4;
  const panels = field(first, PANELS);
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
    firstTile(plan, out, panels + field(plan, INPUTS) * at, <u32> width << 4, entries, apart, ends + (<usize> start << 2), min(BLOCK, rows - start), done, width);
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
    if (here == link(plan, 0)) {
      const vectors = <i32> field(here, OUT_VECTORS);
      packPanels(gradient + from, vectors, WIDEST_PAIR, count, field(plan, FIRST_PANELS), rows, start);
    }
  }
}
