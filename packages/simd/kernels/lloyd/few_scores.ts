// @ts-nocheck AssemblyScript
// Scores of one row and a few centroids, in float32, straight from the data.
import { multiplyAdd, sumLanes } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { dot32 } from "./vectors32.ts";

const TWO: f32 = 2;

/** Returns the score of centroid j. */
export function scoreOf(row: usize, j: i32): f32 {
  return toScore(dot32(row, centroid(j), f.d), j);
}

/** Stores the scores of the centroids in `list`, which has room for three more. */
export function scoreList(row: usize, list: usize, count: i32, scores: usize): void {
  const last = load<i32>(list + (<usize> (count - 1) << 2));
  for (let q = count; q & 3; q++) store<i32>(list + (<usize> q << 2), last);
  for (let q = 0; q < count; q += 4, list += 16) scoreFour(row, list, scores);
}

export function scoreFour(row: usize, list: usize, scores: usize): void {
  const i0 = load<i32>(list);
  const i1 = load<i32>(list, 4);
  const i2 = load<i32>(list, 8);
  const i3 = load<i32>(list, 12);
  let a = centroid(i0);
  let b = centroid(i1);
  let c = centroid(i2);
  let d = centroid(i3);
  let a0 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  const end = row + (<usize> f.d << 2);
  for (; row + 32 <= end; row += 32, a += 32, b += 32, c += 32, d += 32) {
    const x = v128.load(row);
    a0 = multiplyAdd(x, v128.load(a), a0);
    b0 = multiplyAdd(x, v128.load(b), b0);
    c0 = multiplyAdd(x, v128.load(c), c0);
    d0 = multiplyAdd(x, v128.load(d), d0);
    const y = v128.load(row, 16);
    a1 = multiplyAdd(y, v128.load(a, 16), a1);
    b1 = multiplyAdd(y, v128.load(b, 16), b1);
    c1 = multiplyAdd(y, v128.load(c, 16), c1);
    d1 = multiplyAdd(y, v128.load(d, 16), d1);
  }
  let s = sumLanes(f32x4.add(a0, a1));
  let t = sumLanes(f32x4.add(b0, b1));
  let u = sumLanes(f32x4.add(c0, c1));
  let v = sumLanes(f32x4.add(d0, d1));
  for (; row < end; row += 4, a += 4, b += 4, c += 4, d += 4) {
    const x = load<f32>(row);
    s += x * load<f32>(a);
    t += x * load<f32>(b);
    u += x * load<f32>(c);
    v += x * load<f32>(d);
  }
  store<f32>(scores + (<usize> i0 << 2), toScore(s, i0));
  store<f32>(scores + (<usize> i1 << 2), toScore(t, i1));
  store<f32>(scores + (<usize> i2 << 2), toScore(u, i2));
  store<f32>(scores + (<usize> i3 << 2), toScore(v, i3));
}

// @ts-ignore: decorator
@inline
function centroid(j: i32): usize {
  return f.narrow + <usize> j * (<usize> f.d << 2);
}

// @ts-ignore: decorator
@inline
function toScore(product: f32, j: i32): f32 {
  const at = <usize> j << 2;
  return load<f32>(f.bias + at) - TWO * (product - load<f32>(f.shift + at));
}
