// @ts-nocheck AssemblyScript
// The nearest centroid of dense rows of few columns that their bounds do not label: eight rows lie in the
// lanes of two vectors, and their products with six centroids are ranked while they are in registers.
import { multiplyAdd } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { hamerlyBounds, relabel } from "./labels.ts";
import { recordOf, tailOf } from "./records.ts";
import { FAR } from "./scores.ts";
import { part, transposeFour } from "./tiles.ts";

/** Largest number of columns of such rows: packed rows of more leave too little of the cache to centroids. */
export const RANKED: i32 = 64;
/** Number of rows that are packed at a time, in tiles of eight. */
const ROWS: i32 = 32;
const TILE: i32 = 8;
/** Bytes of a column of a tile. */
const COLUMN: usize = 32;
/** Bytes of what is known of a tile: the largest and second largest of the scores of its rows, and their labels. */
const RANKS: usize = 96;

/**
 * Labels the rows in a list; leaves those that float32 does not decide in it, and up to four that would fill
 * half a tile at most; returns their number.
 *
 * @param list Has room for three more rows.
 * @param ranks Scratch memory, 32 × (d + 6) numbers.
 */
export function settleRanked(partition: i32, list: usize, count: i32, ranks: usize): i32 {
  // Filled up to a tile with the last row: its bound may be kept twice.
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  const end = (count + 3) & ~(TILE - 1);
  let undecided = list;
  for (let first = 0; first < end; first += ROWS) {
    const tiles = min(ROWS, end - first) >> 3;
    rankTiles(list + (<usize> first << 2), tiles, ranks);
    for (let half = 0; half < 2 * tiles; half++) {
      const q = first + 4 * half;
      const rank = ranks + <usize> (half >> 1) * RANKS + (<usize> (half & 1) << 4);
      undecided = settleFour(partition, list + (<usize> q << 2), count - q, rank, undecided);
    }
  }
  for (let q = end; q < count; q++, undecided += 4) {
    store<i32>(undecided, load<i32>(list + (<usize> q << 2)));
  }
  return <i32> (undecided - list) >> 2;
}

/** Finds the centroids with the largest x·c − |c|²/2 of listed rows, and the second largest of these. */
export function rankTiles(list: usize, tiles: i32, ranks: usize): void {
  const packed = ranks + (RANKS << 2);
  const tileBytes = <usize> f.d << 5;
  const none = f32x4.splat(-FAR);
  for (let tile: usize = 0; tile < <usize> tiles; tile++) {
    const rows = list + (tile << 5);
    packFour(rows, packed + tile * tileBytes);
    packFour(rows + 16, packed + tile * tileBytes + 16);
    const rank = ranks + tile * RANKS;
    for (let at: usize = 0; at < 64; at += 16) v128.store(rank + at, none);
  }
  let panel = f.panels;
  for (let first = 0; first < f.width; first += 12) {
    const step = <usize> min(12, f.width - first) << 2;
    const across: usize = step === 48 ? 24 : 16;
    for (let c: usize = 0; c < step; c += across) {
      const j = first + <i32> (c >> 2);
      for (let tile: usize = 0; tile < <usize> tiles; tile++) {
        const left = packed + tile * tileBytes;
        const rank = ranks + tile * RANKS;
        if (step === 48) rankSix(left, panel + c, step, j, rank);
        else rankFour(left, panel + c, step, j, rank);
      }
    }
    panel += <usize> f.d * step;
  }
}

/** Packs four listed rows column by column, eight numbers apart. */
export function packFour(list: usize, to: usize): void {
  let x0 = rowAt(list);
  let x1 = rowAt(list + 4);
  let x2 = rowAt(list + 8);
  let x3 = rowAt(list + 12);
  const end = to + (<usize> (f.d & ~3) << 5);
  for (; to < end; to += 4 * COLUMN, x0 += 16, x1 += 16, x2 += 16, x3 += 16) {
    transposeFour(v128.load(x0), v128.load(x1), v128.load(x2), v128.load(x3), to, COLUMN);
  }
  const rest = f.d & 3;
  if (rest) transposeFour(part(x0, rest), part(x1, rest), part(x2, rest), part(x3, rest), to, COLUMN);
}

// @ts-ignore: decorator
@inline
function rowAt(list: usize): usize {
  return f.dense + <usize> load<u32>(list) * (<usize> f.d << 2);
}

