// @ts-nocheck AssemblyScript
// C = Xᵀ X of integers of 16 or 8 bits, below the diagonal, as matmul.ts multiplies in float32. Rows of X are
// taken two at a time, or four: a lane holds the numbers of all, and the sum of their products is one
// instruction. The numbers of 8 bits are 0 to 255; on the left, where they have a sign, they are less 128.
import { finishTile } from "./shared/finish_tile.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { addQuads } from "./shared/vector.ts";
import { tile as pairTile } from "./generated/product_tile_pairs.ts";
import { tile as quadTile } from "./generated/product_tile_quads.ts";

/** Number of rows of a tile: columns of X. */
const MR: i32 = 5;
/** Number of columns of a tile: columns of X, too. */
const NR: i32 = 8;
/** Number of bytes in front of a thread's packed columns: a tile. */
const TILE_BYTES: usize = 192;
/** The bit of a byte that makes it less 128, as one with a sign. */
const SIGN: i32 = 128;

/** Multiplies vectors of 8-bit integers, as the instruction for them does. Arguments: left, right, out. */
export function multiplyQuads(_thread: i32, args: usize): void {
  const left = v128.load(argument<usize>(args, 0));
  const right = v128.load(argument<usize>(args, 1));
  v128.store(argument<usize>(args, 2), addQuads(left, right, i32x4.splat(0)));
}

/**
 * Packs X, one panel of 8 columns per block. Arguments: x, rows n, columns d, packed, bytes of a number (2 or 1),
 * bits to flip in each byte. `packed` is [panels][steps, rounded up to 4][8], zero outside X.
 */
export function packRight(thread: i32, args: usize): void {
  const panels = (argument<i32>(args, 2) + NR - 1) / NR;
  const areBytes = argument<i32>(args, 4) === 1;
  for (let panel = nextBlock(thread); panel < panels; panel = nextBlock(thread)) {
    if (areBytes) packPanel<u8>(args, panel);
    else packPanel<i16>(args, panel);
  }
}

export function packPanel<T>(args: usize, panel: i32): void {
  const n = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const flips = argument<i32>(args, 5);
  const steps = stepsOf<T>(n);
  const rowBytes = <usize> d * sizeof<T>();
  const columns = min(NR, d - panel * NR);
  let from = argument<usize>(args, 0) + <usize> panel * NR * sizeof<T>();
  let to = argument<usize>(args, 3) + <usize> panel * <usize> steps * (NR * 4);
  for (let rows = n; rows > n - steps * perStep<T>(); rows -= perStep<T>()) {
    if (columns === NR && rows >= perStep<T>()) {
      v128.store(to, firstFour<T>(from, rowBytes, flips));
      v128.store(to, lastFour<T>(from, rowBytes, flips), 16);
    } else {
      packEdge<T>(from, rowBytes, rows, columns, to, NR, flips);
    }
    from += rowBytes * perStep<T>();
    to += NR * 4;
  }
}

/** Number of rows of a step. */
// @ts-ignore: decorator
@inline
function perStep<T>(): i32 {
  return 4 / sizeof<T>();
}

/** Number of steps of n rows, rounded up to groups of 4. */
// @ts-ignore: decorator
@inline
function stepsOf<T>(n: i32): i32 {
  return ((n + perStep<T>() - 1) / perStep<T>() + 3) & ~3;
}

