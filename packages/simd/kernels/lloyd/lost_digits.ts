// @ts-nocheck AssemblyScript
// Sums of clusters that have lost digits: rounded beside a row that was taken off, which is much farther out than
// those that stay.
import { promoteHigh, promoteLow } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { entryBytes, entryValue } from "./rows.ts";

/** Ratio of what left a sum to the sum beyond which it has lost too many digits: as peaks tell, and as bounds do. */
const LOST: f64 = 65536;
const LOST_BY_BOUNDS: f64 = 1048576;
/** The ratio beyond which the sum may be 0, but for rounding: of a column in which all rows that stay are 0. */
const NOTHING: f64 = 1099511627776;

/** Raises the peaks of a cluster to the values of a row that leaves it. */
export function keepPeaks(i: i32, cluster: i32, weight: f64): void {
  const peaks = peaksOf(cluster);
  if (f.weights) raise(peaks + (<usize> f.d << 3), weight);
  if (!f.original) return keepSparse(i, peaks, weight);
  const row = f.original + <usize> i * (<usize> f.d << (2 + f.originalWide));
  if (f.originalWide) keepDense(true, row, peaks, weight);
  else keepDense(false, row, peaks, weight);
}

// @ts-ignore: decorator
@inline
function keepDense(wide: bool, row: usize, peaks: usize, weight: f64): void {
  const w = f64x2.splat(weight);
  const end = peaks + (<usize> f.d << 3);
  for (; peaks + 32 <= end; peaks += 32, row += wide ? 32 : 16) {
    const x = v128.load(row);
    const low = f64x2.abs(f64x2.mul(w, wide ? x : promoteLow(x)));
    const high = f64x2.abs(f64x2.mul(w, wide ? v128.load(row, 16) : promoteHigh(x)));
    const isHigher = v128.or(f64x2.gt(low, v128.load(peaks)), f64x2.gt(high, v128.load(peaks, 16)));
    if (!v128.any_true(isHigher)) continue;
    raise(peaks, f64x2.extract_lane(low, 0));
    raise(peaks + 8, f64x2.extract_lane(low, 1));
    raise(peaks + 16, f64x2.extract_lane(high, 0));
    raise(peaks + 24, f64x2.extract_lane(high, 1));
  }
  for (; peaks < end; peaks += 8, row += wide ? 8 : 4) {
    raise(peaks, abs(weight * (wide ? load<f64>(row) : <f64> load<f32>(row))));
  }
}

function keepSparse(i: i32, peaks: usize, weight: f64): void {
  let entry = <usize> load<u32>(f.rowAddresses + (<usize> i << 2));
  const length = load<i32>(f.rowLengths + (<usize> i << 2));
  let value = entry + (<usize> length << 1);
  for (const end = value; entry < end; entry += 2, value += entryBytes()) {
    raise(peaks + (<usize> load<u16>(entry) << 3), abs(weight * <f64> entryValue(value)));
  }
}

/** Raises a number that is not negative, which other threads may raise, too. */
// @ts-ignore: decorator
@inline
function raise(at: usize, value: f64): void {
  let former = load<f64>(at);
  while (value > former) {
    const bits = reinterpret<i64>(former);
    const found = atomic.cmpxchg<i64>(at, bits, reinterpret<i64>(value));
    if (found === bits) return;
    former = reinterpret<f64>(found);
  }
}

// @ts-ignore: decorator
@inline
function peaksOf(cluster: i32): usize {
  return f.peaks + ((<usize> cluster * <usize> (f.d + 1)) << 3);
}

/** Forgets what left the sum of a cluster. */
export function forgetPeaks(cluster: i32): void {
  if (f.watch === 2) memory.fill(peaksOf(cluster), 0, <usize> (f.d + 1) << 3);
}

/** Returns true if the sum or the weight of a cluster is small beside what left it. */
export function hasLostDigits(cluster: i32): bool {
  const peaks = f.watch === 2 ? peaksOf(cluster) : 0;
  const ratio = peaks ? LOST : LOST_BY_BOUNDS;
  const sum = f.sums + ((<usize> cluster * <usize> f.d) << 3);
  const weight = load<f64>(f.counts + (<usize> cluster << 3));
  const end = <usize> f.d << 3;
  if (f.weights && (peaks ? load<f64>(peaks + end) : f.heaviest) > ratio * weight) return true;
  // A column that may be 0 is held against the others, since many are in sparse rows.
  let unclear: f64 = 0;
  let offset: f64 = 0;
  for (let p: usize = 0; p < end; p += 8) {
    const peak = peaks ? load<f64>(peaks + p) : f.farthest;
    const value = load<f64>(sum + p);
    if (!(peak > ratio * abs(value))) offset = max(offset, abs(value - weight * load<f64>(f.origin + p)));
    else if (peak < NOTHING * abs(value)) return true;
    else unclear = max(unclear, peak);
  }
  return unclear > ratio * offset;
}
