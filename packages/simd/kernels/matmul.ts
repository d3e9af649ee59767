// @ts-nocheck AssemblyScript
// C = A B on packed panels: B in panels of 8 columns, A in panels of 5 rows.
//
// The 5 × 8 tile keeps ten accumulators in registers and needs three loads for ten multiply-adds.
// Loads are what to save: engines without a trap handler (Deno) check the bounds of each one.
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/product_tile32.ts";
import { activate } from "./shared/activation.ts";
import { packRange, packRows, packRowsTransposed, packTurned } from "./shared/pack.ts";

export { tile };

/** Number of rows of a tile. */
const MR: i32 = 5;
/** Number of columns of a tile. */
const NR: i32 = 8;

/** Number of panels that are packed together: each row of B is then read by whole cache lines. */
const TOGETHER: i32 = 4;

/**
 * Packs B, four panels per block. Arguments: b, row stride in bytes, packed, k, n, and 0 if b is B, 1 if it is the
 * transpose, 2 if it is the panels of the transpose. `packed` is [panels][k rounded up to 4][8], zero outside B.
 */
export function packRight(thread: i32, args: usize): void {
  const b = argument<usize>(args, 0);
  const stride = argument<usize>(args, 1);
  const packed = argument<usize>(args, 2);
  const k = argument<i32>(args, 3);
  const n = argument<i32>(args, 4);
  const transposed = argument<i32>(args, 5);
  const panels = (n + NR - 1) / NR;
  const panelBytes = <usize> ((k + 3) & ~3) * NR * 4;
  for (let at = nextBlock(thread) * TOGETHER; at < panels; at = nextBlock(thread) * TOGETHER) {
    const end = min(at + TOGETHER, panels);
    const target = packed + <usize> at * panelBytes;
    if (transposed === 2) {
      const first = at * NR;
      packTurned(b, <usize> n * NR * 4, target, panelBytes, 0, k, first, min(end * NR, n) - first);
    } else {
      packRange(b, stride, target, panelBytes, k, n, at, end, transposed);
    }
  }
}

/**
 * Computes one block of C: `rowBlock` rows by `panelBlock` panels, over all of k in steps of
 * `depth`. Arguments: a, row stride of a, transposed, packed b, c, m, n, k, depth, rowBlock,
 * panelBlock, bias (or 0), activation, scratch, scratch bytes per thread, 1 if scratch has room for
 * the rows of a block over all of k, which are then packed once for all panels that a thread takes, and 1 if
 * packed b are the panels of its transpose: those of b are then made at the end of scratch, four at a time.
 */
export function multiply(thread: i32, args: usize): void {
  const m = argument<i32>(args, 5);
  const n = argument<i32>(args, 6);
  const rowBlock = argument<i32>(args, 9);
  const panelBlock = argument<i32>(args, 10);
  const scratch = argument<usize>(args, 13) + <usize> thread * argument<usize>(args, 14);
  const whole = argument<i32>(args, 15);
  const rowBlocks = (m + rowBlock - 1) / rowBlock;
  const panels = (n + NR - 1) / NR;
  const panelBlocks = (panels + panelBlock - 1) / panelBlock;
  const blocks = rowBlocks * panelBlocks;
  let packed = -1;
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    const firstRow = block / panelBlocks * rowBlock;
    const firstPanel = block % panelBlocks * panelBlock;
    const rows = min(rowBlock, m - firstRow);
    const endPanel = min(firstPanel + panelBlock, panels);
    multiplyBlock(args, firstRow, rows, firstPanel, endPanel, scratch, firstRow === packed);
    if (whole) packed = firstRow;
  }
}

export function multiplyBlock(
  args: usize,
  firstRow: i32,
  rows: i32,
  firstPanel: i32,
  endPanel: i32,
  scratch: usize,
  packed: bool,
): void {
  const k = argument<i32>(args, 7);
  const depth = argument<i32>(args, 8);
  const whole = argument<i32>(args, 15);
  const rowBytes = <usize> (rows + MR - 1) / MR * (MR << 2);
  let packedLeft = scratch + MR * NR * 4 + 96;
  for (let start = 0; start < k; start += depth) {
    const length = min(depth, k - start);
    if (!packed) packLeft(args, firstRow, rows, start, length, packedLeft);
    for (let panel = firstPanel; panel < endPanel; panel += TOGETHER) {
      const end = min(panel + TOGETHER, endPanel);
      multiplyPanels(args, firstRow, rows, panel, end, start, length, scratch, packedLeft);
    }
    if (whole) packedLeft += rowBytes * length;
  }
}

