// @ts-nocheck AssemblyScript
// Rows of up to four columns: rows side by side in the lanes of a vector, one vector per column, so that
// scores of four rows come out together and nothing is added across lanes.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { multiplyAdd } from "../shared/vector.ts";
import { measureRows } from "./distances.ts";
import { errorsUpTo } from "./errors.ts";
import { nearestOf } from "./rows.ts";
import { relabel } from "./labels.ts";
import { FAR } from "./scores.ts";

/** Number of rows of a tile; its columns lie this many float32 apart. */
export const TILE: i32 = 256;
const STRIDE: usize = 1024;
/** Number of rows in a block of `findNarrow`. */
const BLOCK: i32 = 4096;
/** Bytes of the columns of a tile, before its labels. */
export const COLUMNS: usize = 4 * STRIDE;
/** Label of a row that float32 does not decide. */
export const UNDECIDED: i32 = -1;
const UP: f32 = 1.000001;
const DOWN: f32 = 0.999999;

/**
 * Finds the nearest centroid of each row, and its squared distance if `distances` is not 0; −1 for a
 * row that is not finite.
 */
export function findNarrow(thread: i32, args: usize): void {
  f.loadFindNarrow(args);
  const tile = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * BLOCK < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * BLOCK, f.n);
    for (let start = b * BLOCK; start < end; start += TILE) {
      labelTile(start, min(TILE, end - start), tile);
      if (f.distances) measureRows(start, min(start + TILE, end));
    }
  }
}

export function labelTile(start: i32, count: i32, tile: usize): void {
  const labels = tile + 4 * STRIDE;
  spreadColumns(start, count, tile);
  scoreTile(tile, count);
  const to = f.rowLabels + (<usize> start << 2);
  memory.copy(to, labels, <usize> count << 2);
  for (let q = 0; q < count; q++) {
    const at = to + (<usize> q << 2);
    if (load<i32>(at) === UNDECIDED) store<i32>(at, isFiniteRow(start + q) ? nearestOf(start + q) : -1);
  }
}

/** Returns true if all values of a row are finite; those of float64 were checked. */
function isFiniteRow(i: i32): bool {
  if (f.originalWide) return true;
  const row = f.original + <usize> (i * f.d) * 4;
  let sum: f32 = 0;
  for (let p: usize = 0; p < <usize> f.d << 2; p += 4) sum += load<f32>(row + p) * 0;
  return sum === 0;
}

/** Assigns the rows in a list, which are all from `start` if they are `whole`. */
export function assignNarrow(partition: i32, list: usize, count: i32, whole: bool): void {
  const tile = list + STRIDE;
  if (whole) spreadColumns(load<i32>(list), count, tile);
  else gatherColumns(list, count, tile);
  scoreTile(tile, count);
  settleNarrow(partition, list, count, tile + 4 * STRIDE);
}

/** Stores labels and Hamerly's bounds of the rows in a list. */
export function settleNarrow(partition: i32, list: usize, count: i32, found: usize): void {
  for (let q: usize = 0; q < <usize> count << 2; q += 4) {
    const i = load<i32>(list + q);
    const at = <usize> i << 2;
    let label = load<i32>(found + q);
    let bound: f32 = -1;
    if (label === UNDECIDED) label = nearestOf(i);
    else {
      const totalDrift = load<f32>(f.totalDrift + (<usize> label << 2));
      bound = (totalDrift + load<f32>(found + q + STRIDE)) * DOWN;
    }
    if (f.hamerlyBound) store<f32>(f.hamerlyBound + at, bound);
    relabel(partition, i, f.fresh ? -1 : load<i32>(f.labels + at), label);
  }
}

/** Fills the columns of a tile, centred, with consecutive rows. */
export function spreadColumns(start: i32, count: i32, tile: usize): void {
  const fours = count & ~3;
  if (f.d === 1) spreadFours(1, start, fours, tile);
  else if (f.d === 2) spreadFours(2, start, fours, tile);
  else if (f.d === 3) spreadFours(3, start, fours, tile);
  else spreadFours(4, start, fours, tile);
  // Four rows at once would read beyond the last one.
  for (let q = fours; q < count; q++) gatherRow(start + q, tile + (<usize> q << 2));
}

