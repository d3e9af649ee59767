// @ts-nocheck AssemblyScript
// The second filter for 9 to 12 centroids, four rows at a time, in registers from end to end.
import { multiplyAdd, multiplySubtract } from "../shared/vector.ts";
import * as f from "../generated/lloyd_structures.ts";
import { recordOf, tailOf } from "./records.ts";
import { hamerlyBounds } from "./labels.ts";
import { FAR } from "./scores.ts";

/**
 * Tries to confirm the labels of the four rows at `list` and stores their bounds, which hold if the
 * label is confirmed. Returns a mask of the rows that remain undecided.
 *
 * A lane holds an estimate of x·c − |c|²/2: the residual product of an earlier step plus the
 * product in the basis.
 */
export function undecidedOfFour(list: usize): i32 {
  const length = <usize> f.sketchSize << 2;
  const bias = f.bias;
  const half = f32x4.splat(0.5);
  const h0 = f32x4.mul(v128.load(bias), half);
  const h1 = f32x4.mul(v128.load(bias, 16), half);
  const h2 = f32x4.mul(v128.load(bias, 32), half);
  const i0 = load<i32>(list, 0);
  let x0 = recordOf(i0);
  const end0 = x0 + length;
  let s00 = f32x4.sub(v128.load(end0, 0), h0);
  let s01 = f32x4.sub(v128.load(end0, 16), h1);
  let s02 = f32x4.sub(v128.load(end0, 32), h2);
  const i1 = load<i32>(list, 4);
  let x1 = recordOf(i1);
  const end1 = x1 + length;
  let s10 = f32x4.sub(v128.load(end1, 0), h0);
  let s11 = f32x4.sub(v128.load(end1, 16), h1);
  let s12 = f32x4.sub(v128.load(end1, 32), h2);
  const i2 = load<i32>(list, 8);
  let x2 = recordOf(i2);
  const end2 = x2 + length;
  let s20 = f32x4.sub(v128.load(end2, 0), h0);
  let s21 = f32x4.sub(v128.load(end2, 16), h1);
  let s22 = f32x4.sub(v128.load(end2, 32), h2);
  const i3 = load<i32>(list, 12);
  let x3 = recordOf(i3);
  const end3 = x3 + length;
  let s30 = f32x4.sub(v128.load(end3, 0), h0);
  let s31 = f32x4.sub(v128.load(end3, 16), h1);
  let s32 = f32x4.sub(v128.load(end3, 32), h2);
  let panel = f.sketchPanels;
  let x: v128;
  let c0: v128;
  let c1: v128;
  let c2: v128;
  while (x0 < end0) {
    c0 = v128.load(panel, 0);
    c1 = v128.load(panel, 16);
    c2 = v128.load(panel, 32);
    x = v128.load32_splat(x0, 0);
    s00 = multiplyAdd(x, c0, s00);
    s01 = multiplyAdd(x, c1, s01);
    s02 = multiplyAdd(x, c2, s02);
    x = v128.load32_splat(x1, 0);
    s10 = multiplyAdd(x, c0, s10);
    s11 = multiplyAdd(x, c1, s11);
    s12 = multiplyAdd(x, c2, s12);
    x = v128.load32_splat(x2, 0);
    s20 = multiplyAdd(x, c0, s20);
    s21 = multiplyAdd(x, c1, s21);
    s22 = multiplyAdd(x, c2, s22);
    x = v128.load32_splat(x3, 0);
    s30 = multiplyAdd(x, c0, s30);
    s31 = multiplyAdd(x, c1, s31);
    s32 = multiplyAdd(x, c2, s32);
    c0 = v128.load(panel, 48);
    c1 = v128.load(panel, 64);
    c2 = v128.load(panel, 80);
    x = v128.load32_splat(x0, 4);
    s00 = multiplyAdd(x, c0, s00);
    s01 = multiplyAdd(x, c1, s01);
    s02 = multiplyAdd(x, c2, s02);
    x = v128.load32_splat(x1, 4);
    s10 = multiplyAdd(x, c0, s10);
    s11 = multiplyAdd(x, c1, s11);
    s12 = multiplyAdd(x, c2, s12);
    x = v128.load32_splat(x2, 4);
    s20 = multiplyAdd(x, c0, s20);
    s21 = multiplyAdd(x, c1, s21);
    s22 = multiplyAdd(x, c2, s22);
    x = v128.load32_splat(x3, 4);
    s30 = multiplyAdd(x, c0, s30);
    s31 = multiplyAdd(x, c1, s31);
    s32 = multiplyAdd(x, c2, s32);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    panel += 96;
  }
  const own0 = i32x4(0, 1, 2, 3);
  const own1 = i32x4(4, 5, 6, 7);
  const own2 = i32x4(8, 9, 10, 11);
  const low = f32x4.splat(-FAR);
  let e0: v128;
  let e1: v128;
  let e2: v128;
  let is: v128;
  const l0 = load<i32>(f.labels + (<usize> i0 << 2));
  const t0 = v128.load(tailOf(end0 - length));
  const strays0 = f.residualDrifts + <usize> i32x4.extract_lane(t0, 3) * 48;
  const r0 = v128.shuffle<f32>(t0, t0, 0, 0, 0, 0);
  const label0 = i32x4.splat(l0);
  e0 = v128.load(strays0, 0);
  e1 = v128.load(strays0, 16);
  e2 = v128.load(strays0, 32);
  is = i32x4.eq(own0, label0);
  let a0 = v128.bitselect(low, multiplyAdd(r0, e0, s00), is);
  let b0 = v128.bitselect(multiplySubtract(r0, e0, s00), low, is);
  is = i32x4.eq(own1, label0);
  a0 = f32x4.pmax(a0, v128.bitselect(low, multiplyAdd(r0, e1, s01), is));
  b0 = f32x4.pmax(b0, v128.bitselect(multiplySubtract(r0, e1, s01), low, is));
  is = i32x4.eq(own2, label0);
  a0 = f32x4.pmax(a0, v128.bitselect(low, multiplyAdd(r0, e2, s02), is));
  b0 = f32x4.pmax(b0, v128.bitselect(multiplySubtract(r0, e2, s02), low, is));
  const l1 = load<i32>(f.labels + (<usize> i1 << 2));
  const t1 = v128.load(tailOf(end1 - length));
  const strays1 = f.residualDrifts + <usize> i32x4.extract_lane(t1, 3) * 48;
  const r1 = v128.shuffle<f32>(t1, t1, 0, 0, 0, 0);
  const label1 = i32x4.splat(l1);
  e0 = v128.load(strays1, 0);
  e1 = v128.load(strays1, 16);
  e2 = v128.load(strays1, 32);
  is = i32x4.eq(own0, label1);
  let a1 = v128.bitselect(low, multiplyAdd(r1, e0, s10), is);
  let b1 = v128.bitselect(multiplySubtract(r1, e0, s10), low, is);
  is = i32x4.eq(own1, label1);
  a1 = f32x4.pmax(a1, v128.bitselect(low, multiplyAdd(r1, e1, s11), is));
  b1 = f32x4.pmax(b1, v128.bitselect(multiplySubtract(r1, e1, s11), low, is));
  is = i32x4.eq(own2, label1);
  a1 = f32x4.pmax(a1, v128.bitselect(low, multiplyAdd(r1, e2, s12), is));
  b1 = f32x4.pmax(b1, v128.bitselect(multiplySubtract(r1, e2, s12), low, is));
  const l2 = load<i32>(f.labels + (<usize> i2 << 2));
  const t2 = v128.load(tailOf(end2 - length));
  const strays2 = f.residualDrifts + <usize> i32x4.extract_lane(t2, 3) * 48;
  const r2 = v128.shuffle<f32>(t2, t2, 0, 0, 0, 0);
  const label2 = i32x4.splat(l2);
  e0 = v128.load(strays2, 0);
  e1 = v128.load(strays2, 16);
  e2 = v128.load(strays2, 32);
  is = i32x4.eq(own0, label2);
  let a2 = v128.bitselect(low, multiplyAdd(r2, e0, s20), is);
  let b2 = v128.bitselect(multiplySubtract(r2, e0, s20), low, is);
  is = i32x4.eq(own1, label2);
  a2 = f32x4.pmax(a2, v128.bitselect(low, multiplyAdd(r2, e1, s21), is));
  b2 = f32x4.pmax(b2, v128.bitselect(multiplySubtract(r2, e1, s21), low, is));
  is = i32x4.eq(own2, label2);
  a2 = f32x4.pmax(a2, v128.bitselect(low, multiplyAdd(r2, e2, s22), is));
  b2 = f32x4.pmax(b2, v128.bitselect(multiplySubtract(r2, e2, s22), low, is));
  const l3 = load<i32>(f.labels + (<usize> i3 << 2));
  const t3 = v128.load(tailOf(end3 - length));
  const strays3 = f.residualDrifts + <usize> i32x4.extract_lane(t3, 3) * 48;
  const r3 = v128.shuffle<f32>(t3, t3, 0, 0, 0, 0);
  const label3 = i32x4.splat(l3);
  e0 = v128.load(strays3, 0);
  e1 = v128.load(strays3, 16);
  e2 = v128.load(strays3, 32);
  is = i32x4.eq(own0, label3);
  let a3 = v128.bitselect(low, multiplyAdd(r3, e0, s30), is);
  let b3 = v128.bitselect(multiplySubtract(r3, e0, s30), low, is);
  is = i32x4.eq(own1, label3);
  a3 = f32x4.pmax(a3, v128.bitselect(low, multiplyAdd(r3, e1, s31), is));
  b3 = f32x4.pmax(b3, v128.bitselect(multiplySubtract(r3, e1, s31), low, is));
  is = i32x4.eq(own2, label3);
  a3 = f32x4.pmax(a3, v128.bitselect(low, multiplyAdd(r3, e2, s32), is));
  b3 = f32x4.pmax(b3, v128.bitselect(multiplySubtract(r3, e2, s32), low, is));
  const others = largestOfRows(a0, a1, a2, a3);
  const own = largestOfRows(b0, b1, b2, b3);
  return hamerlyBounds(list, others, own, t0, t1, t2, t3, l0, l1, l2, l3);
}

/** Returns the largest lane of each of four vectors. */
// @ts-ignore: decorator
@inline
function largestOfRows(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.pmax(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.pmax(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  const even = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
  return f32x4.pmax(even, v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}
