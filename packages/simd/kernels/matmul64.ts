// @ts-nocheck AssemblyScript
// C = A B in float64 on packed panels, as matmul.ts does it in float32: B in panels of 4 columns, A in
// panels of 5 rows, ten accumulators. Where a panel of B ends in zeros, as those of triangles do, its
// last steps are left out.
import { finishTile } from "./shared/finish_tile.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/product_tile64.ts";
import { packFourColumns, packFiveRows, stepsToLastValue } from "./shared/pack64.ts";
import { packCentred } from "./shared/pack_centred64.ts";

export { tile };

/** Number of rows of a tile. */
const MR: i32 = 5;
/** Number of columns of a tile. */
const NR: i32 = 4;
/** Number of bytes in front of a thread's packed rows: a tile. */
const TILE_BYTES: usize = 192;

/**
 * Packs B, one panel per block. Arguments: b, bytes from column to column, bytes from step to step,
 * packed, ends, k, n. `packed` is [panels][k rounded up to 2][4]; `ends` are the numbers of steps
 * of each panel.
 */
export function packRight(thread: i32, args: usize): void {
  const columnStride = argument<usize>(args, 1);
  const k = argument<i32>(args, 5);
  const n = argument<i32>(args, 6);
  const panels = (n + NR - 1) / NR;
  for (let panel = nextBlock(thread); panel < panels; panel = nextBlock(thread)) {
    const first = panel * NR;
    const source = argument<usize>(args, 0) + <usize> first * columnStride;
    const target = argument<usize>(args, 3) + <usize> panel * panelBytes(k);
    packFourColumns(
      source,
      columnStride,
      argument<usize>(args, 2),
      target,
      k,
      min(NR, n - first),
    );
    store<i32>(argument<usize>(args, 4) + (<usize> panel << 2), stepsToLastValue(target, k));
  }
}

// @ts-ignore: decorator
@inline
function panelBytes(k: i32): usize {
  return <usize> ((k + 1) & ~1) * NR * 8;
}

/**
 * Computes one block of C: `rowBlock` rows by `panelBlock` panels, over all of k in steps of
 * `depth`, which is even. Arguments: a, bytes from row to row, bytes from step to step, packed b,
 * ends, c, m, n, k, depth, rowBlock, panelBlock, 1 if only the lower triangle is needed, scratch,
 * scratch bytes per thread, 1 to add to the numbers in C, kind of a (0 for float32, 1 for float64, 2 for bytes,
 * each less a number per step; -1 for float64 as it is), what is subtracted (k float64).
 */
export function multiply(thread: i32, args: usize): void {
  const m = argument<i32>(args, 6);
  const n = argument<i32>(args, 7);
  const rowBlock = argument<i32>(args, 10);
  const panelBlock = argument<i32>(args, 11);
  const lower = argument<i32>(args, 12);
  const scratch = argument<usize>(args, 13) + <usize> thread * argument<usize>(args, 14);
  const rowBlocks = (m + rowBlock - 1) / rowBlock;
  const panels = (n + NR - 1) / NR;
  const blocks = rowBlocks * ((panels + panelBlock - 1) / panelBlock);
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    // The last rows first: of a triangle they are the longest, and no thread should begin one when the others are done.
    const firstRow = (rowBlocks - 1 - block % rowBlocks) * rowBlock;
    const firstPanel = block / rowBlocks * panelBlock;
    const rows = min(rowBlock, m - firstRow);
    let end = min(firstPanel + panelBlock, panels);
    if (lower) end = min(end, (firstRow + rows + NR - 1) / NR);
    if (firstPanel < end) multiplyBlock(args, firstRow, rows, firstPanel, end, scratch);
  }
}

export function multiplyBlock(
  args: usize,
  firstRow: i32,
  rows: i32,
  firstPanel: i32,
  endPanel: i32,
  scratch: usize,
): void {
  const rowStride = argument<usize>(args, 1);
  const stepStride = argument<usize>(args, 2);
  const k = argument<i32>(args, 8);
  const depth = argument<i32>(args, 9);
  const kind = argument<i32>(args, 16);
  const a = argument<usize>(args, 0) + <usize> firstRow * rowStride;
  const packedLeft = scratch + TILE_BYTES;
  for (let start = 0; start < k; start += depth) {
    const length = min(depth, k - start);
    const from = a + <usize> start * stepStride;
    const less = argument<usize>(args, 17) + (<usize> start << 3);
    if (kind < 0) packFiveRows(from, rowStride, stepStride, packedLeft, length, rows);
    else if (kind === 0) packCentred<f32>(from, rowStride, less, packedLeft, length, rows);
    else if (kind === 1) packCentred<f64>(from, rowStride, less, packedLeft, length, rows);
    else packCentred<u8>(from, rowStride, less, packedLeft, length, rows);
    for (let panel = firstPanel; panel < endPanel; panel++) {
      multiplyPanel(args, firstRow, rows, panel, start, length, scratch);
    }
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
): void {
  const end = load<i32>(argument<usize>(args, 4) + (<usize> panel << 2));
  const accumulate = start > 0 || argument<i32>(args, 15) ? 1 : 0;
  if (accumulate && end <= start) return;
  const n = argument<i32>(args, 7);
  const pairs = (min(length, max(0, end - start)) + 1) >> 1;
  const right = argument<usize>(args, 3) + <usize> panel * panelBytes(argument<i32>(args, 8)) +
    <usize> start * NR * 8;
  const columns = min(NR, n - panel * NR);
  const rowBytes = <usize> n << 3;
  const panelOfLeft = <usize> ((length + 1) >> 1) * (MR * 16);
  let left = scratch + TILE_BYTES;
  let c = argument<usize>(args, 5) + <usize> firstRow * rowBytes + (<usize> panel * NR << 3);
  for (let row = 0; row < rows; row += MR) {
    if (columns === NR && row + MR <= rows) {
      tile(left, right, pairs, c, rowBytes, accumulate);
    } else {
      tile(left, right, pairs, scratch, NR * 8, 0);
      finishTile<f64>(scratch, NR, c, rowBytes, min(MR, rows - row), columns, accumulate);
    }
    left += panelOfLeft;
    c += MR * rowBytes;
  }
}
