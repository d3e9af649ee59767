// @ts-nocheck AssemblyScript
// Moments for diagonals: a row is read once, eight columns at a time, and nothing is stored in between.
import { loadOne, loadPair } from "../shared/load.ts";
import { addTo, multiplyAdd64 } from "../shared/vector.ts";

export function addSquaresWide(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  stride: i32,
  list: usize,
  count: i32,
  target: usize,
): void {
  addSquares<f64>(x, about, r, bytes, d, list, count, target, <usize> stride << 3);
}

export function addSquaresNarrow(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  stride: i32,
  list: usize,
  count: i32,
  target: usize,
): void {
  addSquares<f32>(x, about, r, bytes, d, list, count, target, <usize> stride << 3);
}

/** Adds Σ r u² of the listed rows less `about`, u, to the first numbers, and Σ r (u, 1) to those `sums` bytes after. */
// @ts-ignore: decorator
@inline
function addSquares<T>(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  d: i32,
  list: usize,
  count: i32,
  target: usize,
  sums: usize,
): void {
  const end = list + (<usize> count << 2);
  let j = 0;
  for (; j + 8 <= d; j += 8, x += 8 * sizeof<T>(), about += 64, target += 64) {
    addEight<T>(x, about, r, bytes, list, end, target, sums);
  }
  for (; j + 2 <= d; j += 2, x += 2 * sizeof<T>(), about += 16, target += 16) {
    addTwo<T>(x, about, r, bytes, list, end, target, sums);
  }
  let weight: f64 = 0, sum: f64 = 0, squares: f64 = 0;
  for (let at = list; at < end; at += 4) {
    const index = <usize> load<i32>(at);
    const share = load<f64>(r + (index << 3));
    weight += share;
    if (j === d) continue;
    const u = loadOne<T>(x + index * bytes) - load<f64>(about);
    sum += share * u;
    squares += share * u * u;
  }
  if (j < d) {
    store<f64>(target, load<f64>(target) + squares);
    store<f64>(target + sums, load<f64>(target + sums) + sum);
    target += 8;
  }
  store<f64>(target + sums, load<f64>(target + sums) + weight);
}

/** Eight columns. */
// @ts-ignore: decorator
@inline
function addEight<T>(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  list: usize,
  end: usize,
  target: usize,
  sums: usize,
): void {
  const m0 = v128.load(about), m1 = v128.load(about, 16);
  const m2 = v128.load(about, 32), m3 = v128.load(about, 48);
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let q0 = s0, q1 = s0, q2 = s0, q3 = s0;
  for (; list < end; list += 4) {
    const index = <usize> load<i32>(list);
    const share = v128.load64_splat(r + (index << 3));
    const from = x + index * bytes;
    let u = f64x2.sub(loadPair<T>(from), m0);
    let v = f64x2.mul(share, u);
    s0 = f64x2.add(s0, v);
    q0 = multiplyAdd64(u, v, q0);
    u = f64x2.sub(loadPair<T>(from + 2 * sizeof<T>()), m1);
    v = f64x2.mul(share, u);
    s1 = f64x2.add(s1, v);
    q1 = multiplyAdd64(u, v, q1);
    u = f64x2.sub(loadPair<T>(from + 4 * sizeof<T>()), m2);
    v = f64x2.mul(share, u);
    s2 = f64x2.add(s2, v);
    q2 = multiplyAdd64(u, v, q2);
    u = f64x2.sub(loadPair<T>(from + 6 * sizeof<T>()), m3);
    v = f64x2.mul(share, u);
    s3 = f64x2.add(s3, v);
    q3 = multiplyAdd64(u, v, q3);
  }
  addTo(target, q0);
  addTo(target + 16, q1);
  addTo(target + 32, q2);
  addTo(target + 48, q3);
  target += sums;
  addTo(target, s0);
  addTo(target + 16, s1);
  addTo(target + 32, s2);
  addTo(target + 48, s3);
}

/** Two columns. */
// @ts-ignore: decorator
@inline
function addTwo<T>(
  x: usize,
  about: usize,
  r: usize,
  bytes: usize,
  list: usize,
  end: usize,
  target: usize,
  sums: usize,
): void {
  const m = v128.load(about);
  let sum = f64x2.splat(0), squares = sum;
  for (; list < end; list += 4) {
    const index = <usize> load<i32>(list);
    const u = f64x2.sub(loadPair<T>(x + index * bytes), m);
    const v = f64x2.mul(v128.load64_splat(r + (index << 3)), u);
    sum = f64x2.add(sum, v);
    squares = multiplyAdd64(u, v, squares);
  }
  addTo(target, squares);
  addTo(target + sums, sum);
}
