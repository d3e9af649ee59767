// @ts-nocheck AssemblyScript
// Squared distances in float64 for reporting: as accurate as a plain loop, with terms added in
// another order. `rows.ts` has those that decide.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { entryBytes, entryValue, exactDistance } from "./rows.ts";

const ROWS: i32 = 256;
/** Below this share of (|x| + |c|)², a distance computed as a difference would have lost digits. */
const CANCELLED: f64 = 0.01;

/** Measures the squared distance of each row to its centroid. */
export function measureDistances(thread: i32, args: usize): void {
  f.loadMeasureDistances(args);
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    measureRows(b * ROWS, min((b + 1) * ROWS, f.n));
  }
}

/** Measures rows; those that have no centroid are infinitely far. */
export function measureRows(start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const label = load<i32>(f.rowLabels + (<usize> i << 2));
    const distance = label < 0 ? Infinity : squaredDistance(i, label);
    store<f64>(f.distances + (<usize> i << 3), distance);
  }
}

/** Returns Σ (x_i − c_j)². */
export function squaredDistance(i: i32, j: i32): f64 {
  const centroid = f.centroids + <usize> j * (<usize> f.d << 3);
  if (!f.original) {
    return sparseDistanceFast(i, centroid, load<f64>(f.facts + (<usize> j << 6), 40));
  }
  const row = f.original + <usize> i * (<usize> f.d << (2 + f.originalWide));
  if (f.originalWide) return wideDistanceFast(row, centroid, f.d);
  return narrowDistanceFast(row, centroid, f.d);
}

/** Returns |c|² + Σ x (x − 2c) over the entries alone. */
export function sparseDistanceFast(i: i32, centroid: usize, square: f64): f64 {
  let entry = <usize> load<u32>(f.rowAddresses + (<usize> i << 2));
  const length = load<i32>(f.rowLengths + (<usize> i << 2));
  let value = entry + (<usize> length << 1);
  const end = value;
  let even: f64 = 0;
  let odd: f64 = 0;
  let own: f64 = 0;
  for (; entry < end; entry += 4, value += entryBytes() << 1) {
    const x = <f64> entryValue(value);
    const y = <f64> entryValue(value + entryBytes());
    const c = load<f64>(centroid + (<usize> load<u16>(entry) << 3));
    const e = load<f64>(centroid + (<usize> load<u16>(entry, 2) << 3));
    even += x * (x - (c + c));
    odd += y * (y - (e + e));
    own += x * x + y * y;
  }
  const distance = square + (even + odd);
  return distance > CANCELLED * (square + own) ? distance : exactDistance(i, centroid);
}

export function narrowDistanceFast(row: usize, centroid: usize, columns: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const end = row + (<usize> columns << 2);
  for (; row + 16 <= end; row += 16, centroid += 32) {
    const x = v128.load(row);
    const p = f64x2.sub(f64x2.promote_low_f32x4(x), v128.load(centroid));
    const high = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
    const q = f64x2.sub(f64x2.promote_low_f32x4(high), v128.load(centroid, 16));
    even = f64x2.add(even, f64x2.mul(p, p));
    odd = f64x2.add(odd, f64x2.mul(q, q));
  }
  let total = sumPairs(even, odd);
  for (; row < end; row += 4, centroid += 8) {
    const p = <f64> load<f32>(row) - load<f64>(centroid);
    total += p * p;
  }
  return total;
}

export function wideDistanceFast(row: usize, centroid: usize, columns: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const end = row + (<usize> columns << 3);
  for (; row + 32 <= end; row += 32, centroid += 32) {
    const p = f64x2.sub(v128.load(row), v128.load(centroid));
    const q = f64x2.sub(v128.load(row, 16), v128.load(centroid, 16));
    even = f64x2.add(even, f64x2.mul(p, p));
    odd = f64x2.add(odd, f64x2.mul(q, q));
  }
  let total = sumPairs(even, odd);
  for (; row < end; row += 8, centroid += 8) {
    const p = load<f64>(row) - load<f64>(centroid);
    total += p * p;
  }
  return total;
}

function sumPairs(a: v128, b: v128): f64 {
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
