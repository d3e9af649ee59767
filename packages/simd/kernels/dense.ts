// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// Training and running networks of dense layers. A step is two jobs: `passes` takes blocks of rows
// forward and back, `update` takes blocks of columns of the first layer, with Adam, and in its block 0
// all other layers. Sums over rows are made by block, and added in the order of the blocks.
import { inputGradient, lossRow, maskRange, scaleRange, sumRows, weightGradient } from "./dense/backward.ts";
import { countBytes, countFloats, packBytes, packFloats, spreadRows } from "./dense/entries.ts";
import { activateRange, firstLink, firstTile, laterLinks, linkRows, reluRange, siluRange } from "./dense/forward.ts";
import { fetchRow, listBytes, listColumns, listFloats } from "./dense/lists.ts";
import {
  BATCH_ENTRIES, BATCH_ENTRIES_BYTES, BATCH_SPLITS, BATCH_SPLITS_BYTES, COLUMN_BLOCK_COUNT, COLUMN_BLOCKS, ENTRIES, ENTRY_BYTES, field, FIRST_GRADIENT, FIRST_PANELS, GRADIENTS_AT, LABELS, LAYERS, link, LINK_COUNT,
  LOSSES, MEANS, OUT_VECTORS, OUTPUTS_AT, PARAMETERS, PARTIAL_AT, PARTIAL_BYTES, PARTIALS, ROWS, SCRATCH, SCRATCH_BYTES, SPLITS,
  SCALE, SQUARES, STARTS,
} from "./dense/plan.ts";
import { denseColumns, denseRow, denseRows, packedRows, packPanels, tileWidth } from "./dense/row.ts";
import { adam, addPartials, prepareLinks, updateLater } from "./dense/update.ts";
import { packFirst, updatePart } from "./dense/wide_update.ts";
import { BYTES_SLOT, FLOATS_SLOT, pairBytesTile, pairFloatsTile, WIDEST_PAIR } from "./generated/dense_tiles.ts";
import { tile } from "./generated/product_tile32.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { packRows, packRowsTransposed } from "./shared/pack.ts";

// Exported, so that each hot function is optimized as soon as it has been called often enough.
export {
  activateRange, adam, addPartials, countBytes, countFloats, denseColumns, denseRow, denseRows, firstLink, firstTile, inputGradient, laterLinks, linkRows,
  listBytes, listColumns, listFloats, lossRow, maskRange, packBytes, packFloats, packPanels, reluRange, scaleRange, siluRange, spreadRows, sumRows, packedRows, packRows, packRowsTransposed, tile, updateLater, updatePart, weightGradient,
};
export * from "./dense/run.ts";
export * from "./dense/stages.ts";
export * from "./generated/dense_tiles.ts";

/** Number of rows in a block. */
const BLOCK: i32 = 64;

/** Counts the entries of each row. Arguments: x, rows, columns, bytes per number, counts. */
export function count(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const columns = argument<i32>(args, 2);
  const size = argument<usize>(args, 3);
  const counts = argument<usize>(args, 4);
  for (let start = nextBlock(thread) * BLOCK; start < rows; start = nextBlock(thread) * BLOCK) {
    const end = min(start + BLOCK, rows);
    for (let i = start; i < end; i++) {
      const row = x + <usize> i * <usize> columns * size;
      store<i32>(counts + (<usize> i << 2), size == 1 ? countBytes(row, columns) : countFloats(row, columns));
    }
  }
}

/**
 * Packs rows into entries, and records where each block of columns starts. Arguments: x, rows,
 * columns, bytes per number, first row, plan, scale.
 */
export function pack(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const columns = argument<i32>(args, 2);
  const size = argument<usize>(args, 3);
  const first = argument<i32>(args, 4);
  const plan = argument<usize>(args, 5);
  const scale = argument<f32>(args, 6);
  const scratch = field(plan, SCRATCH) + <usize> thread * field(plan, SCRATCH_BYTES);
  const entryBytes = field(plan, ENTRY_BYTES);
  for (let start = nextBlock(thread) * BLOCK; start < rows; start = nextBlock(thread) * BLOCK) {
    const end = min(start + BLOCK, rows);
    for (let i = start; i < end; i++) {
      const row = x + <usize> i * <usize> columns * size;
      // Through scratch: the entry written past the end must not reach another thread's row.
      const stop = size == 1 ? packBytes(row, columns, scratch) : packFloats(row, columns, scale, scratch);
      const at = load<u32>(field(plan, STARTS) + (<usize> (first + i) << 2));
      memory.copy(field(plan, ENTRIES) + <usize> at * entryBytes, scratch, stop - scratch);
      noteSplits(plan, first + i, scratch, stop);
    }
  }
}

