// @ts-nocheck AssemblyScript
// Squared lengths of W (x - mean), in float64.
import { loadOne, loadPair } from "../shared/load.ts";
import { multiplyAdd64 } from "../shared/vector.ts";

/** Bytes of a column of eight rows, which are whitened together in registers. */
export const TILE_BYTES: usize = 64;

// @ts-ignore: decorator
@inline
function splat(at: usize): v128 {
  return v128.load64_splat(at);
}

/** Eight listed rows less the mean, column by column. */
// @ts-ignore: decorator
@inline
export function gatherTile<T>(
  x: usize,
  mean: usize,
  bytes: usize,
  d: i32,
  list: usize,
  out: usize,
): void {
  const r0 = x + <usize> load<i32>(list) * bytes;
  const r1 = x + <usize> load<i32>(list, 4) * bytes;
  const r2 = x + <usize> load<i32>(list, 8) * bytes;
  const r3 = x + <usize> load<i32>(list, 12) * bytes;
  const r4 = x + <usize> load<i32>(list, 16) * bytes;
  const r5 = x + <usize> load<i32>(list, 20) * bytes;
  const r6 = x + <usize> load<i32>(list, 24) * bytes;
  const r7 = x + <usize> load<i32>(list, 28) * bytes;
  let at: usize = 0;
  let j = 0;
  for (; j + 2 <= d; j += 2, at += 2 * sizeof<T>(), mean += 16, out += 2 * TILE_BYTES) {
    const m = v128.load(mean);
    transposePair(f64x2.sub(loadPair<T>(r0 + at), m), f64x2.sub(loadPair<T>(r1 + at), m), out);
    transposePair(f64x2.sub(loadPair<T>(r2 + at), m), f64x2.sub(loadPair<T>(r3 + at), m), out + 16);
    transposePair(f64x2.sub(loadPair<T>(r4 + at), m), f64x2.sub(loadPair<T>(r5 + at), m), out + 32);
    transposePair(f64x2.sub(loadPair<T>(r6 + at), m), f64x2.sub(loadPair<T>(r7 + at), m), out + 48);
  }
  if (j === d) return;
  const m = load<f64>(mean);
  store<f64>(out, loadOne<T>(r0 + at) - m);
  store<f64>(out, loadOne<T>(r1 + at) - m, 8);
  store<f64>(out, loadOne<T>(r2 + at) - m, 16);
  store<f64>(out, loadOne<T>(r3 + at) - m, 24);
  store<f64>(out, loadOne<T>(r4 + at) - m, 32);
  store<f64>(out, loadOne<T>(r5 + at) - m, 40);
  store<f64>(out, loadOne<T>(r6 + at) - m, 48);
  store<f64>(out, loadOne<T>(r7 + at) - m, 56);
}

// @ts-ignore: decorator
@inline
function transposePair(a: v128, b: v128, out: usize): void {
  v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(out, v128.shuffle<f64>(a, b, 1, 3), TILE_BYTES);
}

/**
 * Eight centred rows, column by column. W is a lower triangle in panels of two rows: for each column up to
 * the diagonal of the second its two numbers. A row left over follows with the numbers up to its diagonal.
 */
export function whitenTile(centred: usize, factor: usize, d: i32, out: usize): void {
  let sum0 = f64x2.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  let w = factor;
  let row = 0;
  for (; row + 2 <= d; row += 2) {
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    let u = centred;
    const end = centred + <usize> (row + 1) * TILE_BYTES;
    for (; u < end; u += TILE_BYTES, w += 16) {
      const u0 = v128.load(u), u1 = v128.load(u, 16), u2 = v128.load(u, 32), u3 = v128.load(u, 48);
      let t = splat(w);
      a0 = multiplyAdd64(t, u0, a0);
      a1 = multiplyAdd64(t, u1, a1);
      a2 = multiplyAdd64(t, u2, a2);
      a3 = multiplyAdd64(t, u3, a3);
      t = splat(w + 8);
      b0 = multiplyAdd64(t, u0, b0);
      b1 = multiplyAdd64(t, u1, b1);
      b2 = multiplyAdd64(t, u2, b2);
      b3 = multiplyAdd64(t, u3, b3);
    }
    const t = splat(w + 8);
    w += 16;
    b0 = multiplyAdd64(t, v128.load(u), b0);
    b1 = multiplyAdd64(t, v128.load(u, 16), b1);
    b2 = multiplyAdd64(t, v128.load(u, 32), b2);
    b3 = multiplyAdd64(t, v128.load(u, 48), b3);
    sum0 = multiplyAdd64(b0, b0, multiplyAdd64(a0, a0, sum0));
    sum1 = multiplyAdd64(b1, b1, multiplyAdd64(a1, a1, sum1));
    sum2 = multiplyAdd64(b2, b2, multiplyAdd64(a2, a2, sum2));
    sum3 = multiplyAdd64(b3, b3, multiplyAdd64(a3, a3, sum3));
  }
  if (row < d) {
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
    const end = centred + <usize> d * TILE_BYTES;
    for (let u = centred; u < end; u += TILE_BYTES, w += 8) {
      const t = splat(w);
      a0 = multiplyAdd64(t, v128.load(u), a0);
      a1 = multiplyAdd64(t, v128.load(u, 16), a1);
      a2 = multiplyAdd64(t, v128.load(u, 32), a2);
      a3 = multiplyAdd64(t, v128.load(u, 48), a3);
    }
    sum0 = multiplyAdd64(a0, a0, sum0);
    sum1 = multiplyAdd64(a1, a1, sum1);
    sum2 = multiplyAdd64(a2, a2, sum2);
    sum3 = multiplyAdd64(a3, a3, sum3);
  }
  v128.store(out, sum0);
  v128.store(out, sum1, 16);
  v128.store(out, sum2, 32);
  v128.store(out, sum3, 48);
}

