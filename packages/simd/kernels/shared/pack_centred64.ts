// @ts-nocheck AssemblyScript
// Panels of 5 rows as pack64.ts has them, of numbers of any kind less one per column, which lie row by row.
import { loadOne, loadPair } from "./load.ts";

/** Packs `k` steps of each row. `less` are the numbers that are subtracted, float64. */
export function packCentred<T>(
  source: usize,
  rowBytes: usize,
  less: usize,
  target: usize,
  k: i32,
  rows: i32,
): void {
  const bytes = <usize> ((k + 1) >> 1) * 80;
  for (let row = 0; row < rows; row += 5) {
    const from = source + <usize> row * rowBytes;
    if (row + 5 <= rows) packFive<T>(from, rowBytes, less, target, k);
    else packFewer<T>(from, rowBytes, less, target, k, rows - row);
    target += bytes;
  }
}

export function packFive<T>(
  source: usize,
  rowBytes: usize,
  less: usize,
  target: usize,
  k: i32,
): void {
  for (; k >= 2; k -= 2) {
    const pair = v128.load(less);
    let from = source;
    const a = f64x2.sub(loadPair<T>(from), pair);
    const b = f64x2.sub(loadPair<T>(from += rowBytes), pair);
    const c = f64x2.sub(loadPair<T>(from += rowBytes), pair);
    const d = f64x2.sub(loadPair<T>(from += rowBytes), pair);
    v128.store(target, v128.shuffle<i64>(a, b, 0, 2));
    v128.store(target, v128.shuffle<i64>(c, d, 0, 2), 16);
    v128.store(target, v128.shuffle<i64>(a, b, 1, 3), 32);
    v128.store(target, v128.shuffle<i64>(c, d, 1, 3), 48);
    v128.store(target, f64x2.sub(loadPair<T>(from + rowBytes), pair), 64);
    source += 2 * sizeof<T>();
    less += 16;
    target += 80;
  }
  if (k > 0) packFewer<T>(source, rowBytes, less, target, k, 5);
}

export function packFewer<T>(
  source: usize,
  rowBytes: usize,
  less: usize,
  target: usize,
  k: i32,
  rows: i32,
): void {
  for (let i = 0; i < k; i += 2) {
    memory.fill(target, 0, 80);
    for (let j = 0; j < min(2, k - i); j++) {
      for (let row = 0; row < rows; row++) {
        const to = row < 4 ? (j << 5) + (row << 3) : 64 + (j << 3);
        const value = loadOne<T>(source + <usize> row * rowBytes);
        store<f64>(target + <usize> to, value - load<f64>(less));
      }
      source += sizeof<T>();
      less += 8;
    }
    target += 80;
  }
}
