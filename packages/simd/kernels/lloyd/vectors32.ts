// @ts-nocheck AssemblyScript
// Float32 vectors in memory.
import { multiplyAdd, sumLanes } from "../shared/vector.ts";

/** Σ a·b. */
export function dot32(a: usize, b: usize, length: i32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  const end = a + (<usize> length << 2);
  for (; a + 32 <= end; a += 32, b += 32) {
    s0 = multiplyAdd(v128.load(a), v128.load(b), s0);
    s1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), s1);
  }
  if (a + 16 <= end) {
    s0 = multiplyAdd(v128.load(a), v128.load(b), s0);
    a += 16;
    b += 16;
  }
  let total = sumLanes(f32x4.add(s0, s1));
  for (; a < end; a += 4, b += 4) total += load<f32>(a) * load<f32>(b);
  return total;
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
