// @ts-nocheck AssemblyScript
// Float64 vectors in memory, rounded in the same way in every build: two lanes, summed at the end.

/** Σ a·b. */
export function dot64(a: usize, b: usize, length: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const end = a + (<usize> length << 3);
  for (; a + 32 <= end; a += 32, b += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(a), v128.load(b)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  let total = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1) +
    (f64x2.extract_lane(odd, 0) + f64x2.extract_lane(odd, 1));
  for (; a < end; a += 8, b += 8) total += load<f64>(a) * load<f64>(b);
  return total;
}

/** Σ (a − b)². */
export function squaredDistance64(a: usize, b: usize, length: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const end = a + (<usize> length << 3);
  for (; a + 32 <= end; a += 32, b += 32) {
    const p = f64x2.sub(v128.load(a), v128.load(b));
    const q = f64x2.sub(v128.load(a, 16), v128.load(b, 16));
    even = f64x2.add(even, f64x2.mul(p, p));
    odd = f64x2.add(odd, f64x2.mul(q, q));
  }
  let total = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1) +
    (f64x2.extract_lane(odd, 0) + f64x2.extract_lane(odd, 1));
  for (; a < end; a += 8, b += 8) {
    const p = load<f64>(a) - load<f64>(b);
    total += p * p;
  }
  return total;
}

/** a += factor · b. */
export function addScaled64(a: usize, b: usize, factor: f64, length: i32): void {
  const f = f64x2.splat(factor);
  const end = a + (<usize> length << 3);
  for (; a + 16 <= end; a += 16, b += 16) {
    v128.store(a, f64x2.add(v128.load(a), f64x2.mul(f, v128.load(b))));
  }
  if (a < end) store<f64>(a, load<f64>(a) + factor * load<f64>(b));
}

/** Σ (a − b)² of float32 vectors, in float32 lanes: relative error below (length / 16 + 8) · 2^-24. */
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
