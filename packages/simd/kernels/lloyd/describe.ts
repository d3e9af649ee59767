// @ts-nocheck AssemblyScript
// The terms of each row in the bounds, computed once for the data.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { promoteHigh, promoteLow, sumLanes64 } from "../shared/vector.ts";
import { listRows, RADIUS, recordOf, REFERENCE, SQUARE, tailOf } from "./records.ts";
import { dataProducts } from "./products.ts";
import { entryValue } from "./rows.ts";
import { screenedRow, screenRow } from "./screen.ts";

/** Number of rows in a block. */
const ROWS: i32 = 512;
/** Number of rows whose products fit a tile. */
const TILE: i32 = 64;
/** Factor that widens upper bounds beyond the rounding of their own computation. */
const UP: f32 = 1.00001;

/**
 * Describes dense rows: makes float32 working copies if needed (`dense` differs from `original`),
 * squares and radii if they have a place (`meanLength` is |mean|), and in `statistics` for each block
 * Σ w |x − mean|².
 */
export function describeDense(thread: i32, args: usize): void {
  f.loadDescribeDense(args);
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * ROWS, f.n);
    const few = !f.radii && !f.weights;
    const total = few ? sumOfSquares(b * ROWS, end) : describeRows(b * ROWS, end);
    store<f64>(f.statistics + (<usize> b << 3), total);
  }
}

function describeRows(start: i32, end: i32): f64 {
  let total: f64 = 0;
  for (let i = start; i < end; i++) {
    const weight = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
    total += weight * describeRow(i);
  }
  return total;
}

/**
 * Returns Σ |x − mean|² of consecutive rows of up to four float32 columns: twelve values at a time, which are
 * whole rows.
 */
export function sumOfSquares(start: i32, end: i32): f64 {
  let x = f.original + <usize> (start * f.d) * 4;
  const stop = f.original + <usize> (end * f.d) * 4;
  const m0 = pairOfMeans(0);
  const m1 = pairOfMeans(2);
  const m2 = pairOfMeans(4);
  const m3 = pairOfMeans(6);
  const m4 = pairOfMeans(8);
  const m5 = pairOfMeans(10);
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  for (; x + 48 <= stop; x += 48) {
    const u = v128.load(x);
    const v = v128.load(x, 16);
    const w = v128.load(x, 32);
    a = addSquare(addSquare(a, promoteLow(u), m0), promoteHigh(u), m1);
    b = addSquare(addSquare(b, promoteLow(v), m2), promoteHigh(v), m3);
    c = addSquare(addSquare(c, promoteLow(w), m4), promoteHigh(w), m5);
  }
  let total = sumLanes64(f64x2.add(f64x2.add(a, b), c));
  for (let p = 0; x < stop; x += 4, p++) {
    const difference = <f64> load<f32>(x) - meanOfValue(p);
    total += difference * difference;
  }
  return total;
}

/** Returns the mean of the column of value `p` from the beginning of a row on. */
// @ts-ignore: decorator
@inline
function meanOfValue(p: i32): f64 {
  return load<f64>(f.mean + (<usize> (p % f.d) << 3));
}

// @ts-ignore: decorator
@inline
function pairOfMeans(p: i32): v128 {
  return f64x2(meanOfValue(p), meanOfValue(p + 1));
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, x: v128, mean: v128): v128 {
  const difference = f64x2.sub(x, mean);
  return f64x2.add(sum, f64x2.mul(difference, difference));
}

export function describeRow(i: i32): f64 {
  const from = f.original + <usize> i * (<usize> f.d << (2 + f.originalWide));
  const copy = f.dense !== f.original;
  const to = copy ? f.dense + <usize> i * (<usize> f.d << 2) : 0;
  if (f.originalWide) squareValues(true, from, to);
  else squareValues(false, from, to);
  if (!f.radii) return centred;
  const at = <usize> i << 2;
  store<f32>(f.squares + at, <f32> centred);
  store<f32>(f.radii + at, (<f32> sqrt(copy ? centred : raw) + f.meanLength) * UP);
  return centred;
}

