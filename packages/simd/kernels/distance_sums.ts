// @ts-nocheck AssemblyScript
// Distances of all pairs of rows in float64, added up by the cluster of the other row. Rows come in blocks of
// 64, and every pair of blocks is measured once, for both sides. Pairs of blocks of one round have no block in
// common, so that a block's sums grow in the order of the rounds, whatever the threads.
import { argument, nextBlock } from "./shared/job.ts";
import { multiplyAdd64 } from "./shared/vector.ts";

/** Number of rows of a block. */
const SIDE: i32 = 64;
/** Number of rows of a panel: their numbers of one column are neighbours. */
const PANEL: i32 = 4;
/** Bytes of the distances of one row to those of a block. */
const ROW_BYTES: usize = 512;
/** A distance whose square has lost digits, or vanished, is below this: 2⁻⁴⁵⁰. */
const UNSAFE: f64 = 3.4395525670743494e-136;

/**
 * Adds the distances between the rows of some pairs of blocks, one pair per block of the job.
 * Arguments: panels [rows / 4, d, 4], codes [rows, labelings], sums [blocks, clusters, 64], scratch,
 * scratch bytes per thread (64 KiB), n, d, labelings, clusters, blocks, round (negative: each block
 * with itself), first pair, index after the last pair.
 */
export function addDistances(thread: i32, args: usize): void {
  const blocks = argument<i32>(args, 9);
  const round = argument<i32>(args, 10);
  const first = argument<i32>(args, 11);
  const end = argument<i32>(args, 12);
  // One block waits if their number is odd.
  const turning = (blocks - 1) | 1;
  for (let pair = first + nextBlock(thread); pair < end; pair = first + nextBlock(thread)) {
    let a = pair, b = pair;
    if (round >= 0) {
      a = pair === 0 ? round : (round + pair) % turning;
      b = pair === 0 ? turning : (round + turning - pair) % turning;
    }
    if (b < blocks) addPair(thread, args, a, b);
  }
}

export function addPair(thread: i32, args: usize, a: i32, b: i32): void {
  const n = argument<i32>(args, 5);
  const blockBytes = <usize> argument<i32>(args, 8) * ROW_BYTES;
  const sums = argument<usize>(args, 2);
  const across = argument<usize>(args, 3) + <usize> thread * argument<usize>(args, 4);
  const down = across + SIDE * ROW_BYTES;
  measureBlocks(argument<usize>(args, 0), argument<i32>(args, 6), a, b, across, down);
  addRows(args, across, a * SIDE, min(n, (a + 1) * SIDE), sums + <usize> b * blockBytes);
  if (a === b) return;
  addRows(args, down, b * SIDE, min(n, (b + 1) * SIDE), sums + <usize> a * blockBytes);
}

/** Measures the rows of block a against those of block b: `across` row by row, `down` column by column. */
export function measureBlocks(
  panels: usize,
  d: i32,
  a: i32,
  b: i32,
  across: usize,
  down: usize,
): void {
  const panelBytes = <usize> d * (PANEL * 8);
  const left = panels + <usize> (a * (SIDE / PANEL)) * panelBytes;
  const right = panels + <usize> (b * (SIDE / PANEL)) * panelBytes;
  for (let i = 0; i < SIDE / PANEL; i++) {
    for (let j = 0; j < SIDE / PANEL; j++) {
      measurePanels(
        left + <usize> i * panelBytes,
        right + <usize> j * panelBytes,
        d,
        across + <usize> i * (PANEL * ROW_BYTES) + <usize> j * (PANEL * 8),
        down + <usize> j * (PANEL * ROW_BYTES) + <usize> i * (PANEL * 8),
      );
    }
  }
}

// @ts-ignore: decorator
@inline
function square(difference: v128, sum: v128): v128 {
  return multiplyAdd64(difference, difference, sum);
}

