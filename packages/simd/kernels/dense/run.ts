// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
// Rows that only go forward, some tiles of columns of a link at a time: a block of rows through all of a wide
// network takes long, so the caller leaves it between tiles.
import { argument, blockStart, leavesBlock, nextBlock } from "../shared/job.ts";
import { packRows } from "../shared/pack.ts";
import { countBytes, countFloats, packBytes, packFloats, spreadRows } from "./entries.ts";
import { activateRest, activateRange, firstTile, leastOf } from "./forward.ts";
import {
  ENTRY_BYTES, field, HIGHEST, IN, INPUTS, KEPT, link, LINK_COUNT, OUT, OUT_VECTORS, OUTPUTS_AT, PANELS, SCALE, SCRATCH, SCRATCH_BYTES, WEIGHTS, ZEROS,
} from "./plan.ts";
import { packedRows, tileWidth } from "./row.ts";
import { WIDEST, WIDEST_FOUR } from "../generated/dense_tiles.ts";

/** Number of rows in a block, whole fives. */
const FORWARD_BLOCK: i32 = 60;
/** Number of rows that scratch has places for. */
const PLACES: usize = 64;
/** Share of numbers that are not zero from which rows go forward as they are. */
const DENSE: f32 = 0.5;
/** Products between two looks at whether to leave a block: about a millisecond. */
const PART: i32 = 1 << 23;

/**
 * Runs rows of data through the network. Arguments: plan, x, rows, columns, bytes per number,
 * scale, positions in scratch of the ends of a block's entries and of the entries, first row.
 */
export function forward(thread: i32, args: usize): void {
  const plan = argument<usize>(args, 0);
  const x = argument<usize>(args, 1);
  const rows = argument<i32>(args, 2);
  const columns = argument<i32>(args, 3);
  const size = argument<usize>(args, 4);
  const scratch = field(plan, SCRATCH) + <usize> thread * field(plan, SCRATCH_BYTES);
  const ends = scratch + argument<usize>(args, 6);
  const first = argument<i32>(args, 7);
  const links = <i32> field(plan, LINK_COUNT);
  const rowBlocks = (rows + FORWARD_BLOCK - 1) / FORWARD_BLOCK;
  for (let block = nextBlock(thread); block < rowBlocks; block = nextBlock(thread)) {
    const start = block * FORWARD_BLOCK;
    const count = min(FORWARD_BLOCK, rows - start);
    const from = x + <usize> start * <usize> columns * size;
    const begin = blockStart(thread, block, 0);
    // Places are counted in vectors of outputs of all links.
    let before = 0;
    for (let g = 0; g < links; g++) {
      const vectors = <i32> field(link(plan, g), OUT_VECTORS);
      if (begin < before + vectors) {
        const isLeft = g ? laterParts(thread, block, begin, before, plan, scratch, g, count, packedAt(plan, ends, columns))
          : firstParts(thread, block, begin, plan, args, scratch, ends, from, count);
        if (isLeft) return;
      }
      before += vectors;
    }
    keepOutputs(plan, scratch, first + start, count);
    if (field(plan, HIGHEST)) keepHighest(plan, scratch, first + start, count);
  }
}

/** Returns the bytes from the entries of one row to those of the next. */
function entriesApart(plan: usize, columns: i32): usize {
  return (<usize> (columns + 1) * field(plan, ENTRY_BYTES) + 63) & ~63;
}

/** Returns the address of packed rows, which come after the entries. */
function packedAt(plan: usize, ends: usize, columns: i32): usize {
  return ends + 4 * PLACES + PLACES * entriesApart(plan, columns);
}

/** Takes rows through the first link, from place `begin` on; returns true if the block was left in its midst. */
function firstParts(thread: i32, block: i32, begin: i32, plan: usize, args: usize, scratch: usize, ends: usize, from: usize, count: i32): bool {
  const columns = argument<i32>(args, 3);
  const size = argument<usize>(args, 4);
  const scale = argument<f32>(args, 5);
  const here = link(plan, 0);
  const entries = ends + 4 * PLACES;
  const apart = entriesApart(plan, columns);
  const packed = packedAt(plan, ends, columns);
  // Sums of all numbers have the order of those of entries, where what is left out adds 0, and so the same bits.
  if (isDense(from, count * columns, size)) {
    if (begin === 0) {
      const plain = size == 4 && scale == 1;
      if (!plain) spreadRows(from, count * columns, size, scale, entries);
      packRows(plain ? from : entries, <usize> columns << 2, packed, columns, count);
    }
    const byteScale = field(plan, ENTRY_BYTES) == 4 ? load<f32>(plan, SCALE << 2) : 1;
    return packedParts(thread, block, begin, 0, here, scratch, count, packed, field(plan, ZEROS), byteScale, biasOf(here));
  }
  for (let i = begin === 0 ? 0 : count; i < count; i++) {
    const row = from + <usize> i * <usize> columns * size;
    const to = entries + <usize> i * apart;
    const end = size == 1 ? packBytes(row, columns, to) : packFloats(row, columns, scale, to);
    store<u32>(ends + (<usize> i << 2), <u32> (end - to));
  }
  const vectors = <i32> field(here, OUT_VECTORS);
  const stride = <u32> vectors << 4;
  for (let done = begin; done < vectors;) {
    if (done > begin && leavesBlock(thread, block, done)) return true;
    for (let left = <i64> PART; left > 0 && done < vectors;) {
      const width = tileWidth(vectors, done, WIDEST);
      const at = <usize> done << 4;
      firstTile(plan, scratch + field(here, OUTPUTS_AT) + at, field(here, WEIGHTS) + at, stride, entries, apart, ends, count, done, width);
      done += width;
      left -= <i64> (4 * count * width) * columns;
    }
  }
  activateRange(here, scratch, 0, <usize> count * stride, false);
  return false;
}

