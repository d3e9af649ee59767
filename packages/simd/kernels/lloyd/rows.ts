// @ts-nocheck AssemblyScript
// Exact distances of one row at a time, and the nearest centroid by them, in float64.
import {
  centroids, d, k, original, originalWide, rowAddresses, rowLengths, valueShift,
} from "../generated/lloyd_structures.ts";

/** Returns the value of an entry of a sparse row, a byte or float32. */
// @ts-ignore: decorator
@inline
export function entryValue(at: usize): f32 {
  return valueShift ? load<f32>(at) : <f32> load<u8>(at);
}

/** Returns the number of bytes of such a value. */
// @ts-ignore: decorator
@inline
export function entryBytes(): usize {
  return <usize> 1 << valueShift;
}

/** Returns Σ (x_i − c)² in float64, term by term in column order, as a plain loop would. */
export function exactDistance(i: i32, centroid: usize): f64 {
  if (!original) return sparseDistance(i, centroid);
  const row = original + <usize> i * (<usize> d << (2 + originalWide));
  return originalWide ? wideDistance(row, centroid, d) : narrowDistance(row, centroid, d);
}

/** Returns the nearest centroid in float64, the first in case of a tie. */
export function nearestOf(i: i32): i32 {
  let label = 0;
  let nearest: f64 = Infinity;
  for (let j = 0; j < k; j++) {
    const distance = exactDistance(i, centroids + <usize> j * (<usize> d << 3));
    if (distance >= nearest) continue;
    nearest = distance;
    label = j;
  }
  return label;
}

export function narrowDistance(row: usize, centroid: usize, columns: i32): f64 {
  let total: f64 = 0;
  const end = row + (<usize> columns << 2);
  for (; row < end; row += 4, centroid += 8) {
    const difference = <f64> load<f32>(row) - load<f64>(centroid);
    total += difference * difference;
  }
  return total;
}

export function wideDistance(row: usize, centroid: usize, columns: i32): f64 {
  let total: f64 = 0;
  const end = row + (<usize> columns << 3);
  for (; row < end; row += 8, centroid += 8) {
    const difference = load<f64>(row) - load<f64>(centroid);
    total += difference * difference;
  }
  return total;
}

export function sparseDistance(i: i32, centroid: usize): f64 {
  let entry = <usize> load<u32>(rowAddresses + (<usize> i << 2));
  const length = load<i32>(rowLengths + (<usize> i << 2));
  let value = entry + (<usize> length << 1);
  const end = value;
  let column: i32 = 0;
  let total: f64 = 0;
  for (; entry < end; entry += 2, value += entryBytes()) {
    const x = entryValue(value);
    if (x === 0) break; // Zeros fill up the row.
    const next = <i32> load<u16>(entry);
    total = addZeros(total, centroid, column, next);
    const difference = <f64> x - load<f64>(centroid + (<usize> next << 3));
    total += difference * difference;
    column = next + 1;
  }
  return addZeros(total, centroid, column, d);
}

/** Adds the terms of columns in which x is 0. */
function addZeros(total: f64, centroid: usize, start: i32, stop: i32): f64 {
  for (; start < stop; start++) {
    const value = load<f64>(centroid + (<usize> start << 3));
    total += value * value;
  }
  return total;
}
