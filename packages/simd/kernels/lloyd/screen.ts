// @ts-nocheck AssemblyScript
// Bounds of the products of rows and centroids, both minus the mean, from 8-bit integers: an instruction
// multiplies sixteen of them where it multiplies four float32. README.md has the bound on their errors.
import * as f from "../generated/lloyd_structures.ts";
import { screenedRows12, screenedRows4, screenedRows8 } from "../generated/screened_rows.ts";
import * as quantised from "../shared/quantise.ts";

/** Bytes before the integers of a row: their unit, what is added to sums, and the factors of errors. */
const HEAD: usize = 16;
const UP: f32 = 1.001;
const TWICE: f32 = 2.00001;

/** Of the current partition, how many more bounds have saved a product than have not. */
export let balance: i32 = 0;

export function countSaved(): void {
  balance = 0;
}

/** Counts bounds, of which some left the product to be computed. */
export function weigh(bounds: i32, left: i32): void {
  balance += bounds - 2 * left;
}

/** Number of columns, rounded up to whole vectors of integers. */
// @ts-ignore: decorator
@inline
function filledColumns(): usize {
  return <usize> ((f.d + 15) & ~15);
}

// @ts-ignore: decorator
@inline
export function screenedRow(rows: usize, i: i32): usize {
  return rows + <usize> i * (filledColumns() + HEAD);
}

/** Writes row i as integers to `row`. */
export function screenRow(i: i32, row: usize, scratch: usize): void {
  const x = f.dense + <usize> i * (<usize> f.d << 2);
  quantised.quantiseQuery(x, f.centre, f.d, 0, scratch, row + HEAD);
  store<f32>(row, quantised.unit);
  store<i32>(row, quantised.correction(), 4);
  store<f32>(row, quantised.error, 8);
  store<f32>(row, (quantised.length + quantised.error) * UP, 12);
}

/** Returns how much a bound of the product of row i and a column exceeds it at most. */
export function widthOfBound(i: i32, column: i32): f32 {
  const row = screenedRow(f.screened, i);
  const at = <usize> column << 2;
  const length = load<f32>(f.screenLengths + at);
  return TWICE * (load<f32>(row, 8) * length + load<f32>(row, 12) * load<f32>(f.screenErrors + at));
}

/** Number of columns of integers. */
// @ts-ignore: decorator
@inline
export function screenedColumns(): i32 {
  return f.moves < 0 || f.moves === f.k ? f.width : (f.moves + 3) & ~3;
}

/** Writes centroid j, centred, or its move from where it was as integers in its panel. */
export function screenCentroid(j: i32, centred: usize, scratch: usize): void {
  const column = f.moves < 0 ? j : load<i32>(f.moveColumns + (<usize> j << 2));
  if (column < 0) return;
  const columns = filledColumns();
  const bytes = columns << 2;
  const zeros = f.centre + bytes;
  const integers = scratch + 2 * bytes;
  for (let p: usize = 0; p < <usize> f.d; p++) {
    const at = p << 3;
    store<f32>(scratch + (p << 2), <f32> (f.moves < 0 ? load<f64>(centred + at) : moveOf(j, at)));
  }
  quantised.quantisePoint(scratch, zeros, f.d, 0, scratch + bytes, integers);
  const at = <usize> column << 2;
  store<f32>(f.screenUnits + at, quantised.unit);
  store<f32>(f.screenLengths + at, quantised.length);
  store<f32>(f.screenErrors + at, quantised.error);
  const panel = column / 12;
  const stride = <usize> min(screenedColumns() - panel * 12, 12) << 2;
  let to = f.screenPanels + <usize> panel * columns * 12 + (<usize> (column - panel * 12) << 2);
  for (let p: usize = 0; p < columns; p += 4, to += stride) store<i32>(to, load<i32>(integers + p));
}

// @ts-ignore: decorator
@inline
function moveOf(j: i32, at: usize): f64 {
  const place = <usize> j * (<usize> f.d << 3) + at;
  return (load<f64>(f.centroids + place) - load<f64>(f.former + place)) * f.scale;
}

/** Bounds the products of the rows in a list and all columns from above, to `out`: count (rounded up to 4) rows. */
export function boundColumns(list: usize, count: i32, out: usize): void {
  const columns = screenedColumns();
  for (let panel = 0; panel * 12 < columns; panel++) {
    boundProducts(f.screened, list, count, panel, out + <usize> panel * 48, <usize> columns << 2);
  }
}

/**
 * Bounds the products of the rows `list[0 … count)`, whose integers are at `rows`, and the twelve centroids of a
 * panel, fewer in the last one, from above, to `out`: count (rounded up to 4) rows of `stride` bytes.
 */
export function boundProducts(
  rows: usize,
  list: usize,
  count: i32,
  panel: i32,
  out: usize,
  stride: usize,
): void {
  const bytes = filledColumns();
  const columns = min(screenedColumns() - panel * 12, 12);
  const integers = f.screenPanels + <usize> panel * bytes * 12;
  const at = <usize> panel * 48;
  const units = f.screenUnits + at;
  const lengths = f.screenLengths + at;
  const errors = f.screenErrors + at;
  const last = list + (<usize> (count - 1) << 2);
  for (; list <= last; list += 16, out += stride << 2) {
    const x0 = screenedRow(rows, load<i32>(list));
    const x1 = screenedRow(rows, load<i32>(min(list + 4, last)));
    const x2 = screenedRow(rows, load<i32>(min(list + 8, last)));
    const x3 = screenedRow(rows, load<i32>(min(list + 12, last)));
    if (columns === 12) {
      screenedRows12(x0, x1, x2, x3, bytes, integers, out, stride, units, lengths, errors);
    } else if (columns === 8) {
      screenedRows8(x0, x1, x2, x3, bytes, integers, out, stride, units, lengths, errors);
    } else screenedRows4(x0, x1, x2, x3, bytes, integers, out, stride, units, lengths, errors);
  }
}
