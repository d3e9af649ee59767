// @ts-nocheck AssemblyScript
// Products of many dense rows with all centroids by the tiles of matmul.ts, 5 rows × 8 columns: packing
// the rows pays off from a few panels on.
import { d, dense, panels, width } from "../generated/lloyd_structures.ts";
import { tile } from "../generated/product_tile32.ts";

/** Number of rows of a tile, and of rows and columns that are packed at a time, so as to stay in the cache. */
const TILE: i32 = 5;
const ROWS: i32 = 40;
const DEPTH: i32 = 512;
/** Bytes of a group of four columns of five packed rows. */
const GROUP: usize = 80;

/**
 * Multiplies the data rows `list[0 … count)` by all centroids, whose panels are 8 columns wide, to
 * `out`: count (rounded up to 5) × width.
 *
 * @param packed Scratch memory, 40 × min(d, 512) numbers, d rounded up to a multiple of 4.
 */
export function tiledProducts(list: usize, count: i32, out: usize, packed: usize): void {
  const rowBytes = <usize> width << 2;
  const panelBytes = <usize> ((d + 3) & ~3) << 5;
  for (let start = 0; start < d; start += DEPTH) {
    const groups = (min(DEPTH, d - start) + 3) >> 2;
    for (let first = 0; first < count; first += ROWS) {
      const end = min(count, first + ROWS);
      for (let q = first, to = packed; q < end; q += TILE, to += <usize> groups * GROUP) {
        packTile(list, q, count - 1, start, groups, to);
      }
      let right = panels + (<usize> start << 5);
      for (let column: usize = 0; column < rowBytes; column += 32, right += panelBytes) {
        for (let q = first, left = packed; q < end; q += TILE, left += <usize> groups * GROUP) {
          tile(left, right, groups, out + <usize> q * rowBytes + column, rowBytes, start);
        }
      }
    }
  }
}

/** Packs `groups` fours of columns of five listed rows; beyond the last row, it is repeated. */
export function packTile(list: usize, q: i32, last: i32, start: i32, groups: i32, to: usize): void {
  let x0 = placeOf(list, q, start);
  let x1 = placeOf(list, min(q + 1, last), start);
  let x2 = placeOf(list, min(q + 2, last), start);
  let x3 = placeOf(list, min(q + 3, last), start);
  let x4 = placeOf(list, min(q + 4, last), start);
  const left = d - start;
  const whole = min(groups, left >> 2);
  for (let g = 0; g < whole; g++) {
    transposeFour(v128.load(x0), v128.load(x1), v128.load(x2), v128.load(x3), to, 16);
    v128.store(to, v128.load(x4), 64);
    x0 += 16;
    x1 += 16;
    x2 += 16;
    x3 += 16;
    x4 += 16;
    to += GROUP;
  }
  if (whole === groups) return;
  const rest = left & 3;
  transposeFour(part(x0, rest), part(x1, rest), part(x2, rest), part(x3, rest), to, 16);
  v128.store(to, part(x4, rest), 64);
}

// @ts-ignore: decorator
@inline
function placeOf(list: usize, q: i32, start: i32): usize {
  const row = <usize> load<u32>(list + (<usize> q << 2));
  return dense + ((row * <usize> d + <usize> start) << 2);
}

/** Loads one to three numbers, and zeros. */
export function part(from: usize, count: i32): v128 {
  let x = v128.load32_zero(from);
  if (count > 1) x = v128.load_lane<f32>(from + 4, x, 1);
  return count > 2 ? v128.load_lane<f32>(from + 8, x, 2) : x;
}

/** Stores four rows of four as four columns, which lie `column` bytes apart. */
// @ts-ignore: decorator
@inline
export function transposeFour(a: v128, b: v128, c: v128, e: v128, to: usize, column: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ce = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
  const fg = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const hi = v128.shuffle<f32>(c, e, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, ce, 0, 1, 4, 5));
  v128.store(to + column, v128.shuffle<f32>(ab, ce, 2, 3, 6, 7));
  v128.store(to + 2 * column, v128.shuffle<f32>(fg, hi, 0, 1, 4, 5));
  v128.store(to + 3 * column, v128.shuffle<f32>(fg, hi, 2, 3, 6, 7));
}
