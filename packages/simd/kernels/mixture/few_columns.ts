// @ts-nocheck AssemblyScript
// One to three columns under full covariances: two rows per register, no list and no tile.
import { loadOne } from "../shared/load.ts";
import { multiplyAdd64, sumLanes64 } from "../shared/vector.ts";
import {
  aboutAt,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  factorBytes,
  factorsAt,
  hasTriangles,
  isWide,
  meansAt,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  scalesIn,
  workIn,
} from "./problem.ts";

/** The most columns that are computed with here. */
const FEW: i32 = 3;
/** Bytes of a row of the products of up to three columns and a 1. */
const PRODUCT_BYTES: usize = 32;

export function hasFewColumns(args: usize): bool {
  return hasTriangles(args) && columnCount(args) <= FEW;
}

/** The columns of a chunk one after the other, as float64; an odd last row is there twice. */
export function spreadFew(args: usize, scratch: usize, first: i32, rows: i32): void {
  const columns = workIn(scratch, args);
  const x = rowsAt(args) + <usize> first * rowBytes(args);
  if (isWide(args)) spreadColumns<f64>(x, columnCount(args), rows, columns);
  else spreadColumns<f32>(x, columnCount(args), rows, columns);
}

// @ts-ignore: decorator
@inline
function spreadColumns<T>(x: usize, d: i32, rows: i32, out: usize): void {
  for (let j = 0; j < d; j++, x += sizeof<T>(), out += CHUNK_BYTES) {
    let from = x;
    let to = out;
    for (const end = out + (<usize> rows << 3); to < end; to += 8, from += d * sizeof<T>()) {
      store<f64>(to, loadOne<T>(from));
    }
    store<f64>(to, load<f64>(to - 8));
  }
}

/** Squared lengths of W (x - mean). */
export function whitenFew(args: usize, scratch: usize, rows: i32): void {
  const d = columnCount(args);
  const columns = workIn(scratch, args);
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let out = responsibilitiesIn(scratch);
  for (let c = componentCount(args); c > 0; c--) {
    if (d === 1) whitenOne(columns, mean, factor, rows, out);
    else if (d === 2) whitenTwo(columns, mean, factor, rows, out);
    else whitenThree(columns, mean, factor, rows, out);
    mean += <usize> d << 3;
    factor += factorBytes(args);
    out += CHUNK_BYTES;
  }
}

export function whitenOne(x: usize, mean: usize, factor: usize, rows: i32, out: usize): void {
  const m = v128.load64_splat(mean);
  const w = v128.load64_splat(factor);
  const end = x + (<usize> rows << 3);
  for (; x < end; x += 16, out += 16) {
    const y = f64x2.mul(w, f64x2.sub(v128.load(x), m));
    v128.store(out, f64x2.mul(y, y));
  }
}

export function whitenTwo(x: usize, mean: usize, factor: usize, rows: i32, out: usize): void {
  const m0 = v128.load64_splat(mean), m1 = v128.load64_splat(mean, 8);
  const w00 = v128.load64_splat(factor), w10 = v128.load64_splat(factor, 8);
  const w11 = v128.load64_splat(factor, 24);
  const end = x + (<usize> rows << 3);
  for (; x < end; x += 16, out += 16) {
    const u0 = f64x2.sub(v128.load(x), m0);
    const u1 = f64x2.sub(v128.load(x, <i32> CHUNK_BYTES), m1);
    const y0 = f64x2.mul(w00, u0);
    const y1 = multiplyAdd64(w11, u1, f64x2.mul(w10, u0));
    v128.store(out, multiplyAdd64(y1, y1, f64x2.mul(y0, y0)));
  }
}

export function whitenThree(x: usize, mean: usize, factor: usize, rows: i32, out: usize): void {
  const m0 = v128.load64_splat(mean), m1 = v128.load64_splat(mean, 8);
  const m2 = v128.load64_splat(mean, 16);
  const w00 = v128.load64_splat(factor), w10 = v128.load64_splat(factor, 8);
  const w11 = v128.load64_splat(factor, 24);
  const w20 = v128.load64_splat(factor, 32), w21 = v128.load64_splat(factor, 40);
  const w22 = v128.load64_splat(factor, 48);
  const end = x + (<usize> rows << 3);
  for (; x < end; x += 16, out += 16) {
    const u0 = f64x2.sub(v128.load(x), m0);
    const u1 = f64x2.sub(v128.load(x, <i32> CHUNK_BYTES), m1);
    const u2 = f64x2.sub(v128.load(x, 2 * <i32> CHUNK_BYTES), m2);
    const y0 = f64x2.mul(w00, u0);
    const y1 = multiplyAdd64(w11, u1, f64x2.mul(w10, u0));
    const y2 = multiplyAdd64(w22, u2, multiplyAdd64(w21, u1, f64x2.mul(w20, u0)));
    v128.store(out, multiplyAdd64(y2, y2, multiplyAdd64(y1, y1, f64x2.mul(y0, y0))));
  }
}

/** Adds the moments of a chunk whose columns are spread to a slot of sums, as addMoments does. */
export function addFew(args: usize, scratch: usize, rows: i32, slot: usize): void {
  const d = columnCount(args);
  const columns = workIn(scratch, args);
  const scales = scalesIn(scratch);
  let r = responsibilitiesIn(scratch);
  let about = aboutAt(args);
  for (let c = componentCount(args); c > 0; c--) {
    // Of an odd last row the second lane is a copy.
    if (rows & 1) store<f64>(r + (<usize> rows << 3), 0);
    if (d === 1) addOne(columns, about, r, scales, rows, slot);
    else if (d === 2) addTwo(columns, about, r, scales, rows, slot);
    else addThree(columns, about, r, scales, rows, slot);
    r += CHUNK_BYTES;
    about += <usize> d << 3;
    slot += 4 * PRODUCT_BYTES;
  }
}

