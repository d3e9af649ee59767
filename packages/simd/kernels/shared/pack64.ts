// @ts-nocheck AssemblyScript
// Panels for matmul64.ts. Strides are in bytes, so that a matrix and its transpose are packed alike; what
// is missing at the edges becomes zero, and an odd number of steps one more.

/** 4 columns, step by step. */
export function packFourColumns(
  source: usize,
  columnStride: usize,
  stepStride: usize,
  target: usize,
  k: i32,
  columns: i32,
): void {
  if (columns === 4) {
    for (let i = 0; i < k; i++) {
      store<f64>(target, load<f64>(source));
      store<f64>(target, load<f64>(source + columnStride), 8);
      store<f64>(target, load<f64>(source + 2 * columnStride), 16);
      store<f64>(target, load<f64>(source + 3 * columnStride), 24);
      source += stepStride;
      target += 32;
    }
  } else {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < 4; j++) {
        const value = j < columns ? load<f64>(source + <usize> j * columnStride) : 0;
        store<f64>(target + (<usize> j << 3), value);
      }
      source += stepStride;
      target += 32;
    }
  }
  if (k & 1) memory.fill(target, 0, 32);
}

/** Returns the number of steps of a packed panel up to the last pair that is not all zeros. */
export function stepsToLastValue(panel: usize, k: i32): i32 {
  let steps = (k + 1) & ~1;
  for (; steps > 0; steps -= 2) {
    const at = panel + (<usize> steps - 2 << 5);
    const low = v128.or(v128.load(at), v128.load(at, 16));
    const high = v128.or(v128.load(at, 32), v128.load(at, 48));
    if (v128.any_true(v128.or(low, high))) break;
  }
  return steps;
}

/** Panels of 5 rows: for each pair of steps what `tile` of matmul64.ts reads. */
export function packFiveRows(
  source: usize,
  rowStride: usize,
  stepStride: usize,
  target: usize,
  k: i32,
  rows: i32,
): void {
  const bytes = <usize> ((k + 1) >> 1) * 80;
  for (let row = 0; row < rows; row += 5) {
    const from = source + <usize> row * rowStride;
    if (row + 5 <= rows) packWhole(from, rowStride, stepStride, target, k);
    else packPart(from, rowStride, stepStride, target, k, rows - row);
    target += bytes;
  }
}

export function packWhole(
  source: usize,
  rowStride: usize,
  stepStride: usize,
  target: usize,
  k: i32,
): void {
  for (; k >= 2; k -= 2) {
    const next = source + stepStride;
    store<f64>(target, load<f64>(source));
    store<f64>(target, load<f64>(source + rowStride), 8);
    store<f64>(target, load<f64>(source + 2 * rowStride), 16);
    store<f64>(target, load<f64>(source + 3 * rowStride), 24);
    store<f64>(target, load<f64>(source + 4 * rowStride), 64);
    store<f64>(target, load<f64>(next), 32);
    store<f64>(target, load<f64>(next + rowStride), 40);
    store<f64>(target, load<f64>(next + 2 * rowStride), 48);
    store<f64>(target, load<f64>(next + 3 * rowStride), 56);
    store<f64>(target, load<f64>(next + 4 * rowStride), 72);
    source = next + stepStride;
    target += 80;
  }
  if (k > 0) packPart(source, rowStride, stepStride, target, k, 5);
}

export function packPart(
  source: usize,
  rowStride: usize,
  stepStride: usize,
  target: usize,
  k: i32,
  rows: i32,
): void {
  for (let i = 0; i < k; i += 2) {
    memory.fill(target, 0, 80);
    for (let j = 0; j < min(2, k - i); j++) {
      for (let row = 0; row < rows; row++) {
        const to = row < 4 ? (j << 5) + (row << 3) : 64 + (j << 3);
        store<f64>(target + <usize> to, load<f64>(source + <usize> row * rowStride));
      }
      source += stepStride;
    }
    target += 80;
  }
}