// @ts-ignore: decorator
@inline
function spreadFours(d: i32, start: i32, count: i32, tile: usize): void {
  let x = f.dense + <usize> (start * d) * 4;
  const end = tile + (<usize> count << 2);
  const m0 = meanOf(0);
  const m1 = d > 1 ? meanOf(1) : m0;
  const m2 = d > 2 ? meanOf(2) : m0;
  const m3 = d > 3 ? meanOf(3) : m0;
  for (; tile < end; tile += 16, x += <usize> (16 * d)) {
    const a = v128.load(x);
    if (d === 1) {
      v128.store(tile, f32x4.sub(a, m0));
    } else if (d === 2) {
      const b = v128.load(x, 16);
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(a, b, 0, 2, 4, 6), m0));
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(a, b, 1, 3, 5, 7), m1), 1024);
    } else if (d === 3) {
      const b = v128.load(x, 16);
      const c = v128.load(x, 32);
      const u = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 3, 6, 7), c, 0, 1, 2, 5);
      const v = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 1, 4, 7, 7), c, 0, 1, 2, 6);
      const w = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 5, 7, 7), c, 0, 1, 4, 7);
      v128.store(tile, f32x4.sub(u, m0));
      v128.store(tile, f32x4.sub(v, m1), 1024);
      v128.store(tile, f32x4.sub(w, m2), 2048);
    } else {
      const b = v128.load(x, 16);
      const c = v128.load(x, 32);
      const e = v128.load(x, 48);
      const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const lower = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
      const higher = v128.shuffle<f32>(c, e, 2, 6, 3, 7);
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(low, lower, 0, 1, 4, 5), m0));
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(low, lower, 2, 3, 6, 7), m1), 1024);
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(high, higher, 0, 1, 4, 5), m2), 2048);
      v128.store(tile, f32x4.sub(v128.shuffle<f32>(high, higher, 2, 3, 6, 7), m3), 3072);
    }
  }
}

/** The mean of a column, which float32 holds; copies of rows are centred already. */
// @ts-ignore: decorator
@inline
function meanAt(p: usize): f32 {
  return f.dense === f.original ? <f32> load<f64>(f.mean + (p << 3)) : 0;
}

// @ts-ignore: decorator
@inline
function meanOf(p: usize): v128 {
  return f32x4.splat(meanAt(p));
}

/** Fills the columns of a tile with the rows in a list. */
export function gatherColumns(list: usize, count: i32, tile: usize): void {
  if (f.d === 1) gatherRows(1, list, count, tile);
  else if (f.d === 2) gatherRows(2, list, count, tile);
  else if (f.d === 3) gatherRows(3, list, count, tile);
  else gatherRows(4, list, count, tile);
}

/** Few instructions per row, so that the processor waits for several rows at a time. */
// @ts-ignore: decorator
@inline
function gatherRows(d: i32, list: usize, count: i32, tile: usize): void {
  const m0 = meanAt(0);
  const m1 = d > 1 ? meanAt(1) : m0;
  const m2 = d > 2 ? meanAt(2) : m0;
  const m3 = d > 3 ? meanAt(3) : m0;
  const x = f.dense;
  const end = <usize> count << 2;
  for (let at: usize = 0; at < end; at += 4) {
    const row = x + <usize> (load<i32>(list + at) * d) * 4;
    const to = tile + at;
    store<f32>(to, load<f32>(row) - m0);
    if (d > 1) store<f32>(to, load<f32>(row, 4) - m1, 1024);
    if (d > 2) store<f32>(to, load<f32>(row, 8) - m2, 2048);
    if (d > 3) store<f32>(to, load<f32>(row, 12) - m3, 3072);
  }
}

// @ts-ignore: decorator
@inline
function gatherRow(i: i32, to: usize): void {
  const row = f.dense + <usize> (i * f.d) * 4;
  for (let p: usize = 0; p < <usize> f.d; p++) {
    store<f32>(to + p * STRIDE, load<f32>(row + (p << 2)) - meanAt(p));
  }
}

/**
 * Finds the nearest centroid of each row of a tile, or −1 where rounding could decide, and by how
 * much farther than it all others are at least: the fifth and sixth column of the tile.
 */
export function scoreTile(tile: usize, count: i32): void {
  if (f.d === 1) scoreTile1(tile, count);
  else if (f.d === 2) scoreTile2(tile, count);
  else if (f.d === 3) scoreTile3(tile, count);
  else scoreTile4(tile, count);
}

export function scoreTile1(tile: usize, count: i32): void {
  scoreEights(1, tile, count);
}

