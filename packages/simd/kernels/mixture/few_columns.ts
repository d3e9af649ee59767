// @ts-nocheck AssemblyScript
// Squared lengths of W (x - mean) in one to three columns: two rows per register, no list and no tile.
import { loadOne } from "../shared/load.ts";
import { multiplyAdd64 } from "../shared/vector.ts";
import {
  CHUNK_BYTES,
  columnCount,
  componentCount,
  factorBytes,
  factorsAt,
  isWide,
  meansAt,
  responsibilitiesIn,
  rowBytes,
  rowsAt,
  workIn,
} from "./problem.ts";

/** The most columns that are whitened here. */
export const FEW: i32 = 3;

export function whitenFew(args: usize, scratch: usize, first: i32, rows: i32): void {
  const d = columnCount(args);
  const columns = workIn(scratch, args);
  const x = rowsAt(args) + <usize> first * rowBytes(args);
  if (isWide(args)) spreadColumns<f64>(x, d, rows, columns);
  else spreadColumns<f32>(x, d, rows, columns);
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

/** The columns of a chunk one after the other, as float64. */
// @ts-ignore: decorator
@inline
function spreadColumns<T>(x: usize, d: i32, rows: i32, out: usize): void {
  for (let i: usize = 0; i < <usize> rows << 3; i += 8) {
    for (let j: usize = 0; j < <usize> d; j++, x += sizeof<T>()) {
      store<f64>(out + j * CHUNK_BYTES + i, loadOne<T>(x));
    }
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