/** The numbers of a step in the first four columns of eight. */
// @ts-ignore: decorator
@inline
function firstFour<T>(from: usize, rowBytes: usize, flips: i32): v128 {
  if (sizeof<T>() === 2) {
    const odd = v128.load(from + rowBytes);
    return v128.shuffle<i16>(v128.load(from), odd, 0, 8, 1, 9, 2, 10, 3, 11);
  }
  const even = alternate(from, rowBytes), odd = alternate(from + 2 * rowBytes, rowBytes);
  const four = v128.shuffle<i16>(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  return v128.xor(four, i8x16.splat(<i8> flips));
}

/** Those in the last four. */
// @ts-ignore: decorator
@inline
function lastFour<T>(from: usize, rowBytes: usize, flips: i32): v128 {
  if (sizeof<T>() === 2) {
    const odd = v128.load(from + rowBytes);
    return v128.shuffle<i16>(v128.load(from), odd, 4, 12, 5, 13, 6, 14, 7, 15);
  }
  const even = alternate(from, rowBytes), odd = alternate(from + 2 * rowBytes, rowBytes);
  const four = v128.shuffle<i16>(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  return v128.xor(four, i8x16.splat(<i8> flips));
}

/** Eight bytes of a row, each before that of the next row. */
// @ts-ignore: decorator
@inline
function alternate(from: usize, rowBytes: usize): v128 {
  const next = v128.load64_zero(from + rowBytes);
  // deno-fmt-ignore
  return v128.shuffle<i8>(
    v128.load64_zero(from), next, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
  );
}

/** Stores the steps of some columns, zero from row `rows` and column `columns` on. */
export function packEdge<T>(
  from: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  to: usize,
  width: i32,
  flips: i32,
): void {
  const count = max(0, min(rows, perStep<T>()));
  for (let column = 0; column < width; column++) {
    let step: u32 = 0;
    if (column < columns) {
      let at = from + <usize> column * sizeof<T>();
      for (let row = 0; row < count; row++, at += rowBytes) {
        const value = sizeof<T>() === 1 ? <u32> load<u8>(at) ^ <u32> flips : <u32> load<u16>(at);
        step |= value << (row * <i32> sizeof<T>() << 3);
      }
    }
    store<u32>(to + (<usize> column << 2), step);
  }
}

/**
 * Computes one block of C: `rowBlock` of its rows, over all rows of X in stretches of `depth` steps, a multiple of
 * 4. Arguments: x, n, d, packed, bytes of a number, c (32-bit integers), depth, rowBlock, scratch, its bytes per
 * thread, 1 to add to the numbers at c.
 */
export function multiply(thread: i32, args: usize): void {
  const d = argument<i32>(args, 2);
  const areBytes = argument<i32>(args, 4) === 1;
  const rowBlock = argument<i32>(args, 7);
  const scratch = argument<usize>(args, 8) + <usize> thread * argument<usize>(args, 9);
  const blocks = (d + rowBlock - 1) / rowBlock;
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    // The longest rows first, so that no thread begins one when the others are done.
    const first = (blocks - 1 - block) * rowBlock;
    const rows = min(rowBlock, d - first);
    if (areBytes) multiplyBlock<u8>(args, first, rows, scratch);
    else multiplyBlock<i16>(args, first, rows, scratch);
  }
}

export function multiplyBlock<T>(args: usize, firstRow: i32, rows: i32, scratch: usize): void {
  const steps = stepsOf<T>(argument<i32>(args, 1));
  const depth = argument<i32>(args, 6);
  const panels = (firstRow + rows + NR - 1) / NR;
  for (let start = 0; start < steps; start += depth) {
    const length = min(depth, steps - start);
    for (let row = 0; row < rows; row += MR) {
      const to = scratch + TILE_BYTES + <usize> row * <usize> length * 4;
      packLeft<T>(args, firstRow + row, min(MR, rows - row), start, length, to);
    }
    for (let panel = 0; panel < panels; panel++) {
      multiplyPanel<T>(args, firstRow, rows, panel, start, length, scratch);
    }
  }
}

/** Packs up to 5 columns of X as tiles read them. */
export function packLeft<T>(
  args: usize,
  first: i32,
  columns: i32,
  start: i32,
  length: i32,
  to: usize,
): void {
  const n = argument<i32>(args, 1);
  const d = argument<i32>(args, 2);
  const rowBytes = <usize> d * sizeof<T>();
  // Full vectors are read: not beyond the last row.
  const isInside = columns === MR && first + 8 <= d;
  let from = argument<usize>(args, 0) + <usize> (perStep<T>() * start) * rowBytes +
    <usize> first * sizeof<T>();
  for (let step = start; step < start + length; step += 4) {
    for (let own = 0; own < 4; own++) {
      const rows = n - perStep<T>() * (step + own);
      const last = to + 64 + (own << 2);
      if (isInside && rows >= perStep<T>()) {
        v128.store(to + (own << 4), firstFour<T>(from, rowBytes, SIGN));
        v128.store32_lane(last, lastFour<T>(from, rowBytes, SIGN), 0);
      } else {
        packEdge<T>(from, rowBytes, rows, columns, to + (own << 4), 4, SIGN);
        packEdge<T>(from + 4 * sizeof<T>(), rowBytes, rows, columns - 4, last, 1, SIGN);
      }
      from += rowBytes * perStep<T>();
    }
    to += MR * 16;
  }
}

/** Computes all tiles of a row block with one panel, which stays in the first-level cache. */
export function multiplyPanel<T>(
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
    (<usize> panel * <usize> stepsOf<T>(argument<i32>(args, 1)) + <usize> start) * (NR * 4);
  const columns = min(NR, d - panel * NR);
  const rowBytes = <usize> d << 2;
  const accumulate = start > 0 || argument<i32>(args, 10) ? 1 : 0;
  let left = scratch + TILE_BYTES;
  let c = argument<usize>(args, 5) + <usize> firstRow * rowBytes + (<usize> panel * NR << 2);
  for (let row = 0; row < rows; row += MR) {
    if (columns === NR && row + MR <= rows) {
      tile<T>(left, right, length >> 2, c, rowBytes, accumulate);
    } else {
      tile<T>(left, right, length >> 2, scratch, NR * 4, 0);
      finishTile<i32>(scratch, NR, c, rowBytes, min(MR, rows - row), columns, accumulate);
    }
    left += <usize> length * (MR * 4);
    c += MR * rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function tile<T>(
  left: usize,
  right: usize,
  groups: i32,
  out: usize,
  rowBytes: usize,
  accumulate: i32,
): void {
  if (sizeof<T>() === 1) quadTile(left, right, groups, out, rowBytes, accumulate);
  else pairTile(left, right, groups, out, rowBytes, accumulate);
}
