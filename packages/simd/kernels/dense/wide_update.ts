// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// Updates of a network with wide layers, some rows of weights at a time. Their gradient, a product of outputs and
// gradients of all rows of the batch, is still in the cache when Adam reads it, and so are the new weights when they
// are packed for the products of the next step.
import { WIDEST } from "../generated/dense_tiles.ts";
import { tile } from "../generated/product_tile32.ts";
import { blockStart, leavesBlock } from "../shared/job.ts";
import { packRange, packRowsTransposed } from "../shared/pack.ts";
import { sumRows } from "./backward.ts";
import {
  field, FIRST_LAYER, GRADIENT, GRADIENT_PANELS, GRADIENTS_AT, IN, INPUTS, LAYER_BYTES, LAYERS, link, MEANS, OUT_VECTORS, OUTPUTS_AT, PANELS,
  PARAMETERS, SQUARES, TRANSPOSED, WEIGHTS,
} from "./plan.ts";
import { packPanels } from "./row.ts";
import { adam } from "./update.ts";

/** Number of rows of weights in a block: whole tiles, and whole panels of the transpose. */
const WEIGHT_ROWS: i32 = 40;
/** Number of rows of the batch that are multiplied at a time. */
const DEPTH: i32 = 1024;
/** Rows and columns of a tile. */
const TILE_ROWS: i32 = 5;
const TILE_COLUMNS: i32 = 8;

/**
 * Updates part `part` of the weights, block `block` of the job: the first layer's bias, or some rows of a later layer,
 * of which the last is the bias. Returns false if the caller is to come back for the rest.
 */
export function updateRows(thread: i32, plan: usize, args: usize, scratch: usize, block: i32, part: i32, rows: i32): bool {
  if (part == 0) {
    const first = link(plan, 0);
    const inputs = <i32> field(plan, INPUTS);
    sumRows(field(first, GRADIENT), field(first, GRADIENTS_AT), <i32> field(first, OUT_VECTORS), rows);
    adamOfRows(plan, args, first, inputs, 1, field(first, GRADIENT));
    return true;
  }
  let left = part - 1;
  for (let g = 1;; g++) {
    const here = link(plan, g);
    const inputs = <i32> field(here, IN);
    const parts = (inputs + WEIGHT_ROWS) / WEIGHT_ROWS;
    if (left >= parts) {
      left -= parts;
      continue;
    }
    const from = left * WEIGHT_ROWS;
    const count = min(WEIGHT_ROWS, inputs - from);
    const gradient = scratch + (WEIGHT_ROWS * DEPTH << 2);
    if (!multiplyRows(thread, block, link(plan, g - 1), here, from, count, rows, scratch, gradient)) return false;
    const withBias = count < WEIGHT_ROWS ? 1 : 0;
    const vectors = <i32> field(here, OUT_VECTORS);
    if (withBias) sumRows(gradient + (<usize> count * vectors << 4), field(here, GRADIENTS_AT), vectors, rows);
    adamOfRows(plan, args, here, from, count + withBias, gradient);
    if (count) packRows(plan, here, from, count);
    return true;
  }
}

/**
 * Computes the gradient of `count` rows of a link's weights: outputs of the link before, transposed, times gradients.
 * Goes from the last panel to the first: where that has but four columns, what its tiles write past the end of a row
 * is overwritten, or is 0 that is added.
 */
function multiplyRows(thread: i32, block: i32, before: usize, here: usize, from: i32, count: i32, rows: i32, packed: usize, gradient: usize): bool {
  const stride = <usize> field(here, OUT_VECTORS) << 4;
  const panels = (<i32> field(here, OUT_VECTORS) + 1) >> 1;
  const panelBytes = <usize> ((rows + 3) & ~3) << 5;
  const outputsStride = field(before, OUT_VECTORS) << 4;
  const outputs = field(before, OUTPUTS_AT) + (<usize> from << 2);
  const first = blockStart(thread, block, 0);
  for (let start = first; start < rows; start += DEPTH) {
    if (start > first && leavesBlock(thread, block, start)) return false;
    const depth = min(DEPTH, rows - start);
    const groups = (depth + 3) >> 2;
    packRowsTransposed(outputs + <usize> start * outputsStride, outputsStride, packed, depth, count);
    for (let panel = panels - 1; panel >= 0; panel--) {
      const right = field(here, GRADIENT_PANELS) + <usize> panel * panelBytes + (<usize> start << 5);
      let left = packed;
      let out = gradient + <usize> panel * (TILE_COLUMNS << 2);
      for (let row = 0; row < count; row += TILE_ROWS) {
        tile(left, right, groups, out, stride, start);
        left += <usize> groups * (TILE_ROWS << 4);
        out += TILE_ROWS * stride;
      }
    }
  }
  return true;
}

/** Applies Adam to `count` rows of the only layer of a link, the bias being the last row. */
function adamOfRows(plan: usize, args: usize, here: usize, from: i32, count: i32, gradient: usize): void {
  const layer = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
  const stride = field(here, OUT_VECTORS) << 4;
  const at = <usize> from * stride;
  adam(field(layer, PARAMETERS) + at, field(layer, MEANS) + at, field(layer, SQUARES) + at, gradient, <usize> count * stride, args);
}

/** Brings columns `from` to `end` of the data, rows of the first layer's weights, into the panels of its sums. */
export function packFirst(plan: usize, from: i32, end: i32): void {
  const first = link(plan, 0);
  const vectors = <i32> field(first, OUT_VECTORS);
  const weights = field(first, WEIGHTS) + (<usize> from * vectors << 4);
  packPanels(weights, vectors, WIDEST, end - from, field(first, PANELS), <i32> field(plan, INPUTS), from);
}

/** Brings `count` rows of weights into the panels of both products. */
function packRows(plan: usize, here: usize, from: i32, count: i32): void {
  const layer = field(plan, LAYERS) + field(here, FIRST_LAYER) * LAYER_BYTES;
  const w = field(layer, PARAMETERS);
  const inputs = <i32> field(here, IN);
  const outputs = <i32> field(here, OUT_VECTORS) << 2;
  const stride = <usize> outputs << 2;
  const panels = (outputs + TILE_COLUMNS - 1) / TILE_COLUMNS;
  packRange(w + <usize> from * stride, stride, field(here, PANELS) + (<usize> from << 5), <usize> inputs << 5, count, outputs, 0, panels, 0);
  const first = from / TILE_COLUMNS;
  const end = (from + count + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const panelBytes = <usize> outputs << 5;
  packRange(w, stride, field(here, TRANSPOSED) + <usize> first * panelBytes, panelBytes, outputs, inputs, first, end, 1);
}
