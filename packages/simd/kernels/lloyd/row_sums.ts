// @ts-nocheck AssemblyScript
// Sums of rows by cluster, in float64: exact for 8-bit data.
import {
  d, original, originalWide, rowAddresses, rowLengths, valueShift,
} from "../generated/lloyd_structures.ts";
import { addTo, promoteHigh, promoteLow, sumLanes64 } from "../shared/vector.ts";

/** Computes sums[to] += weight · x_i and, unless `from` is negative, sums[from] −= weight · x_i. */
export function moveRow(i: i32, from: i32, to: i32, weight: f64, sums: usize): void {
  const target = sums + <usize> to * (<usize> d << 3);
  const source = sums + <usize> max(from, 0) * (<usize> d << 3);
  if (!original) return from < 0 ? addSparse(i, target, weight) : moveSparse(i, source, target, weight);
  const row = original + <usize> i * (<usize> d << (2 + originalWide));
  if (from >= 0) originalWide ? addWide(row, source, -weight, d) : addNarrow(row, source, -weight, d);
  originalWide ? addWide(row, target, weight, d) : addNarrow(row, target, weight, d);
}

export function addSparse(i: i32, target: usize, weight: f64): void {
  if (valueShift) addFours(true, i, target, target, weight, false);
  else addFours(false, i, target, target, weight, false);
}

export function moveSparse(i: i32, source: usize, target: usize, weight: f64): void {
  if (valueShift) addFours(true, i, source, target, weight, true);
  else addFours(false, i, source, target, weight, true);
}

/** Adds a sparse row to a sum, four entries at a time, and takes it from another one if that is told. */
// @ts-ignore: decorator
@inline
function addFours(singles: bool, i: i32, source: usize, target: usize, weight: f64, moves: bool): void {
  const w = f64x2.splat(weight);
  let entry = <usize> load<u32>(rowAddresses + (<usize> i << 2));
  const end = entry + (<usize> load<i32>(rowLengths + (<usize> i << 2)) << 1);
  for (let value = end; entry < end; entry += 8, value += singles ? 16 : 4) {
    const x = singles ? v128.load(value) : wholeNumbers(value);
    const low = f64x2.mul(w, singles ? promoteLow(x) : f64x2.convert_low_i32x4_u(x));
    const high = f64x2.mul(
      w,
      singles ? promoteHigh(x) : f64x2.convert_low_i32x4_u(v128.shuffle<i32>(x, x, 2, 3, 2, 3)),
    );
    addAt(moves, source, target, load<u16>(entry), f64x2.extract_lane(low, 0));
    addAt(moves, source, target, load<u16>(entry, 2), f64x2.extract_lane(low, 1));
    addAt(moves, source, target, load<u16>(entry, 4), f64x2.extract_lane(high, 0));
    addAt(moves, source, target, load<u16>(entry, 6), f64x2.extract_lane(high, 1));
  }
}

/** Returns four bytes as int32. */
// @ts-ignore: decorator
@inline
function wholeNumbers(value: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(value)));
}

// @ts-ignore: decorator
@inline
function addAt(moves: bool, source: usize, target: usize, column: u32, x: f64): void {
  const at = <usize> column << 3;
  if (moves) store<f64>(source + at, load<f64>(source + at) - x);
  store<f64>(target + at, load<f64>(target + at) + x);
}

export function addNarrow(row: usize, sum: usize, weight: f64, columns: i32): void {
  const w = f64x2.splat(weight);
  const end = row + (<usize> columns << 2);
  for (; row + 16 <= end; row += 16, sum += 32) {
    const x = v128.load(row);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(w, low)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.mul(w, high)), 16);
  }
  for (; row < end; row += 4, sum += 8) {
    store<f64>(sum, load<f64>(sum) + weight * <f64> load<f32>(row));
  }
}

export function addWide(row: usize, sum: usize, weight: f64, columns: i32): void {
  const w = f64x2.splat(weight);
  const end = row + (<usize> columns << 3);
  for (; row + 16 <= end; row += 16, sum += 16) {
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(w, v128.load(row))));
  }
  if (row < end) store<f64>(sum, load<f64>(sum) + weight * load<f64>(row));
}

/** Adds weight · x to a sum, and returns |x − centroid|², for a dense row as given. */
export function addAndMeasure(row: usize, weight: f64, sum: usize, centroid: usize): f64 {
  return originalWide
    ? addMeasured(true, row, weight, sum, centroid)
    : addMeasured(false, row, weight, sum, centroid);
}

// @ts-ignore: decorator
@inline
function addMeasured(wide: bool, row: usize, weight: f64, sum: usize, centroid: usize): f64 {
  const w = f64x2.splat(weight);
  let even = f64x2.splat(0);
  let odd = even;
  const end = centroid + (<usize> d << 3);
  for (; centroid + 32 <= end; centroid += 32, sum += 32, row += wide ? 32 : 16) {
    const x = v128.load(row);
    const low = wide ? x : promoteLow(x);
    const high = wide ? v128.load(row, 16) : promoteHigh(x);
    const p = f64x2.sub(low, v128.load(centroid));
    const q = f64x2.sub(high, v128.load(centroid, 16));
    even = f64x2.add(even, f64x2.mul(p, p));
    odd = f64x2.add(odd, f64x2.mul(q, q));
    addTo(sum, f64x2.mul(w, low));
    addTo(sum + 16, f64x2.mul(w, high));
  }
  let total = sumLanes64(f64x2.add(even, odd));
  for (; centroid < end; centroid += 8, sum += 8, row += wide ? 8 : 4) {
    const x = wide ? load<f64>(row) : <f64> load<f32>(row);
    const difference = x - load<f64>(centroid);
    total += difference * difference;
    store<f64>(sum, load<f64>(sum) + weight * x);
  }
  return total;
}