export function scoreTile2(tile: usize, count: i32): void {
  scoreEights(2, tile, count);
}

export function scoreTile3(tile: usize, count: i32): void {
  scoreEights(3, tile, count);
}

export function scoreTile4(tile: usize, count: i32): void {
  scoreEights(4, tile, count);
}

// @ts-ignore: decorator
@inline
function scoreEights(d: i32, tile: usize, count: i32): void {
  const step: usize = 16 * (d + 1);
  const endOfCentroids = f.splats + <usize> f.k * step;
  const end = tile + (<usize> count << 2);
  const one = i32x4.splat(1);
  for (; tile < end; tile += 32) {
    const x = v128.load(tile);
    const x2 = v128.load(tile, 16);
    const y = d > 1 ? v128.load(tile, 1024) : x;
    const y2 = d > 1 ? v128.load(tile, 1040) : x;
    const z = d > 2 ? v128.load(tile, 2048) : x;
    const z2 = d > 2 ? v128.load(tile, 2064) : x;
    const w = d > 3 ? v128.load(tile, 3072) : x;
    const w2 = d > 3 ? v128.load(tile, 3088) : x;
    let best = f32x4.splat(FAR);
    let best2 = best;
    let rest = best;
    let rest2 = best;
    let label = i32x4.splat(0);
    let label2 = label;
    let j = label;
    for (let c = f.splats; c < endOfCentroids; c += step) {
      const bias = v128.load(c);
      let factor = v128.load(c, 16);
      let score = multiplyAdd(x, factor, bias);
      let score2 = multiplyAdd(x2, factor, bias);
      if (d > 1) {
        factor = v128.load(c, 32);
        score = multiplyAdd(y, factor, score);
        score2 = multiplyAdd(y2, factor, score2);
      }
      if (d > 2) {
        factor = v128.load(c, 48);
        score = multiplyAdd(z, factor, score);
        score2 = multiplyAdd(z2, factor, score2);
      }
      if (d > 3) {
        factor = v128.load(c, 64);
        score = multiplyAdd(w, factor, score);
        score2 = multiplyAdd(w2, factor, score2);
      }
      label = v128.bitselect(j, label, f32x4.lt(score, best));
      label2 = v128.bitselect(j, label2, f32x4.lt(score2, best2));
      rest = f32x4.pmin(rest, f32x4.pmax(score, best));
      rest2 = f32x4.pmin(rest2, f32x4.pmax(score2, best2));
      best = f32x4.pmin(best, score);
      best2 = f32x4.pmin(best2, score2);
      j = i32x4.add(j, one);
    }
    finish(tile, squareOf(d, x, y, z, w), best, rest, label);
    finish(tile + 16, squareOf(d, x2, y2, z2, w2), best2, rest2, label2);
  }
}

// @ts-ignore: decorator
@inline
function squareOf(d: i32, x: v128, y: v128, z: v128, w: v128): v128 {
  let square = f32x4.mul(x, x);
  if (d > 1) square = multiplyAdd(y, y, square);
  if (d > 2) square = multiplyAdd(z, z, square);
  if (d > 3) square = multiplyAdd(w, w, square);
  return square;
}

/** Stores labels where they are certain, and the room between the nearest centroid and the others. */
// @ts-ignore: decorator
@inline
function finish(tile: usize, square: v128, best: v128, rest: v128, label: v128): void {
  const radius = f32x4.mul(f32x4.sqrt(square), f32x4.splat(UP));
  const error = errorsUpTo(rest, f32x4.splat(f.sharpness * <f32> (f.d + 10)), radius);
  const certain = f32x4.gt(f32x4.sub(rest, best), f32x4.add(error, error));
  v128.store(tile, v128.bitselect(label, i32x4.splat(UNDECIDED), certain), 4096);
  const zero = f32x4.splat(0);
  const slack = multiplyAdd(f32x4.splat(f.squareSlope), square, error);
  const near = f32x4.sqrt(f32x4.pmax(f32x4.add(f32x4.add(square, best), slack), zero));
  const far = f32x4.sqrt(f32x4.pmax(f32x4.sub(f32x4.add(square, rest), slack), zero));
  const room = f32x4.sub(f32x4.mul(far, f32x4.splat(DOWN)), f32x4.mul(near, f32x4.splat(UP)));
  v128.store(tile, room, 5120);
}
