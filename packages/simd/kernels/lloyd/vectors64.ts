// @ts-nocheck AssemblyScript
// Float64 vectors in memory, rounded in the same way in every build: two lanes, summed at the end.

/** Returns Σ a·b. */
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

/** Returns Σ (a − b)². */
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

/** Computes a += b, and clears b. */
export function moveSum64(a: usize, b: usize, length: i32): void {
  const zero = f64x2.splat(0);
  const end = a + (<usize> length << 3);
  for (; a + 16 <= end; a += 16, b += 16) {
    v128.store(a, f64x2.add(v128.load(a), v128.load(b)));
    v128.store(b, zero);
  }
  if (a < end) {
    store<f64>(a, load<f64>(a) + load<f64>(b));
    store<f64>(b, 0);
  }
}
