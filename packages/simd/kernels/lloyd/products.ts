// @ts-nocheck AssemblyScript
// Rows times the columns of panels: 12 columns a panel, the last one 4, 8 or 12 wide.
import { d, dense, rowAddresses, rowLengths, valueShift } from "../generated/lloyd_structures.ts";
import {
  byteRow12, byteRow4, byteRow8, denseRows12, denseRows4, denseRows8, singleRow12, singleRow4, singleRow8,
} from "../generated/panel_rows.ts";

/**
 * Multiplies the data rows `list[0 … count)` by `columns` columns, to `out`: count (rounded up to
 * 4) × columns.
 */
export function dataProducts(
  list: usize,
  count: i32,
  panels: usize,
  columns: i32,
  out: usize,
): void {
  if (dense) return denseProducts(dense, d << 2, d, list, count, panels, columns, out);
  for (let q = 0; q < count; q++) {
    const row = <usize> load<u32>(list + (<usize> q << 2)) << 2;
    const address = <usize> load<u32>(rowAddresses + row);
    sparseProducts(address, load<i32>(rowLengths + row), panels, columns, out);
    out += <usize> columns << 2;
  }
}

/** Multiplies one sparse row by all panels. */
export function sparseProducts(
  row: usize,
  length: i32,
  panels: usize,
  columns: i32,
  out: usize,
): void {
  const step = <usize> d * 48;
  while (columns >= 12) {
    if (valueShift) singleRow12(row, length, panels, out);
    else byteRow12(row, length, panels, out);
    panels += step;
    out += 48;
    columns -= 12;
  }
  if (columns === 8) {
    if (valueShift) singleRow8(row, length, panels, out);
    else byteRow8(row, length, panels, out);
  } else if (columns === 4) {
    if (valueShift) singleRow4(row, length, panels, out);
    else byteRow4(row, length, panels, out);
  }
}

/**
 * Multiplies rows `list[0 … count)` of a matrix, `bytes` apart and `length` long, by `columns`
 * columns.
 */
export function denseProducts(
  matrix: usize,
  bytes: i32,
  length: i32,
  list: usize,
  count: i32,
  panels: usize,
  columns: i32,
  out: usize,
): void {
  const stride = <usize> columns << 2;
  const last = list + (<usize> (count - 1) << 2);
  for (let q = 0; q < count; q += 4) {
    const x0 = matrix + <usize> load<u32>(list) * <usize> bytes;
    const x1 = matrix + <usize> load<u32>(min(list + 4, last)) * <usize> bytes;
    const x2 = matrix + <usize> load<u32>(min(list + 8, last)) * <usize> bytes;
    const x3 = matrix + <usize> load<u32>(min(list + 12, last)) * <usize> bytes;
    fourRows(x0, x1, x2, x3, length, panels, columns, out);
    list += 16;
    out += stride << 2;
  }
}

function fourRows(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  length: i32,
  panels: usize,
  columns: i32,
  out: usize,
): void {
  const stride = <usize> columns << 2;
  const step = <usize> length * 48;
  while (columns >= 12) {
    denseRows12(x0, x1, x2, x3, length, panels, out, stride);
    panels += step;
    out += 48;
    columns -= 12;
  }
  if (columns === 8) denseRows8(x0, x1, x2, x3, length, panels, out, stride);
  if (columns === 4) denseRows4(x0, x1, x2, x3, length, panels, out, stride);
}
