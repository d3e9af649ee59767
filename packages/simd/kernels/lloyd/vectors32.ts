// @ts-nocheck AssemblyScript
// Float32 vectors in memory.
import { multiplyAdd, multiplySubtract, sumLanes } from "../shared/vector.ts";

/**
 * Returns Σ (a − b)² of float32 vectors, in float32 lanes: the relative error is below (length / 16
 * + 8) · 2^-24.
 */
export function squaredDistance32(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = a + (<usize> length << 2);
  for (; a + 64 <= end; a += 64, b += 64) {
    const p = f32x4.sub(v128.load(a), v128.load(b));
    const q = f32x4.sub(v128.load(a, 16), v128.load(b, 16));
    const r = f32x4.sub(v128.load(a, 32), v128.load(b, 32));
    const s = f32x4.sub(v128.load(a, 48), v128.load(b, 48));
    s0 = f32x4.add(s0, f32x4.mul(p, p));
    s1 = f32x4.add(s1, f32x4.mul(q, q));
    s2 = f32x4.add(s2, f32x4.mul(r, r));
    s3 = f32x4.add(s3, f32x4.mul(s, s));
  }
  s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  let total = (f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1)) +
    (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
  for (; a < end; a += 4, b += 4) {
    const p = load<f32>(a) - load<f32>(b);
    total += p * p;
  }
  return total;
}

/** Multiplies a by four rows of a matrix of `length` columns, to `out` as float64. */
export function fourDots32(a: usize, rows: usize, length: i32, out: usize): void {
  const bytes = <usize> length << 2;
  const b = rows + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const x = v128.load(a + at);
    s0 = multiplyAdd(x, v128.load(rows + at), s0);
    s1 = multiplyAdd(x, v128.load(b + at), s1);
    s2 = multiplyAdd(x, v128.load(c + at), s2);
    s3 = multiplyAdd(x, v128.load(d + at), s3);
  }
  let t0 = sumLanes(s0);
  let t1 = sumLanes(s1);
  let t2 = sumLanes(s2);
  let t3 = sumLanes(s3);
  for (; at < bytes; at += 4) {
    const x = load<f32>(a + at);
    t0 += x * load<f32>(rows + at);
    t1 += x * load<f32>(b + at);
    t2 += x * load<f32>(c + at);
    t3 += x * load<f32>(d + at);
  }
  store<f64>(out, <f64> t0);
  store<f64>(out, <f64> t1, 8);
  store<f64>(out, <f64> t2, 16);
  store<f64>(out, <f64> t3, 24);
}

/** Returns the product of two vectors. */
export function product32(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = a + (<usize> length << 2);
  for (; a + 64 <= end; a += 64, b += 64) {
    s0 = multiplyAdd(v128.load(a), v128.load(b), s0);
    s1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), s1);
    s2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), s2);
    s3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), s3);
  }
  let sum = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; a < end; a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/** Multiplies a by four vectors. */
export function fourProducts32(
  a: usize, b: usize, c: usize, d: usize, e: usize, length: i32,
): v128 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = a + (<usize> length << 2);
  for (; a + 64 <= end; a += 64, b += 64, c += 64, d += 64, e += 64) {
    let x = v128.load(a);
    s0 = multiplyAdd(x, v128.load(b), s0);
    s1 = multiplyAdd(x, v128.load(c), s1);
    s2 = multiplyAdd(x, v128.load(d), s2);
    s3 = multiplyAdd(x, v128.load(e), s3);
    x = v128.load(a, 16);
    s0 = multiplyAdd(x, v128.load(b, 16), s0);
    s1 = multiplyAdd(x, v128.load(c, 16), s1);
    s2 = multiplyAdd(x, v128.load(d, 16), s2);
    s3 = multiplyAdd(x, v128.load(e, 16), s3);
    x = v128.load(a, 32);
    s0 = multiplyAdd(x, v128.load(b, 32), s0);
    s1 = multiplyAdd(x, v128.load(c, 32), s1);
    s2 = multiplyAdd(x, v128.load(d, 32), s2);
    s3 = multiplyAdd(x, v128.load(e, 32), s3);
    x = v128.load(a, 48);
    s0 = multiplyAdd(x, v128.load(b, 48), s0);
    s1 = multiplyAdd(x, v128.load(c, 48), s1);
    s2 = multiplyAdd(x, v128.load(d, 48), s2);
    s3 = multiplyAdd(x, v128.load(e, 48), s3);
  }
  for (; a + 16 <= end; a += 16, b += 16, c += 16, d += 16, e += 16) {
    const x = v128.load(a);
    s0 = multiplyAdd(x, v128.load(b), s0);
    s1 = multiplyAdd(x, v128.load(c), s1);
    s2 = multiplyAdd(x, v128.load(d), s2);
    s3 = multiplyAdd(x, v128.load(e), s3);
  }
  const s01 = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 1, 4, 5), v128.shuffle<f32>(s0, s1, 2, 3, 6, 7));
  const s23 = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 1, 4, 5), v128.shuffle<f32>(s2, s3, 2, 3, 6, 7));
  let sum = f32x4.add(v128.shuffle<f32>(s01, s23, 0, 2, 4, 6), v128.shuffle<f32>(s01, s23, 1, 3, 5, 7));
  for (; a < end; a += 4, b += 4, c += 4, d += 4, e += 4) {
    const others = f32x4(load<f32>(b), load<f32>(c), load<f32>(d), load<f32>(e));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a), others));
  }
  return sum;
}

/**
 * Computes a −= Σ shares · rows over four rows of a matrix of `length` columns; `shares` are
 * float64.
 */
export function subtractFour32(a: usize, rows: usize, length: i32, shares: usize): void {
  const bytes = <usize> length << 2;
  const b = rows + bytes;
  const c = b + bytes;
  const d = c + bytes;
  const t0 = <f32> load<f64>(shares);
  const t1 = <f32> load<f64>(shares, 8);
  const t2 = <f32> load<f64>(shares, 16);
  const t3 = <f32> load<f64>(shares, 24);
  const s0 = f32x4.splat(t0);
  const s1 = f32x4.splat(t1);
  const s2 = f32x4.splat(t2);
  const s3 = f32x4.splat(t3);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    let x = multiplySubtract(s0, v128.load(rows + at), v128.load(a + at));
    x = multiplySubtract(s1, v128.load(b + at), x);
    x = multiplySubtract(s2, v128.load(c + at), x);
    v128.store(a + at, multiplySubtract(s3, v128.load(d + at), x));
  }
  for (; at < bytes; at += 4) {
    const near = t0 * load<f32>(rows + at) + t1 * load<f32>(b + at);
    const far = t2 * load<f32>(c + at) + t3 * load<f32>(d + at);
    store<f32>(a + at, load<f32>(a + at) - (near + far));
  }
}