/** Takes rows through a later link, of whose vectors `before` come in earlier ones, as {@link firstParts} does. */
function laterParts(thread: i32, block: i32, begin: i32, before: i32, plan: usize, scratch: usize, g: i32, count: i32, packed: usize): bool {
  if (begin < before && leavesBlock(thread, block, before)) return true;
  const last = link(plan, g - 1);
  const here = link(plan, g);
  if (begin <= before) packRows(scratch + field(last, OUTPUTS_AT), field(last, OUT_VECTORS) << 4, packed, <i32> field(here, IN), count);
  return packedParts(thread, block, begin, before, here, scratch, count, packed, biasOf(here), 1, field(plan, ZEROS));
}

/** Returns the address of the bias of a link. */
function biasOf(here: usize): usize {
  return field(here, WEIGHTS) + (field(here, IN) * field(here, OUT_VECTORS) << 4);
}

/** Takes packed rows through a link: `init`, `scale` and `more` as for packedRows. */
function packedParts(
  thread: i32, block: i32, begin: i32, before: i32, here: usize, scratch: usize, count: i32, packed: usize, init: usize, scale: f32, more: usize,
): bool {
  const vectors = <i32> field(here, OUT_VECTORS);
  const inputs = <i32> field(here, IN);
  const out = scratch + field(here, OUTPUTS_AT);
  const together = WIDEST_FOUR * max(1, PART / (4 * WIDEST_FOUR) / (count * inputs));
  const first = max(0, begin - before);
  for (let done = first; done < vectors; done += together) {
    if (done > first && leavesBlock(thread, block, before + done)) return true;
    const end = min(vectors, done + together);
    packedRows(vectors, done, end, out, init, field(here, PANELS), packed, inputs, count, scale, more, leastOf(here));
  }
  activateRest(here, scratch, count, false);
  return false;
}

/** Returns true if so many numbers are not zero that those are no faster without the others. */
export function isDense(x: usize, length: i32, size: usize): bool {
  const count = size == 1 ? countBytes(x, length) : countFloats(x, length);
  return <f32> count > DENSE * <f32> length;
}

/** Copies the outputs that are kept, without padding. */
export function keepOutputs(plan: usize, scratch: usize, start: i32, count: i32): void {
  const links = <i32> field(plan, LINK_COUNT);
  for (let g = 0; g < links; g++) {
    const here = link(plan, g);
    const kept = field(here, KEPT);
    if (kept == 0) continue;
    const bytes = field(here, OUT) << 2;
    const stride = field(here, OUT_VECTORS) << 4;
    const from = scratch + field(here, OUTPUTS_AT);
    for (let i = 0; i < count; i++) {
      memory.copy(kept + <usize> (start + i) * bytes, from + <usize> i * stride, bytes);
    }
  }
}

/** Keeps the number of the highest output of each row, the first one in case of a tie. */
export function keepHighest(plan: usize, scratch: usize, start: i32, count: i32): void {
  const last = link(plan, <i32> field(plan, LINK_COUNT) - 1);
  const units = <i32> field(last, OUT);
  const stride = field(last, OUT_VECTORS) << 4;
  const out = field(plan, HIGHEST) + (<usize> start << 2);
  let row = scratch + field(last, OUTPUTS_AT);
  for (let i = 0; i < count; i++, row += stride) {
    let most = load<f32>(row);
    let highest = 0;
    for (let j = 1; j < units; j++) {
      const value = load<f32>(row + (<usize> j << 2));
      const isHigher = value > most;
      highest = isHigher ? j : highest;
      most = isHigher ? value : most;
    }
    store<i32>(out + (<usize> i << 2), highest);
  }
}