/**
 * W is a diagonal, for four rows. `from` is where each row begins; four squared lengths are written.
 */
// @ts-ignore: decorator
@inline
export function whitenDiagonal<T>(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  mean: usize,
  factor: usize,
  d: i32,
  out: usize,
): void {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let at: usize = 0;
  let j = 0;
  for (; j + 2 <= d; j += 2, at += 2 * sizeof<T>(), mean += 16, factor += 16) {
    const m = v128.load(mean);
    const w = v128.load(factor);
    s0 = addSquare(w, m, loadPair<T>(r0 + at), s0);
    s1 = addSquare(w, m, loadPair<T>(r1 + at), s1);
    s2 = addSquare(w, m, loadPair<T>(r2 + at), s2);
    s3 = addSquare(w, m, loadPair<T>(r3 + at), s3);
  }
  let low = addLanes(s0, s1);
  let high = addLanes(s2, s3);
  if (j < d) {
    const m = v128.load64_splat(mean);
    const w = v128.load64_splat(factor);
    low = addSquare(w, m, pairOf(loadOne<T>(r0 + at), loadOne<T>(r1 + at)), low);
    high = addSquare(w, m, pairOf(loadOne<T>(r2 + at), loadOne<T>(r3 + at)), high);
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}

/**
 * The same with two components, so that rows are loaded once for both; the squared lengths for the second follow
 * `outBytes` after those for the first. Sums have the order of `whitenDiagonal`, and so the same bits.
 */
// @ts-ignore: decorator
@inline
export function whitenDiagonalPair<T>(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  mean: usize,
  factor: usize,
  factorBytes: usize,
  d: i32,
  out: usize,
  outBytes: usize,
): void {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  const end = mean + (<usize> (d & ~1) << 3);
  let mean1 = mean + (<usize> d << 3);
  let factor1 = factor + factorBytes;
  let at: usize = 0;
  for (; mean < end; at += 2 * sizeof<T>(), mean += 16, mean1 += 16, factor += 16, factor1 += 16) {
    const m = v128.load(mean);
    const w = v128.load(factor);
    const n = v128.load(mean1);
    const v = v128.load(factor1);
    let x = loadPair<T>(r0 + at);
    s0 = addSquare(w, m, x, s0);
    t0 = addSquare(v, n, x, t0);
    x = loadPair<T>(r1 + at);
    s1 = addSquare(w, m, x, s1);
    t1 = addSquare(v, n, x, t1);
    x = loadPair<T>(r2 + at);
    s2 = addSquare(w, m, x, s2);
    t2 = addSquare(v, n, x, t2);
    x = loadPair<T>(r3 + at);
    s3 = addSquare(w, m, x, s3);
    t3 = addSquare(v, n, x, t3);
  }
  s0 = addLanes(s0, s1);
  s2 = addLanes(s2, s3);
  t0 = addLanes(t0, t1);
  t2 = addLanes(t2, t3);
  if (d & 1) {
    const low = pairOf(loadOne<T>(r0 + at), loadOne<T>(r1 + at));
    const high = pairOf(loadOne<T>(r2 + at), loadOne<T>(r3 + at));
    s0 = addSquare(v128.load64_splat(factor), v128.load64_splat(mean), low, s0);
    s2 = addSquare(v128.load64_splat(factor), v128.load64_splat(mean), high, s2);
    t0 = addSquare(v128.load64_splat(factor1), v128.load64_splat(mean1), low, t0);
    t2 = addSquare(v128.load64_splat(factor1), v128.load64_splat(mean1), high, t2);
  }
  v128.store(out, s0);
  v128.store(out, s2, 16);
  v128.store(out + outBytes, t0);
  v128.store(out + outBytes, t2, 16);
}

/** sum + (w (x - mean))². */
// @ts-ignore: decorator
@inline
function addSquare(w: v128, mean: v128, x: v128, sum: v128): v128 {
  const y = f64x2.mul(w, f64x2.sub(x, mean));
  return multiplyAdd64(y, y, sum);
}

/** The sums of the lanes of each. */
// @ts-ignore: decorator
@inline
function addLanes(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}

// @ts-ignore: decorator
@inline
function pairOf(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}
