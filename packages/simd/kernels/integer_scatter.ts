// @ts-nocheck AssemblyScript
// C = Xᵀ X of 16-bit integers, below the diagonal, as matmul.ts multiplies in float32. Rows of X are taken
// two at a time: a lane holds the numbers of both, and the sum of their products is one instruction.
import { finishTile } from "./shared/finish_tile.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/product_tile_pairs.ts";

export { tile };

/** Number of rows of a tile: columns of X. */
const MR: i32 = 5;
/** Number of columns of a tile: columns of X, too. */
const NR: i32 = 8;
/** Number of bytes in front of a thread's packed columns: a tile. */
const TILE_BYTES: usize = 192;

/**
 * Packs X, one panel of 8 columns per block. Arguments: x, rows n, columns d, packed. `packed` is
 * [panels][pairs of rows, rounded up to 4][8], zero outside X.
 */
export function packRight(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const n = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const panels = (d + NR - 1) / NR;
  const steps = stepsOf(n);
  for (let panel = nextBlock(thread); panel < panels; panel = nextBlock(thread)) {
    const columns = min(NR, d - panel * NR);
    let from = x + (<usize> panel * NR << 1);
    let to = argument<usize>(args, 3) + <usize> panel * <usize> steps * (NR * 4);
    for (let step = 0; step < steps; step++) {
      if (columns === NR && 2 * step + 1 < n) {
        const even = v128.load(from);
        const odd = v128.load(from + (<usize> d << 1));
        v128.store(to, v128.shuffle<i16>(even, odd, 0, 8, 1, 9, 2, 10, 3, 11));
        v128.store(to, v128.shuffle<i16>(even, odd, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      } else {
        packPairs(from, d, n - 2 * step, columns, to, NR);
      }
      from += <usize> d << 2;
      to += NR * 4;
    }
  }
}

/** Number of pairs of n rows, rounded up to groups of 4. */
// @ts-ignore: decorator
@inline
function stepsOf(n: i32): i32 {
  return (((n + 1) >> 1) + 3) & ~3;
}

/** Stores the pairs of some columns, zero from row `rows` and column `columns` on. */
export function packPairs(
  from: usize,
  d: i32,
  rows: i32,
  columns: i32,
  to: usize,
  width: i32,
): void {
  for (let column = 0; column < width; column++) {
    let pair: u32 = 0;
    if (column < columns) {
      const at = from + (<usize> column << 1);
      if (rows > 0) pair = load<u16>(at);
      if (rows > 1) pair |= <u32> load<u16>(at + (<usize> d << 1)) << 16;
    }
    store<u32>(to + (<usize> column << 2), pair);
  }
}

/**
 * Computes one block of C: `rowBlock` of its rows, over all rows of X in steps of `depth` pairs, a multiple
 * of XX
 */
export function multiply(thread: i32, args: usize): void {
  const d = argument<i32>(args, 2);
  const rowBlock = argument<i32>(args, 6);
  const scratch = argument<usize>(args, 7) + <usize> thread * argument<usize>(args, 8);
  const blocks = (d + rowBlock - 1) / rowBlock;
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    // The longest rows first, so that no thread begins one when the others are done.
    const first = (blocks - 1 - block) * rowBlock;
    multiplyBlock(args, first, min(rowBlock, d - first), scratch);
  }
}

export function multiplyBlock(args: usize, firstRow: i32, rows: i32, scratch: usize): void {
  const steps = stepsOf(argument<i32>(args, 1));
  const depth = argument<i32>(args, 5);
  const panels = (firstRow + rows + NR - 1) / NR;
  for (let start = 0; start < steps; start += depth) {
    const length = min(depth, steps - start);
    for (let row = 0; row < rows; row += MR) {
      const to = scratch + TILE_BYTES + <usize> row * <usize> length * 4;
      packLeft(args, firstRow + row, min(MR, rows - row), start, length, to);
    }
    for (let panel = 0; panel < panels; panel++) {
      multiplyPanel(args, firstRow, rows, panel, start, length, scratch);
    }
  }
}

/** Packs up to 5 columns of X as `tile` reads them. */
export function packLeft(
  args: usize,
  first: i32,
  columns: i32,
  start: i32,
  length: i32,
  to: usize,
): void {
  const n = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const rowBytes = <usize> d << 1;
  let from = argument<usize>(args, 0) + <usize> (2 * start) * rowBytes + (<usize> first << 1);
  for (let step = start; step < start + length; step += 4) {
    for (let own = 0; own < 4; own++) {
      const rows = n - 2 * (step + own);
      if (columns === MR && rows > 1) {
        const even = v128.load64_zero(from);
        const odd = v128.load64_zero(from + rowBytes);
        v128.store(to + (own << 4), v128.shuffle<i16>(even, odd, 0, 8, 1, 9, 2, 10, 3, 11));
      } else {
        packPairs(from, d, rows, columns, to + (own << 4), 4);
      }
      packPairs(from + 8, d, rows, columns - 4, to + 64 + (own << 2), 1);
      from += rowBytes << 1;
    }
    to += MR * 16;
  }
}

/** Computes all tiles of a row block with one panel, which stays in the first-level cache. */
export function multiplyPanel(
  args: usize,
  firstRow: i32,
  rows: i32,
  panel: i32,
  start: i32,
  length: i32,
  scratch: usize,
): void {
  const d = argument<i32>(args, 2);
  const right = argument<usize>(args, 3) +
    (<usize> panel * <usize> stepsOf(argument<i32>(args, 1)) + <usize> start) * (NR * 4);
  const columns = min(NR, d - panel * NR);
  const rowBytes = <usize> d << 2;
  const accumulate = start > 0 || argument<i32>(args, 9) ? 1 : 0;
  let left = scratch + TILE_BYTES;
  let c = argument<usize>(args, 4) + <usize> firstRow * rowBytes + (<usize> panel * NR << 2);
  for (let row = 0; row < rows; row += MR) {
    if (columns === NR && row + MR <= rows) {
      tile(left, right, length >> 2, c, rowBytes, accumulate);
    } else {
      tile(left, right, length >> 2, scratch, NR * 4, 0);
      finishTile<i32>(scratch, NR, c, rowBytes, min(MR, rows - row), columns, accumulate);
    }
    left += <usize> length * (MR * 4);
    c += MR * rowBytes;
  }
}
