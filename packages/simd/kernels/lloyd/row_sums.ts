// @ts-nocheck AssemblyScript
// Sums of rows by cluster, in float64: exact for 8-bit data.
import { d, original, originalWide, rowAddresses, rowLengths } from "../generated/lloyd_structures.ts";
import { addTo, promoteHigh, promoteLow, sumLanes64 } from "../shared/vector.ts";
import { entryBytes, entryValue } from "./rows.ts";

/** Computes sums[to] += weight · x_i and, unless `from` is negative, sums[from] −= weight · x_i. */
export function moveRow(i: i32, from: i32, to: i32, weight: f64, sums: usize): void {
  const target = sums + <usize> to * (<usize> d << 3);
  // A row without a former cluster subtracts nothing from its new one.
  const source = from < 0 ? target : sums + <usize> from * (<usize> d << 3);
  const less: f64 = from < 0 ? 0 : weight;
  if (!original) return moveSparse(i, source, target, less, weight);
  const row = original + <usize> i * (<usize> d << (2 + originalWide));
  if (from >= 0) originalWide ? addWide(row, source, -less, d) : addNarrow(row, source, -less, d);
  originalWide ? addWide(row, target, weight, d) : addNarrow(row, target, weight, d);
}

export function moveSparse(i: i32, source: usize, target: usize, less: f64, more: f64): void {
  let entry = <usize> load<u32>(rowAddresses + (<usize> i << 2));
  const length = load<i32>(rowLengths + (<usize> i << 2));
  let value = entry + (<usize> length << 1);
  const end = value;
  for (; entry < end; entry += 2, value += entryBytes()) {
    const x = <f64> entryValue(value);
    const at = <usize> load<u16>(entry) << 3;
    store<f64>(source + at, load<f64>(source + at) - less * x);
    store<f64>(target + at, load<f64>(target + at) + more * x);
  }
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