/** Sums of squares of the last row that `squareValues` was given: centred and scaled, and as it is. */
let centred: f64 = 0;
let raw: f64 = 0;

/** Adds up the squares of a row, four values at a time, and copies it to `to` unless that is 0. */
// @ts-ignore: decorator
@inline
function squareValues(wide: bool, from: usize, to: usize): void {
  const scale = f64x2.splat(f.scale);
  let c0 = f64x2.splat(0);
  let c1 = c0;
  let r0 = c0;
  let r1 = c0;
  let mean = f.mean;
  const end = mean + (<usize> f.d << 3);
  for (; mean + 32 <= end; mean += 32) {
    const x = wide ? v128.load(from) : f64x2.promote_low_f32x4(v128.load64_zero(from));
    const y = wide ? v128.load(from, 16) : f64x2.promote_low_f32x4(v128.load64_zero(from, 8));
    const p = f64x2.mul(f64x2.sub(x, v128.load(mean)), scale);
    const q = f64x2.mul(f64x2.sub(y, v128.load(mean, 16)), scale);
    c0 = f64x2.add(c0, f64x2.mul(p, p));
    c1 = f64x2.add(c1, f64x2.mul(q, q));
    r0 = f64x2.add(r0, f64x2.mul(x, x));
    r1 = f64x2.add(r1, f64x2.mul(y, y));
    if (to) {
      v128.store64_lane(to, f32x4.demote_f64x2_zero(p), 0);
      v128.store64_lane(to, f32x4.demote_f64x2_zero(q), 0, 8);
      to += 16;
    }
    from += wide ? 32 : 16;
  }
  c0 = f64x2.add(c0, c1);
  r0 = f64x2.add(r0, r1);
  centred = f64x2.extract_lane(c0, 0) + f64x2.extract_lane(c0, 1);
  raw = f64x2.extract_lane(r0, 0) + f64x2.extract_lane(r0, 1);
  for (; mean < end; mean += 8) {
    const x = wide ? load<f64>(from) : <f64> load<f32>(from);
    const difference = (x - load<f64>(mean)) * f.scale;
    centred += difference * difference;
    raw += x * x;
    if (to) {
      store<f32>(to, <f32> difference);
      to += 4;
    }
    from += wide ? 8 : 4;
  }
}

/**
 * Computes the coordinates of rows in the basis, whose directions are the factors, and the length of
 * their residuals.
 */
export function describeInBasis(thread: i32, args: usize): void {
  f.loadDescribeInBasis(args);
  const list = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * ROWS, f.n);
    for (let start = b * ROWS; start < end; start += TILE) {
      describeTile(start, min(start + TILE, end), list);
    }
  }
}

export function describeTile(start: i32, end: i32, list: usize): void {
  const products = list + (TILE << 2);
  listRows(start, end, list);
  dataProducts(list, end - start, f.factorPanels, f.sketchSize, products);
  for (let i = start; i < end; i++) {
    keepCoordinates(i, products + <usize> ((i - start) * f.sketchSize) * 4);
  }
}

function keepCoordinates(i: i32, row: usize): void {
  const to = f.sketch + <usize> i * (<usize> f.sketchSize << 2);
  let length: f32 = 0;
  for (let p: usize = 0; p < <usize> f.sketchSize; p++) {
    const coordinate = load<f32>(row + (p << 2)) - load<f32>(f.factorBias + (p << 2));
    store<f32>(to + (p << 2), coordinate);
    length += coordinate * coordinate;
  }
  const at = <usize> i << 2;
  const radius = load<f32>(f.radii + at);
  // The floor covers the rounding of both terms and of the basis, which is orthonormal only to
  // rounding.
  const rest = max(load<f32>(f.squares + at) - length, 0) + f.coordinateError * radius * radius;
  store<f32>(f.residuals + at, sqrt(rest) * UP);
}

