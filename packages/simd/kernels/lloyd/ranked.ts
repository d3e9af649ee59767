// @ts-nocheck AssemblyScript
// The nearest centroid of dense rows of few columns that their bounds do not label: eight rows lie in the
// lanes of two vectors, and their products with four centroids are ranked while they are in registers.
import * as f from "../generated/lloyd_structures.ts";
import {
  best0, best1, place0, place1, rankPanel12, rankPanel4, rankPanel8, second0, second1, startRanks,
} from "../generated/rank_tile.ts";
import { hamerlyBounds, relabel } from "./labels.ts";
import { recordOf, tailOf } from "./records.ts";
import { FAR } from "./scores.ts";
import { part, transposeFour } from "./tiles.ts";

/** Largest number of columns of such rows: packed rows of more leave too little of the cache to centroids. */
export const RANKED: i32 = 64;
/** Number of rows that are ranked at a time. */
const TILE: i32 = 8;
/** Bytes of a column of a tile. */
const COLUMN: usize = 32;

/**
 * Labels the rows in a list; leaves those that float32 does not decide in it, and up to four that would fill
 * half a tile at most; returns their number.
 *
 * @param list Has room for three more rows.
 * @param scratch Scratch memory, 8 × d numbers, d rounded up to a multiple of 4, and one for each centroid.
 */
export function settleRanked(partition: i32, list: usize, count: i32, scratch: usize): i32 {
  // Filled up to a tile with the last row: its bound may be kept twice.
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  const end = (count + 3) & ~(TILE - 1);
  const packed = scratch + (<usize> f.width << 2);
  placeTerms(scratch);
  let undecided = list;
  for (let q = 0; q < end; q += TILE) {
    const rows = list + (<usize> q << 2);
    rankRows(rows, packed, scratch);
    undecided = settleFour(partition, rows, count - q, best0, second0, place0, undecided);
    undecided = settleFour(partition, rows + 16, count - q - 4, best1, second1, place1, undecided);
  }
  for (let q = end; q < count; q++, undecided += 4) {
    store<i32>(undecided, load<i32>(list + (<usize> q << 2)));
  }
  return <i32> (undecided - list) >> 2;
}

/** Stores |c|²/2 of all centroids plus their shift, which scores are products minus. */
function placeTerms(terms: usize): void {
  const half = f32x4.splat(0.5);
  for (let at: usize = 0; at < <usize> f.width << 2; at += 16) {
    const bias = f32x4.mul(v128.load(f.bias + at), half);
    v128.store(terms + at, f32x4.add(v128.load(f.shift + at), bias));
  }
}

/** Finds the centroids with the largest x·c − |c|²/2 of eight listed rows, and the second largest of these. */
export function rankRows(list: usize, packed: usize, terms: usize): void {
  packFour(list, packed);
  packFour(list + 16, packed + 16);
  startRanks(f32x4.splat(-FAR));
  const panelBytes = <usize> f.d * 48;
  let panel = f.panels;
  let j = 0;
  for (; j + 12 <= f.width; j += 12, panel += panelBytes, terms += 48) rankPanel12(packed, f.d, panel, terms, j);
  if (f.width - j === 8) rankPanel8(packed, f.d, panel, terms, j);
  else if (j < f.width) rankPanel4(packed, f.d, panel, terms, j);
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

/** Labels up to four rows as they are ranked; lists those that are undecided, and returns where that list ends. */
export function settleFour(
  partition: i32,
  list: usize,
  count: i32,
  best: v128,
  second: v128,
  labels: v128,
  undecided: usize,
): usize {
  const l0 = i32x4.extract_lane(labels, 0);
  const l1 = i32x4.extract_lane(labels, 1);
  const l2 = i32x4.extract_lane(labels, 2);
  const l3 = i32x4.extract_lane(labels, 3);
  const rows = v128.load(list);
  const i0 = i32x4.extract_lane(rows, 0);
  const i1 = i32x4.extract_lane(rows, 1);
  const i2 = i32x4.extract_lane(rows, 2);
  const i3 = i32x4.extract_lane(rows, 3);
  const mask = hamerlyBounds(list, second, best, tailAt(i0), tailAt(i1), tailAt(i2), tailAt(i3), l0, l1, l2, l3);
  undecided = settleRow(partition, i0, l0, mask & 1, undecided);
  if (count > 1) undecided = settleRow(partition, i1, l1, mask & 2, undecided);
  if (count > 2) undecided = settleRow(partition, i2, l2, mask & 4, undecided);
  if (count > 3) undecided = settleRow(partition, i3, l3, mask & 8, undecided);
  return undecided;
}

/** Labels a row, or lists it if it is undecided. */
// @ts-ignore: decorator
@inline
function settleRow(partition: i32, i: i32, label: i32, open: i32, undecided: usize): usize {
  if (!open) {
    relabel(partition, i, f.fresh ? -1 : load<i32>(f.labels + (<usize> i << 2)), label);
    return undecided;
  }
  store<i32>(undecided, i);
  return undecided + 4;
}

// @ts-ignore: decorator
@inline
function tailAt(i: i32): v128 {
  return v128.load(tailOf(recordOf(i)));
}