/** Measures four rows against four others. */
export function measurePanels(left: usize, right: usize, d: i32, across: usize, down: usize): void {
  let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, e0 = a0, e1 = a0;
  let l = left, r = right;
  for (let p = d; p > 0; p--, l += 32, r += 32) {
    const r0 = v128.load(r);
    const r1 = v128.load(r, 16);
    let pair = v128.load(l);
    let row = v128.shuffle<f64>(pair, pair, 0, 0);
    a0 = square(f64x2.sub(row, r0), a0);
    a1 = square(f64x2.sub(row, r1), a1);
    row = v128.shuffle<f64>(pair, pair, 1, 1);
    b0 = square(f64x2.sub(row, r0), b0);
    b1 = square(f64x2.sub(row, r1), b1);
    pair = v128.load(l, 16);
    row = v128.shuffle<f64>(pair, pair, 0, 0);
    c0 = square(f64x2.sub(row, r0), c0);
    c1 = square(f64x2.sub(row, r1), c1);
    row = v128.shuffle<f64>(pair, pair, 1, 1);
    e0 = square(f64x2.sub(row, r0), e0);
    e1 = square(f64x2.sub(row, r1), e1);
  }
  a0 = f64x2.sqrt(a0), a1 = f64x2.sqrt(a1), b0 = f64x2.sqrt(b0), b1 = f64x2.sqrt(b1);
  c0 = f64x2.sqrt(c0), c1 = f64x2.sqrt(c1), e0 = f64x2.sqrt(e0), e1 = f64x2.sqrt(e1);
  v128.store(across, a0);
  v128.store(across, a1, 16);
  v128.store(across, b0, 512);
  v128.store(across, b1, 528);
  v128.store(across, c0, 1024);
  v128.store(across, c1, 1040);
  v128.store(across, e0, 1536);
  v128.store(across, e1, 1552);
  v128.store(down, v128.shuffle<f64>(a0, b0, 0, 2));
  v128.store(down, v128.shuffle<f64>(c0, e0, 0, 2), 16);
  v128.store(down, v128.shuffle<f64>(a0, b0, 1, 3), 512);
  v128.store(down, v128.shuffle<f64>(c0, e0, 1, 3), 528);
  v128.store(down, v128.shuffle<f64>(a1, b1, 0, 2), 1024);
  v128.store(down, v128.shuffle<f64>(c1, e1, 0, 2), 1040);
  v128.store(down, v128.shuffle<f64>(a1, b1, 1, 3), 1536);
  v128.store(down, v128.shuffle<f64>(c1, e1, 1, 3), 1552);
  const least = f64x2.pmin(
    f64x2.pmin(f64x2.pmin(a0, a1), f64x2.pmin(b0, b1)),
    f64x2.pmin(f64x2.pmin(c0, c1), f64x2.pmin(e0, e1)),
  );
  if (v128.any_true(f64x2.lt(least, f64x2.splat(UNSAFE)))) {
    measureAgain(left, right, d, across, down);
  }
}

/** Measures those pairs of rows again whose squares may have vanished. */
export function measureAgain(left: usize, right: usize, d: i32, across: usize, down: usize): void {
  for (let i = 0; i < PANEL; i++) {
    for (let j = 0; j < PANEL; j++) {
      const at = across + <usize> i * ROW_BYTES + (<usize> j << 3);
      if (load<f64>(at) >= UNSAFE) continue;
      const distance = smallDistance(left + (<usize> i << 3), right + (<usize> j << 3), d);
      store<f64>(at, distance);
      store<f64>(down + <usize> j * ROW_BYTES + (<usize> i << 3), distance);
    }
  }
}

/** Measures rows that are nearer than 2⁻⁴⁵⁰ in a larger unit, so that no square vanishes. */
export function smallDistance(left: usize, right: usize, d: i32): f64 {
  let largest: f64 = 0;
  for (let p: usize = 0; p < <usize> d * (PANEL * 8); p += PANEL * 8) {
    largest = max(largest, abs(load<f64>(left + p) - load<f64>(right + p)));
  }
  // 2⁵⁰⁰, or 2¹⁰⁰⁰ for differences below 2⁻⁷⁴⁰.
  const unit: f64 = largest < 1.7290327071306454e-223 ? 1.0715086071862673e301 : 3.273390607896142e150;
  let sum: f64 = 0;
  for (let p: usize = 0; p < <usize> d * (PANEL * 8); p += PANEL * 8) {
    const difference = (load<f64>(left + p) - load<f64>(right + p)) * unit;
    sum += difference * difference;
  }
  return sqrt(sum) / unit;
}

/** Adds the distances of some rows to all rows of a block to the sums of that block. */
export function addRows(args: usize, distances: usize, start: i32, end: i32, sums: usize): void {
  const labelings = argument<i32>(args, 7);
  let code = argument<usize>(args, 1) + (<usize> (start * labelings) << 2);
  for (let row = start; row < end; row++, distances += ROW_BYTES) {
    for (let i = 0; i < labelings; i++, code += 4) {
      addRow(distances, sums + <usize> load<i32>(code) * ROW_BYTES);
    }
  }
}

// @ts-ignore: decorator
@inline
function addRow(distances: usize, sums: usize): void {
  for (let i: usize = 0; i < ROW_BYTES; i += 64) {
    const from = distances + i;
    const to = sums + i;
    const a = f64x2.add(v128.load(to), v128.load(from));
    const b = f64x2.add(v128.load(to, 16), v128.load(from, 16));
    const c = f64x2.add(v128.load(to, 32), v128.load(from, 32));
    const e = f64x2.add(v128.load(to, 48), v128.load(from, 48));
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, e, 48);
  }
}