/** Packs rows of A over some steps of k. */
function packLeft(
  args: usize,
  firstRow: i32,
  rows: i32,
  start: i32,
  length: i32,
  packed: usize,
): void {
  const a = argument<usize>(args, 0);
  const stride = argument<usize>(args, 1);
  const transposed = argument<i32>(args, 2);
  if (transposed) {
    packRowsTransposed(a + start * stride + (firstRow << 2), stride, packed, length, rows);
  } else {
    packRows(a + firstRow * stride + (start << 2), stride, packed, length, rows);
  }
}

/** Computes all tiles of a row block with some panels of B, which may have to be made from its transpose. */
function multiplyPanels(
  args: usize,
  firstRow: i32,
  rows: i32,
  panel: i32,
  end: i32,
  start: i32,
  length: i32,
  scratch: usize,
  packedLeft: usize,
): void {
  const k = argument<i32>(args, 7);
  const n = argument<i32>(args, 6);
  let right = argument<usize>(args, 3);
  let panelBytes = <usize> ((k + 3) & ~3) * NR * 4;
  if (argument<i32>(args, 16)) {
    panelBytes = <usize> argument<i32>(args, 8) * NR * 4;
    const turned = scratch + argument<usize>(args, 14) - TOGETHER * panelBytes;
    const first = panel * NR;
    packTurned(right, <usize> n * NR * 4, turned, panelBytes, start, length, first, min(end * NR, n) - first);
    right = turned;
  } else {
    right += <usize> panel * panelBytes + start * NR * 4;
  }
  for (; panel < end; panel++, right += panelBytes) {
    multiplyPanel(args, firstRow, rows, panel, start, length, scratch, packedLeft, right);
  }
}

/** Computes all tiles of a row block with one panel of B, which stays in the first-level cache. */
export function multiplyPanel(
  args: usize,
  firstRow: i32,
  rows: i32,
  panel: i32,
  start: i32,
  length: i32,
  scratch: usize,
  packedLeft: usize,
  right: usize,
): void {
  const k = argument<i32>(args, 7);
  const n = argument<i32>(args, 6);
  const steps = (length + 3) >> 2;
  const firstColumn = panel * NR;
  const columns = min(NR, n - firstColumn);
  const bias = argument<usize>(args, 11);
  const activation = start + length === k ? argument<i32>(args, 12) : -1;
  const rowBytes = <usize> n << 2;
  const plain = columns === NR && activation <= 0 && (activation < 0 || !bias);
  let c = argument<usize>(args, 4) + firstRow * rowBytes + (firstColumn << 2);
  for (let row = 0; row < rows; row += MR) {
    if (plain && row + MR <= rows) {
      tile(packedLeft, right, steps, c, rowBytes, start);
    } else {
      tile(packedLeft, right, steps, scratch, NR * 4, 0);
      const biasAt = bias ? bias + (firstColumn << 2) : 0;
      finish(scratch, c, rowBytes, min(MR, rows - row), columns, start, biasAt, activation);
    }
    packedLeft += steps * (MR * 16);
    c += MR * rowBytes;
  }
}

/**
 * Adds a tile to C (or writes it, in the first step of k); in the last step (`activation` is not
 * negative) adds the bias and applies the activation.
 */
export function finish(
  tile: usize,
  c: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  start: i32,
  bias: usize,
  activation: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let left = f32x4.splat(0), right = left;
    left = v128.load(tile);
    right = v128.load(tile, 16);
    if (columns < NR) {
      finishNarrow(tile, c, columns, start, bias, activation);
    } else {
      if (start) {
        left = f32x4.add(left, v128.load(c));
        right = f32x4.add(right, v128.load(c, 16));
      }
      if (activation >= 0) {
        if (bias) {
          left = f32x4.add(left, v128.load(bias));
          right = f32x4.add(right, v128.load(bias, 16));
        }
        if (activation > 0) {
          left = activate(left, activation);
          right = activate(right, activation);
        }
      }
      v128.store(c, left);
      v128.store(c, right, 16);
    }
    tile += NR * 4;
    c += rowBytes;
  }
}

function finishNarrow(
  tile: usize,
  c: usize,
  columns: i32,
  start: i32,
  bias: usize,
  activation: i32,
): void {
  for (let column = 0; column < columns; column++) {
    let value = load<f32>(tile);
    if (start) value += load<f32>(c);
    if (activation >= 0) {
      if (bias) value += load<f32>(bias + (column << 2));
      if (activation > 0) value = f32x4.extract_lane(activate(f32x4.splat(value), activation), 0);
    }
    store<f32>(c, value);
    tile += 4;
    c += 4;
  }
}