/** Ranks the scores of a tile with six centroids, whose entries lie `step` bytes apart. */
export function rankSix(packed: usize, right: usize, step: usize, j: i32, ranks: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
  const end = packed + (<usize> f.d << 5);
  for (; packed < end; packed += COLUMN, right += step) {
    const x = v128.load(packed);
    const y = v128.load(packed, 16);
    let t = v128.load32_splat(right);
    a0 = multiplyAdd(x, t, a0);
    b0 = multiplyAdd(y, t, b0);
    t = v128.load32_splat(right, 4);
    a1 = multiplyAdd(x, t, a1);
    b1 = multiplyAdd(y, t, b1);
    t = v128.load32_splat(right, 8);
    a2 = multiplyAdd(x, t, a2);
    b2 = multiplyAdd(y, t, b2);
    t = v128.load32_splat(right, 12);
    a3 = multiplyAdd(x, t, a3);
    b3 = multiplyAdd(y, t, b3);
    t = v128.load32_splat(right, 16);
    a4 = multiplyAdd(x, t, a4);
    b4 = multiplyAdd(y, t, b4);
    t = v128.load32_splat(right, 20);
    a5 = multiplyAdd(x, t, a5);
    b5 = multiplyAdd(y, t, b5);
  }
  rankPairs(j, a0, a1, b0, b1, ranks);
  rankPairs(j + 2, a2, a3, b2, b3, ranks);
  rankPairs(j + 4, a4, a5, b4, b5, ranks);
}

/** The same with four. */
export function rankFour(packed: usize, right: usize, step: usize, j: i32, ranks: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  const end = packed + (<usize> f.d << 5);
  for (; packed < end; packed += COLUMN, right += step) {
    const x = v128.load(packed);
    const y = v128.load(packed, 16);
    let t = v128.load32_splat(right);
    a0 = multiplyAdd(x, t, a0);
    b0 = multiplyAdd(y, t, b0);
    t = v128.load32_splat(right, 4);
    a1 = multiplyAdd(x, t, a1);
    b1 = multiplyAdd(y, t, b1);
    t = v128.load32_splat(right, 8);
    a2 = multiplyAdd(x, t, a2);
    b2 = multiplyAdd(y, t, b2);
    t = v128.load32_splat(right, 12);
    a3 = multiplyAdd(x, t, a3);
    b3 = multiplyAdd(y, t, b3);
  }
  rankPairs(j, a0, a1, b0, b1, ranks);
  rankPairs(j + 2, a2, a3, b2, b3, ranks);
}

/** Ranks the products of eight rows with two more centroids. */
// @ts-ignore: decorator
@inline
function rankPairs(j: i32, a: v128, b: v128, c: v128, e: v128, ranks: usize): void {
  const at = <usize> j << 2;
  const half = f32x4.mul(v128.load64_splat(f.bias + at), f32x4.splat(0.5));
  const terms = f32x4.add(v128.load64_splat(f.shift + at), half);
  const first = v128.shuffle<f32>(terms, terms, 0, 0, 0, 0);
  const second = v128.shuffle<f32>(terms, terms, 1, 1, 1, 1);
  rankPair(j, f32x4.sub(a, first), f32x4.sub(b, second), ranks);
  rankPair(j, f32x4.sub(c, first), f32x4.sub(e, second), ranks + 16);
}

/** Ranks two more scores of four rows; the first of equals stays. */
// @ts-ignore: decorator
@inline
function rankPair(j: i32, a: v128, b: v128, ranks: usize): void {
  const best = v128.load(ranks);
  const larger = f32x4.pmax(a, b);
  const smaller = f32x4.pmax(f32x4.pmin(a, b), f32x4.pmin(best, larger));
  const place = i32x4.sub(i32x4.splat(j), f32x4.gt(b, a));
  v128.store(ranks, f32x4.pmax(best, larger));
  v128.store(ranks, f32x4.pmax(v128.load(ranks, 32), smaller), 32);
  v128.store(ranks, v128.bitselect(place, v128.load(ranks, 64), f32x4.gt(larger, best)), 64);
}

/** Labels up to four rows as they are ranked; lists those that are undecided, and returns where that list ends. */
export function settleFour(partition: i32, list: usize, count: i32, ranks: usize, undecided: usize): usize {
  const labels = v128.load(ranks, 64);
  const l0 = i32x4.extract_lane(labels, 0);
  const l1 = i32x4.extract_lane(labels, 1);
  const l2 = i32x4.extract_lane(labels, 2);
  const l3 = i32x4.extract_lane(labels, 3);
  const mask = hamerlyBounds(
    list, v128.load(ranks, 32), v128.load(ranks),
    tailAt(list), tailAt(list + 4), tailAt(list + 8), tailAt(list + 12),
    l0, l1, l2, l3,
  );
  for (let q = 0; q < min(count, 4); q++) {
    const i = load<i32>(list + (<usize> q << 2));
    if (mask >> q & 1) {
      store<i32>(undecided, i);
      undecided += 4;
    } else {
      const label = load<i32>(ranks + (<usize> q << 2), 64);
      relabel(partition, i, f.fresh ? -1 : load<i32>(f.labels + (<usize> i << 2)), label);
    }
  }
  return undecided;
}

// @ts-ignore: decorator
@inline
function tailAt(list: usize): v128 {
  return v128.load(tailOf(recordOf(load<i32>(list))));
}