export function addOne(
  x: usize,
  about: usize,
  r: usize,
  scales: usize,
  rows: i32,
  slot: usize,
): void {
  const m = v128.load64_splat(about);
  let n = f64x2.splat(0), s = n, q = n;
  const end = r + (<usize> rows << 3);
  for (; r < end; r += 16, scales += 16, x += 16) {
    const share = f64x2.mul(v128.load(r), v128.load(scales));
    const u = differenceOf(x, m, share);
    const v = f64x2.mul(share, u);
    n = f64x2.add(n, share);
    s = f64x2.add(s, v);
    q = multiplyAdd64(v, u, q);
  }
  addSum(slot, q);
  addSum(slot + PRODUCT_BYTES, s);
  addSum(slot + PRODUCT_BYTES + 8, n);
}

export function addTwo(
  x: usize,
  about: usize,
  r: usize,
  scales: usize,
  rows: i32,
  slot: usize,
): void {
  const m0 = v128.load64_splat(about), m1 = v128.load64_splat(about, 8);
  let n = f64x2.splat(0), s0 = n, s1 = n;
  let q00 = n, q10 = n, q11 = n;
  const end = r + (<usize> rows << 3);
  for (; r < end; r += 16, scales += 16, x += 16) {
    const share = f64x2.mul(v128.load(r), v128.load(scales));
    const u0 = differenceOf(x, m0, share);
    const u1 = differenceOf(x + CHUNK_BYTES, m1, share);
    const v0 = f64x2.mul(share, u0);
    const v1 = f64x2.mul(share, u1);
    n = f64x2.add(n, share);
    s0 = f64x2.add(s0, v0);
    s1 = f64x2.add(s1, v1);
    q00 = multiplyAdd64(v0, u0, q00);
    q10 = multiplyAdd64(v1, u0, q10);
    q11 = multiplyAdd64(v1, u1, q11);
  }
  addSum(slot, q00);
  addSum(slot + PRODUCT_BYTES, q10);
  addSum(slot + PRODUCT_BYTES + 8, q11);
  addSum(slot + 2 * PRODUCT_BYTES, s0);
  addSum(slot + 2 * PRODUCT_BYTES + 8, s1);
  addSum(slot + 2 * PRODUCT_BYTES + 16, n);
}

export function addThree(
  x: usize,
  about: usize,
  r: usize,
  scales: usize,
  rows: i32,
  slot: usize,
): void {
  const m0 = v128.load64_splat(about), m1 = v128.load64_splat(about, 8);
  const m2 = v128.load64_splat(about, 16);
  let n = f64x2.splat(0), s0 = n, s1 = n, s2 = n;
  let q00 = n, q10 = n, q11 = n, q20 = n, q21 = n, q22 = n;
  const end = r + (<usize> rows << 3);
  for (; r < end; r += 16, scales += 16, x += 16) {
    const share = f64x2.mul(v128.load(r), v128.load(scales));
    const u0 = differenceOf(x, m0, share);
    const u1 = differenceOf(x + CHUNK_BYTES, m1, share);
    const u2 = differenceOf(x + 2 * CHUNK_BYTES, m2, share);
    const v0 = f64x2.mul(share, u0);
    const v1 = f64x2.mul(share, u1);
    const v2 = f64x2.mul(share, u2);
    n = f64x2.add(n, share);
    s0 = f64x2.add(s0, v0);
    s1 = f64x2.add(s1, v1);
    s2 = f64x2.add(s2, v2);
    q00 = multiplyAdd64(v0, u0, q00);
    q10 = multiplyAdd64(v1, u0, q10);
    q11 = multiplyAdd64(v1, u1, q11);
    q20 = multiplyAdd64(v2, u0, q20);
    q21 = multiplyAdd64(v2, u1, q21);
    q22 = multiplyAdd64(v2, u2, q22);
  }
  addSum(slot, q00);
  addSum(slot + PRODUCT_BYTES, q10);
  addSum(slot + PRODUCT_BYTES + 8, q11);
  addSum(slot + 2 * PRODUCT_BYTES, q20);
  addSum(slot + 2 * PRODUCT_BYTES + 8, q21);
  addSum(slot + 2 * PRODUCT_BYTES + 16, q22);
  addSum(slot + 3 * PRODUCT_BYTES, s0);
  addSum(slot + 3 * PRODUCT_BYTES + 8, s1);
  addSum(slot + 3 * PRODUCT_BYTES + 16, s2);
  addSum(slot + 3 * PRODUCT_BYTES + 24, n);
}

/** x - mean; 0 where the share is, since 0 times a difference beyond float64 is NaN. */
// @ts-ignore: decorator
@inline
function differenceOf(x: usize, mean: v128, share: v128): v128 {
  return v128.and(f64x2.sub(v128.load(x), mean), f64x2.gt(share, f64x2.splat(0)));
}

/** Adds both lanes to a number in memory. */
// @ts-ignore: decorator
@inline
function addSum(target: usize, lanes: v128): void {
  store<f64>(target, load<f64>(target) + sumLanes64(lanes));
}
