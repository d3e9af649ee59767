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
/** Address of |c|²/2 of each centroid plus its shift, which scores are products minus. */
let terms: usize = 0;

/**
 * Labels the rows in a list; leaves those that float32 does not decide in it, and up to four that would fill
 * half a tile at most; returns their number.
 *
 * @param list Has room for three more rows.
 * @param ranks Scratch memory, 32 × (d + 6) numbers and one for each centroid.
 */
export function settleRanked(partition: i32, list: usize, count: i32, ranks: usize): i32 {
  // Filled up to a tile with the last row: its bound may be kept twice.
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  const end = (count + 3) & ~(TILE - 1);
  placeTerms(ranks);
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

/** Stores the terms of all centroids. */
function placeTerms(ranks: usize): void {
  terms = ranks + <usize> ROWS * (<usize> f.d + 6) * 4;
  const half = f32x4.splat(0.5);
  for (let at: usize = 0; at < <usize> f.width << 2; at += 16) {
    const bias = f32x4.mul(v128.load(f.bias + at), half);
    v128.store(terms + at, f32x4.add(v128.load(f.shift + at), bias));
  }
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
  const at = terms + (<usize> j << 2);
  const t0 = v128.load32_splat(at);
  const t1 = v128.load32_splat(at, 4);
  const t2 = v128.load32_splat(at, 8);
  const t3 = v128.load32_splat(at, 12);
  const t4 = v128.load32_splat(at, 16);
  const t5 = v128.load32_splat(at, 20);
  a0 = f32x4.sub(a0, t0), a1 = f32x4.sub(a1, t1), a2 = f32x4.sub(a2, t2);
  a3 = f32x4.sub(a3, t3), a4 = f32x4.sub(a4, t4), a5 = f32x4.sub(a5, t5);
  rankScores(j, a0, a1, a2, a3, a4, a5, ranks);
  b0 = f32x4.sub(b0, t0), b1 = f32x4.sub(b1, t1), b2 = f32x4.sub(b2, t2);
  b3 = f32x4.sub(b3, t3), b4 = f32x4.sub(b4, t4), b5 = f32x4.sub(b5, t5);
  rankScores(j, b0, b1, b2, b3, b4, b5, ranks + 16);
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
  const at = terms + (<usize> j << 2);
  const t0 = v128.load32_splat(at);
  const t1 = v128.load32_splat(at, 4);
  const t2 = v128.load32_splat(at, 8);
  const t3 = v128.load32_splat(at, 12);
  rankFourScores(j, f32x4.sub(a0, t0), f32x4.sub(a1, t1), f32x4.sub(a2, t2), f32x4.sub(a3, t3), ranks);
  rankFourScores(j, f32x4.sub(b0, t0), f32x4.sub(b1, t1), f32x4.sub(b2, t2), f32x4.sub(b3, t3), ranks + 16);
}

/** Ranks six more scores of four rows. */
// @ts-ignore: decorator
@inline
function rankScores(j: i32, s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, ranks: usize): void {
  // Of each pair the larger and the smaller one, and where the larger is.
  const h0 = f32x4.pmax(s0, s1);
  const h1 = f32x4.pmax(s2, s3);
  const h2 = f32x4.pmax(s4, s5);
  const p0 = i32x4.sub(i32x4.splat(j), f32x4.gt(s1, s0));
  const p1 = i32x4.sub(i32x4.splat(j + 2), f32x4.gt(s3, s2));
  const p2 = i32x4.sub(i32x4.splat(j + 4), f32x4.gt(s5, s4));
  const low = f32x4.pmax(f32x4.pmin(s0, s1), f32x4.pmax(f32x4.pmin(s2, s3), f32x4.pmin(s4, s5)));
  const h = f32x4.pmax(h0, h1);
  const place = v128.bitselect(p1, p0, f32x4.gt(h1, h0));
  const next = f32x4.pmax(low, f32x4.pmin(h0, h1));
  rank(f32x4.pmax(h, h2), f32x4.pmax(next, f32x4.pmin(h, h2)), v128.bitselect(p2, place, f32x4.gt(h2, h)), ranks);
}

/** The same with four. */
// @ts-ignore: decorator
@inline
function rankFourScores(j: i32, s0: v128, s1: v128, s2: v128, s3: v128, ranks: usize): void {
  const h0 = f32x4.pmax(s0, s1);
  const h1 = f32x4.pmax(s2, s3);
  const p0 = i32x4.sub(i32x4.splat(j), f32x4.gt(s1, s0));
  const p1 = i32x4.sub(i32x4.splat(j + 2), f32x4.gt(s3, s2));
  const low = f32x4.pmax(f32x4.pmin(s0, s1), f32x4.pmin(s2, s3));
  const place = v128.bitselect(p1, p0, f32x4.gt(h1, h0));
  rank(f32x4.pmax(h0, h1), f32x4.pmax(low, f32x4.pmin(h0, h1)), place, ranks);
}

/** Keeps the largest and second largest of scores of four rows; the first of equals stays. */
// @ts-ignore: decorator
@inline
function rank(largest: v128, next: v128, place: v128, ranks: usize): void {
  const best = v128.load(ranks);
  const second = f32x4.pmax(v128.load(ranks, 32), next);
  v128.store(ranks, f32x4.pmax(best, largest));
  v128.store(ranks, f32x4.pmax(second, f32x4.pmin(best, largest)), 32);
  v128.store(ranks, v128.bitselect(place, v128.load(ranks, 64), f32x4.gt(largest, best)), 64);
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