/** Gathers the terms of each row in its record; `references` and products come later. */
export function packRecords(thread: i32, args: usize): void {
  f.loadPackRecords(args);
  const scratch = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let b = nextBlock(thread); b * ROWS < f.n; b = nextBlock(thread)) {
    const end = min((b + 1) * ROWS, f.n);
    for (let i = b * ROWS; i < end; i++) {
      packRecord(i);
      if (f.screened) screenRow(i, screenedRow(f.screened, i), scratch);
    }
  }
}

export function packRecord(i: i32): void {
  const record = recordOf(i);
  const tail = tailOf(record);
  const at = <usize> i << 2;
  if (f.sketchSize > 0) {
    const bytes = <usize> f.sketchSize << 2;
    const from = f.sketch + <usize> i * bytes;
    for (let p: usize = 0; p < bytes; p += 16) v128.store(record + p, v128.load(from + p));
    store<f32>(tail, load<f32>(f.residuals + at));
  }
  store<f32>(tail, load<f32>(f.radii + at), RADIUS);
  store<f32>(tail, load<f32>(f.squares + at), SQUARE);
  store<i32>(tail, 0, REFERENCE);
}

/**
 * Makes one step of subspace iteration on sampled rows: for each block of them, in `statistics`, Σ
 * x ⊗ (factors · (x − mean)), d × factorCount float32, and Σ of the second term.
 */
export function turnBasis(thread: i32, args: usize): void {
  f.loadTurnBasis(args);
  const products = f.scratch + <usize> thread * <usize> f.scratchBytes;
  const size = <usize> (f.d + 1) * <usize> f.factorCount << 2;
  for (let b = nextBlock(thread); b * ROWS < f.sampleCount; b = nextBlock(thread)) {
    const out = f.statistics + <usize> b * size;
    memory.fill(out, 0, size);
    for (let start = b * ROWS; start < min((b + 1) * ROWS, f.sampleCount); start += TILE) {
      turnTile(f.sampleRows + (<usize> start << 2), min(f.sampleCount - start, TILE), products, out);
    }
  }
}

export function turnTile(list: usize, count: i32, products: usize, out: usize): void {
  const columns = <usize> f.factorCount << 2;
  dataProducts(list, count, f.factorPanels, f.factorCount, products);
  const total = out + <usize> f.d * columns;
  for (let q = 0; q < count; q++) {
    const row = products + <usize> q * columns;
    for (let p: usize = 0; p < columns; p += 16) {
      const centred = f32x4.sub(v128.load(row + p), v128.load(f.factorBias + p));
      v128.store(row + p, centred);
      v128.store(total + p, f32x4.add(v128.load(total + p), centred));
    }
    addOuter(load<u32>(list + (<usize> q << 2)), row, columns, out);
  }
}

/** Adds x_i ⊗ row to `out`. */
function addOuter(i: u32, row: usize, columns: usize, out: usize): void {
  if (f.dense) {
    const x = f.dense + <usize> i * (<usize> f.d << 2);
    for (let p: usize = 0; p < <usize> f.d; p++) {
      addTo(out + p * columns, row, load<f32>(x + (p << 2)), columns);
    }
    return;
  }
  const entry = <usize> load<u32>(f.rowAddresses + (<usize> i << 2));
  const length = <usize> load<i32>(f.rowLengths + (<usize> i << 2));
  for (let e: usize = 0; e < length; e++) {
    const value = entryValue(entry + (length << 1) + (e << f.valueShift));
    addTo(out + <usize> load<u16>(entry + (e << 1)) * columns, row, value, columns);
  }
}

function addTo(out: usize, row: usize, factor: f32, columns: usize): void {
  const x = f32x4.splat(factor);
  for (let p: usize = 0; p < columns; p += 16) {
    v128.store(out + p, f32x4.add(v128.load(out + p), f32x4.mul(x, v128.load(row + p))));
  }
}