export function noteSplits(plan: usize, row: i32, entry: usize, end: usize): void {
  const blocks = <i32> field(plan, COLUMN_BLOCK_COUNT);
  const entryBytes = field(plan, ENTRY_BYTES);
  const shift = entryBytes == 4 ? 8 : 0;
  const start = entry;
  let split = field(plan, SPLITS) + <usize> row * <usize> (blocks - 1) * 4;
  for (let block = 1; block < blocks; block++) {
    const column = load<u32>(field(plan, COLUMN_BLOCKS) + (<usize> block << 2));
    while (entry < end && load<u32>(entry) >>> shift < column) entry += entryBytes;
    store<u32>(split, <u32> ((entry - start) / entryBytes));
    split += 4;
  }
}

/** Folds layers and packs weights. Arguments: plan. */
export function prepare(thread: i32, args: usize): void {
  if (nextBlock(thread) == 0) prepareLinks(argument<usize>(args, 0));
}

/**
 * Takes blocks of rows of a batch forward and back. Arguments: plan, rows, label smoothing, 1/rows, rows of a
 * block.
 */
export function passes(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const smoothing = argument<f32>(args, 2);
  const share = argument<f32>(args, 3);
  const blockRows = argument<i32>(args, 4);
  const scratch = field(plan, SCRATCH) + <usize> thread * field(plan, SCRATCH_BYTES);
  for (let block = nextBlock(thread); block * blockRows < rows; block = nextBlock(thread)) {
    const start = block * blockRows;
    const count = min(blockRows, rows - start);
    forwardBlock(plan, scratch, start, count);
    backwardBlock(plan, scratch, field(plan, PARTIALS) + <usize> block * field(plan, PARTIAL_BYTES), start, count, smoothing, share);
  }
}

export function forwardBlock(plan: usize, scratch: usize, start: i32, count: i32): void {
  for (let i = 0; i < count; i++) fetchRow(plan, start + i);
  const apart = field(plan, BATCH_ENTRIES_BYTES);
  const entries = field(plan, BATCH_ENTRIES) + <usize> start * apart;
  const ends = field(plan, BATCH_SPLITS) + field(plan, COLUMN_BLOCK_COUNT) * field(plan, BATCH_SPLITS_BYTES);
  firstLink(plan, scratch, entries, apart, ends + (<usize> start << 2), count, true);
  laterLinks(plan, scratch, count, true);
}

export function backwardBlock(plan: usize, scratch: usize, partial: usize, start: i32, count: i32, smoothing: f32, share: f32): void {
  const links = <i32> field(plan, LINK_COUNT);
  const last = link(plan, links - 1);
  let dz = gradientsOf(plan, links - 1, scratch, start);
  const vectors = <i32> field(last, OUT_VECTORS);
  const stride = <usize> vectors << 4;
  const z = scratch + field(last, OUTPUTS_AT);
  for (let i = 0; i < count; i++) {
    const row = load<u32>(field(plan, ROWS) + (<usize> (start + i) << 2));
    const label = load<i32>(field(plan, LABELS) + (<usize> row << 2));
    const at = <usize> i * stride;
    lossRow(plan, vectors, z + at, dz + at, label, smoothing, share, field(plan, LOSSES) + (<usize> (start + i) << 3));
  }
  for (let g = links - 1; g > 0; g--) {
    const here = link(plan, g);
    const before = link(plan, g - 1);
    const a = scratch + field(before, OUTPUTS_AT);
    weightGradient(plan, here, a, <u32> field(before, OUT_VECTORS) << 4, dz, partial, count);
    const below = gradientsOf(plan, g - 1, scratch, start);
    inputGradient(plan, here, before, scratch, dz, below, count);
    dz = below;
  }
  const first = link(plan, 0);
  sumRows(partial + field(first, PARTIAL_AT), dz, <i32> field(first, OUT_VECTORS), count);
}

