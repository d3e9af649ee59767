// @ts-nocheck AssemblyScript
import { multiplyAdd } from "../shared/vector.ts";

/** Multiplies four rows by a panel of 12 columns. */
export function denseRows12(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  length: i32,
  panel: usize,
  out: usize,
  stride: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s22 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  let s32 = f32x4.splat(0);
  const end = x0 + (<usize> length << 2);
  const whole = x0 + (<usize> (length & ~1) << 2);
  let x: v128;
  let c0: v128;
  let c1: v128;
  let c2: v128;
  while (x0 < whole) {
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
  while (x0 < end) {
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
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    panel += 48;
  }
  v128.store(out, s00, 0);
  v128.store(out, s01, 16);
  v128.store(out, s02, 32);
  out += stride;
  v128.store(out, s10, 0);
  v128.store(out, s11, 16);
  v128.store(out, s12, 32);
  out += stride;
  v128.store(out, s20, 0);
  v128.store(out, s21, 16);
  v128.store(out, s22, 32);
  out += stride;
  v128.store(out, s30, 0);
  v128.store(out, s31, 16);
  v128.store(out, s32, 32);
}

/** Multiplies four rows by a panel of 8 columns. */
export function denseRows8(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  length: i32,
  panel: usize,
  out: usize,
  stride: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  const end = x0 + (<usize> length << 2);
  const whole = x0 + (<usize> (length & ~1) << 2);
  let x: v128;
  let c0: v128;
  let c1: v128;
  while (x0 < whole) {
    c0 = v128.load(panel, 0);
    c1 = v128.load(panel, 16);
    x = v128.load32_splat(x0, 0);
    s00 = multiplyAdd(x, c0, s00);
    s01 = multiplyAdd(x, c1, s01);
    x = v128.load32_splat(x1, 0);
    s10 = multiplyAdd(x, c0, s10);
    s11 = multiplyAdd(x, c1, s11);
    x = v128.load32_splat(x2, 0);
    s20 = multiplyAdd(x, c0, s20);
    s21 = multiplyAdd(x, c1, s21);
    x = v128.load32_splat(x3, 0);
    s30 = multiplyAdd(x, c0, s30);
    s31 = multiplyAdd(x, c1, s31);
    c0 = v128.load(panel, 32);
    c1 = v128.load(panel, 48);
    x = v128.load32_splat(x0, 4);
    s00 = multiplyAdd(x, c0, s00);
    s01 = multiplyAdd(x, c1, s01);
    x = v128.load32_splat(x1, 4);
    s10 = multiplyAdd(x, c0, s10);
    s11 = multiplyAdd(x, c1, s11);
    x = v128.load32_splat(x2, 4);
    s20 = multiplyAdd(x, c0, s20);
    s21 = multiplyAdd(x, c1, s21);
    x = v128.load32_splat(x3, 4);
    s30 = multiplyAdd(x, c0, s30);
    s31 = multiplyAdd(x, c1, s31);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    panel += 64;
  }
  while (x0 < end) {
    c0 = v128.load(panel, 0);
    c1 = v128.load(panel, 16);
    x = v128.load32_splat(x0, 0);
    s00 = multiplyAdd(x, c0, s00);
    s01 = multiplyAdd(x, c1, s01);
    x = v128.load32_splat(x1, 0);
    s10 = multiplyAdd(x, c0, s10);
    s11 = multiplyAdd(x, c1, s11);
    x = v128.load32_splat(x2, 0);
    s20 = multiplyAdd(x, c0, s20);
    s21 = multiplyAdd(x, c1, s21);
    x = v128.load32_splat(x3, 0);
    s30 = multiplyAdd(x, c0, s30);
    s31 = multiplyAdd(x, c1, s31);
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    panel += 32;
  }
  v128.store(out, s00, 0);
  v128.store(out, s01, 16);
  out += stride;
  v128.store(out, s10, 0);
  v128.store(out, s11, 16);
  out += stride;
  v128.store(out, s20, 0);
  v128.store(out, s21, 16);
  out += stride;
  v128.store(out, s30, 0);
  v128.store(out, s31, 16);
}

/** Multiplies four rows by a panel of 4 columns. */
export function denseRows4(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  length: i32,
  panel: usize,
  out: usize,
  stride: usize,
): void {
  let s00 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  const end = x0 + (<usize> length << 2);
  const whole = x0 + (<usize> (length & ~1) << 2);
  let x: v128;
  let c0: v128;
  while (x0 < whole) {
    c0 = v128.load(panel, 0);
    x = v128.load32_splat(x0, 0);
    s00 = multiplyAdd(x, c0, s00);
    x = v128.load32_splat(x1, 0);
    s10 = multiplyAdd(x, c0, s10);
    x = v128.load32_splat(x2, 0);
    s20 = multiplyAdd(x, c0, s20);
    x = v128.load32_splat(x3, 0);
    s30 = multiplyAdd(x, c0, s30);
    c0 = v128.load(panel, 16);
    x = v128.load32_splat(x0, 4);
    s00 = multiplyAdd(x, c0, s00);
    x = v128.load32_splat(x1, 4);
    s10 = multiplyAdd(x, c0, s10);
    x = v128.load32_splat(x2, 4);
    s20 = multiplyAdd(x, c0, s20);
    x = v128.load32_splat(x3, 4);
    s30 = multiplyAdd(x, c0, s30);
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
    panel += 32;
  }
  while (x0 < end) {
    c0 = v128.load(panel, 0);
    x = v128.load32_splat(x0, 0);
    s00 = multiplyAdd(x, c0, s00);
    x = v128.load32_splat(x1, 0);
    s10 = multiplyAdd(x, c0, s10);
    x = v128.load32_splat(x2, 0);
    s20 = multiplyAdd(x, c0, s20);
    x = v128.load32_splat(x3, 0);
    s30 = multiplyAdd(x, c0, s30);
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    panel += 16;
  }
  v128.store(out, s00, 0);
  out += stride;
  v128.store(out, s10, 0);
  out += stride;
  v128.store(out, s20, 0);
  out += stride;
  v128.store(out, s30, 0);
}
