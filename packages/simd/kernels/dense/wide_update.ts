// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// Updates of a network with wide layers, some panels of weights at a time. Their gradient, a product of outputs and
// gradients of all rows of the batch, is still in the cache when Adam reads it. Weights lie in the panels that products
// multiply, so that nothing is packed for the next step.
import { WIDEST } from "../generated/dense_tiles.ts";
import { tile } from "../generated/product_tile32.ts";
import { blockStart, leavesBlock } from "../shared/job.ts";
import { packRowsTransposed } from "../shared/pack.ts";
import { sumRows } from "./backward.ts";
import {
  field, FIRST_LAYER, GRADIENT, GRADIENT_PANELS, GRADIENTS_AT, IN, INPUTS, LAYER_BYTES, LAYERS, link, MEANS, OUT_VECTORS, OUTPUTS_AT, PANELS,
  PARAMETERS, SQUARES, WEIGHTS,
} from "./plan.ts";
import { packPanels } from "./row.ts";
import { adam } from "./update.ts";

// A block is some panels where a thread can keep all outputs before them packed from block to block: what Adam reads then
// follows each other. Otherwise it is some rows of all panels, whose outputs are packed once.
/** Number of panels of weights in a block, or of rows: whole tiles. */
const TOGETHER: i32 = 4;
const WEIGHT_ROWS: i32 = 40;
/** Number of rows of the batch that are multiplied at a time, and most outputs that are kept packed. */
const DEPTH: i32 = 1024;
const PACKED: i32 = 1 << 18;
/** Rows of a tile, and bytes of a row of a panel. */
const TILE_ROWS: i32 = 5;
const PANEL_ROW: usize = 32;

/**
 * Updates part `part` of the weights, block `block` of the job: the first layer's bias, or some panels of a later layer.
 * Scratch holds the outputs before link `held`, packed, unless that is 0; returns the link of which it then does, or −1
 * if the caller is to come back for the rest.
 */
export function updatePart(thread: i32, plan: usize, args: usize, scratch: usize, block: i32, part: i32, rows: i32, held: i32): i32 {
  if (part == 0) {
    const first = link(plan, 0);
    const inputs = field(plan, INPUTS);
    sumRows(field(first, GRADIENT), field(first, GRADIENTS_AT), <i32> field(first, OUT_VECTORS), rows);
    const bytes = field(first, OUT_VECTORS) << 4;
    adamOf(plan, args, first, inputs * bytes, bytes, field(first, GRADIENT));
    return held;
  }
  let left = part - 1;
  for (let g = 1;; g++) {
    const here = link(plan, g);
    const inputs = <i32> field(here, IN);
    const panels = <i32> (field(here, OUT_VECTORS) + 1) >> 1;
    const isKept = keepsOutputs(inputs, rows);
    const parts = isKept ? (panels + TOGETHER - 1) / TOGETHER : (inputs + WEIGHT_ROWS - 1) / WEIGHT_ROWS;
    if (left >= parts) {
      left -= parts;
      continue;
    }
    const from = isKept ? 0 : left * WEIGHT_ROWS;
    const count = isKept ? inputs : min(WEIGHT_ROWS, inputs - from);
    const first = isKept ? left * TOGETHER : 0;
    const end = isKept ? min(first + TOGETHER, panels) : panels;
    const gradients = scratch + (PACKED << 2);
    if (!multiplyPanels(thread, block, link(plan, g - 1), here, from, count, first, end, rows, scratch, gradients, held == g)) return -1;
    updatePanels(plan, args, here, from, count, first, end, rows, gradients);
    return isKept ? g : 0;
  }
}

/** Returns true if all outputs of a link, its next one's inputs, are packed together. */
function keepsOutputs(inputs: i32, rows: i32): bool {
  return rows <= DEPTH && wholeTiles(inputs) * ((rows + 3) & ~3) <= PACKED;
}

function wholeTiles(rows: i32): i32 {
  return (rows + TILE_ROWS - 1) / TILE_ROWS * TILE_ROWS;
}

/**
 * Computes the gradients of `count` rows of panels `first` to `end` of a link's weights: outputs of the link before,
 * transposed, times gradients. `held` says that the outputs are packed.
 */
function multiplyPanels(
  thread: i32, block: i32, before: usize, here: usize, from: i32, count: i32, first: i32, end: i32, rows: i32, packed: usize, gradients: usize,
  held: bool,
): bool {
  const rightBytes = <usize> ((rows + 3) & ~3) * PANEL_ROW;
  const apart = <usize> wholeTiles(count) * PANEL_ROW;
  const stride = field(before, OUT_VECTORS) << 4;
  const outputs = field(before, OUTPUTS_AT) + (<usize> from << 2);
  const begin = blockStart(thread, block, 0);
  for (let start = begin; start < rows; start += DEPTH) {
    if (start > begin && leavesBlock(thread, block, start)) return false;
    const depth = min(DEPTH, rows - start);
    const groups = (depth + 3) >> 2;
    if (!held) packRowsTransposed(outputs + <usize> start * stride, stride, packed, depth, count);
    for (let panel = first; panel < end; panel++) {
      const right = field(here, GRADIENT_PANELS) + <usize> panel * rightBytes + <usize> start * PANEL_ROW;
      let out = gradients + <usize> (panel - first) * apart;
      let left = packed;
      for (let row = 0; row < count; row += TILE_ROWS) {
        tile(left, right, groups, out, PANEL_ROW, start);
        left += <usize> groups * (TILE_ROWS << 4);
        out += TILE_ROWS * PANEL_ROW;
      }
    }
  }
  return true;
}

/** Applies Adam to rows of panels of the weights of a link, and with the first rows to their part of the bias. */
function updatePanels(
  plan: usize, args: usize, here: usize, from: i32, count: i32, first: i32, end: i32, rows: i32, gradients: usize,
): void {
  const panelBytes = field(here, IN) * PANEL_ROW;
  const rightBytes = <usize> ((rows + 3) & ~3) * PANEL_ROW;
  const apart = <usize> wholeTiles(count) * PANEL_ROW;
  const bias = ((field(here, OUT_VECTORS) + 1) >> 1) * panelBytes;
  for (let panel = <usize> first; panel < <usize> end; panel++, gradients += apart) {
    adamOf(plan, args, here, panel * panelBytes + <usize> from * PANEL_ROW, <usize> count * PANEL_ROW, gradients);
    if (from) continue;
    sumRows(gradients, field(here, GRADIENT_PANELS) + panel * rightBytes, 2, rows);
    adamOf(plan, args, here, bias + panel * PANEL_ROW, PANEL_ROW, gradients);
  }
}

/** Applies Adam to `bytes` of the only layer of a link, from `at` on. */
function adamOf(plan: usize, args: usize, here: usize, at: usize, bytes: usize, gradient: usize): void {
  const layer = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
  adam(field(layer, PARAMETERS) + at, field(layer, MEANS) + at, field(layer, SQUARES) + at, gradient, bytes, args);
}

/** Brings columns `from` to `end` of the data, rows of the first layer's weights, into the panels of its sums. */
export function packFirst(plan: usize, from: i32, end: i32): void {
  const first = link(plan, 0);
  const vectors = <i32> field(first, OUT_VECTORS);
  const weights = field(first, WEIGHTS) + (<usize> from * vectors << 4);
  packPanels(weights, vectors, WIDEST, end - from, field(first, PANELS), <i32> field(plan, INPUTS), from);
}