/**
 * Returns the address of the gradient before a link's activation; that of the first link is where
 * `update` reads it.
 */
function gradientsOf(plan: usize, g: i32, scratch: usize, start: i32): usize {
  const here = link(plan, g);
  if (g > 0) return scratch + field(here, GRADIENTS_AT);
  return field(plan, FIRST_GRADIENT) + <usize> start * (field(here, OUT_VECTORS) << 4);
}

/**
 * Computes the gradients of the weights, and applies Adam. Arguments: plan, rows, number of blocks of weights of
 * later layers in a network with wide layers (0 in others), rows of a block in those others, 0, then Adam's.
 */
export function update(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const scratch = field(plan, SCRATCH) + <usize> thread * field(plan, SCRATCH_BYTES);
  const parts = argument<i32>(args, 2);
  const columnBlocks = <i32> field(plan, COLUMN_BLOCK_COUNT);
  const blocks = max(1, parts) + columnBlocks;
  let held = 0;
  // What takes longest comes first, so that threads end at about the same time.
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    if (parts) {
      if (block < columnBlocks) updateColumns(plan, args, scratch, block, rows);
      else held = updatePart(thread, plan, args, scratch, block, block - columnBlocks, rows, held);
      if (held < 0) return;
    } else if (block) updateColumns(plan, args, scratch, block - 1, rows);
    else updateLater(plan, args, (rows + argument<i32>(args, 3) - 1) / argument<i32>(args, 3));
  }
}

/** Updates the first layer's kernel for a block of columns of the data. */
export function updateColumns(plan: usize, args: usize, scratch: usize, block: i32, rows: i32): void {
  const from = field(plan, COLUMN_BLOCKS) + (<usize> block << 2);
  const first = load<u32>(from);
  const last = load<u32>(from, 4);
  const pairs = <i32> (last - first + 1) >> 1;
  const bytes = field(plan, ENTRY_BYTES) == 4;
  const vectors = <i32> field(link(plan, 0), OUT_VECTORS);
  const stride = <u32> vectors << 4;
  // Scratch: the end of each pair's list, each pair's two rows of the gradient, the lists. The 64 bytes
  // between lists keep them off the same cache lines.
  const ends = scratch;
  const gradients = ends + ((<usize> pairs * 4 + 63) & ~63);
  const lists = gradients + <usize> pairs * 2 * stride;
  const listSize = <usize> rows * (bytes ? BYTES_SLOT : FLOATS_SLOT) + 64;
  for (let j = 0; j < pairs; j++) store<u32>(ends + (<usize> j << 2), <u32> (lists + <usize> j * listSize));
  listColumns(plan, block, rows, ends - (<usize> (first >> 1) << 2));
  const layer = field(plan, LAYERS);
  const panels = field(plan, FIRST_PANELS);
  const scale = load<f32>(plan, SCALE << 2);
  // Wide rows tile by tile, so that a tile of them stays in the cache from pair to pair; of others a pair's list does.
  const together = panels ? pairs : 1;
  for (let start = 0; start < pairs; start += together) {
    for (let done = 0; done < vectors;) {
      const width = tileWidth(vectors, done, WIDEST_PAIR);
      const at = <usize> done << 4;
      const dz = panels ? panels + <usize> rows * at : field(plan, FIRST_GRADIENT) + at;
      const apart = panels ? <u32> width << 4 : stride;
      for (let j = start; j < start + together; j++) {
        const list = lists + <usize> j * listSize;
        const end = <usize> load<u32>(ends + (<usize> j << 2));
        const out = gradients + <usize> j * 2 * stride + at;
        if (bytes) pairBytesTile(width, out, stride, dz, apart, list, end, scale);
        else pairFloatsTile(width, out, stride, dz, apart, list, end, 1);
      }
      done += width;
    }
    for (let j = start; j < start + together; j++) {
      const column = first + 2 * <u32> j;
      const at = <usize> column * stride;
      const size = column + 1 < last ? 2 * stride : stride;
      adam(field(layer, PARAMETERS) + at, field(layer, MEANS) + at, field(layer, SQUARES) + at, gradients + <usize> j * 2 * stride, size, args);
    }
  }
  if (panels) packFirst(plan, first, last);
}
