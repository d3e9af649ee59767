// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { multiplyAdd } from "../shared/vector.ts";

// Rows of weights, each times a number, added up in registers. A tile is at most 13 vectors wide: with
// the number and the row's vector that is 15 registers, and x86 has 16, of which V8 keeps one.

/** Widest tile, in vectors of four. */
export const WIDEST: i32 = 13;

/**
 * Computes out = init + scale × sum of value × row over entries, n vectors wide. An entry of 4
 * bytes is index × 256 + byte, one of 8 bytes index, then float32. Engines without a trap handler
 * check each load: hence one load per entry, instead of a look-up of the byte.
 */
@inline
function sparseTile<E>(n: i32, out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let a4 = a0;
  let a5 = a0;
  let a6 = a0;
  let a7 = a0;
  let a8 = a0;
  let a9 = a0;
  let a10 = a0;
  let a11 = a0;
  let a12 = a0;
  for (; entry < end; entry += sizeof<E>()) {
    const e = load<E>(entry);
    const p = w + (sizeof<E>() == 4 ? <u32> e >>> 8 : <u32> e) * stride;
    const v = sizeof<E>() == 4 ? f32x4.convert_i32x4_s(i32x4.splat(<i32> e & 255)) : i32x4.splat(<i32> (e >>> 32));
    a0 = multiplyAdd(v, v128.load(p), a0);
    if (n > 1) a1 = multiplyAdd(v, v128.load(p, 16), a1);
    if (n > 2) a2 = multiplyAdd(v, v128.load(p, 32), a2);
    if (n > 3) a3 = multiplyAdd(v, v128.load(p, 48), a3);
    if (n > 4) a4 = multiplyAdd(v, v128.load(p, 64), a4);
    if (n > 5) a5 = multiplyAdd(v, v128.load(p, 80), a5);
    if (n > 6) a6 = multiplyAdd(v, v128.load(p, 96), a6);
    if (n > 7) a7 = multiplyAdd(v, v128.load(p, 112), a7);
    if (n > 8) a8 = multiplyAdd(v, v128.load(p, 128), a8);
    if (n > 9) a9 = multiplyAdd(v, v128.load(p, 144), a9);
    if (n > 10) a10 = multiplyAdd(v, v128.load(p, 160), a10);
    if (n > 11) a11 = multiplyAdd(v, v128.load(p, 176), a11);
    if (n > 12) a12 = multiplyAdd(v, v128.load(p, 192), a12);
  }
  const s = f32x4.splat(scale);
  v128.store(out, multiplyAdd(s, a0, v128.load(init)));
  if (n > 1) v128.store(out, multiplyAdd(s, a1, v128.load(init, 16)), 16);
  if (n > 2) v128.store(out, multiplyAdd(s, a2, v128.load(init, 32)), 32);
  if (n > 3) v128.store(out, multiplyAdd(s, a3, v128.load(init, 48)), 48);
  if (n > 4) v128.store(out, multiplyAdd(s, a4, v128.load(init, 64)), 64);
  if (n > 5) v128.store(out, multiplyAdd(s, a5, v128.load(init, 80)), 80);
  if (n > 6) v128.store(out, multiplyAdd(s, a6, v128.load(init, 96)), 96);
  if (n > 7) v128.store(out, multiplyAdd(s, a7, v128.load(init, 112)), 112);
  if (n > 8) v128.store(out, multiplyAdd(s, a8, v128.load(init, 128)), 128);
  if (n > 9) v128.store(out, multiplyAdd(s, a9, v128.load(init, 144)), 144);
  if (n > 10) v128.store(out, multiplyAdd(s, a10, v128.load(init, 160)), 160);
  if (n > 11) v128.store(out, multiplyAdd(s, a11, v128.load(init, 176)), 176);
  if (n > 12) v128.store(out, multiplyAdd(s, a12, v128.load(init, 192)), 192);
}

/** Computes out = init + sum of a[i] × row i, n vectors wide; a[i] are `step` bytes apart. */
@inline
function denseTile(n: i32, out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void {
  let a0 = v128.load(init);
  let a1 = n > 1 ? v128.load(init, 16) : a0;
  let a2 = n > 2 ? v128.load(init, 32) : a0;
  let a3 = n > 3 ? v128.load(init, 48) : a0;
  let a4 = n > 4 ? v128.load(init, 64) : a0;
  let a5 = n > 5 ? v128.load(init, 80) : a0;
  let a6 = n > 6 ? v128.load(init, 96) : a0;
  let a7 = n > 7 ? v128.load(init, 112) : a0;
  let a8 = n > 8 ? v128.load(init, 128) : a0;
  let a9 = n > 9 ? v128.load(init, 144) : a0;
  let a10 = n > 10 ? v128.load(init, 160) : a0;
  let a11 = n > 11 ? v128.load(init, 176) : a0;
  let a12 = n > 12 ? v128.load(init, 192) : a0;
  for (let i = 0; i < count; i++) {
    const p = w;
    const v = v128.load32_splat(a);
    a0 = multiplyAdd(v, v128.load(p), a0);
    if (n > 1) a1 = multiplyAdd(v, v128.load(p, 16), a1);
    if (n > 2) a2 = multiplyAdd(v, v128.load(p, 32), a2);
    if (n > 3) a3 = multiplyAdd(v, v128.load(p, 48), a3);
    if (n > 4) a4 = multiplyAdd(v, v128.load(p, 64), a4);
    if (n > 5) a5 = multiplyAdd(v, v128.load(p, 80), a5);
    if (n > 6) a6 = multiplyAdd(v, v128.load(p, 96), a6);
    if (n > 7) a7 = multiplyAdd(v, v128.load(p, 112), a7);
    if (n > 8) a8 = multiplyAdd(v, v128.load(p, 128), a8);
    if (n > 9) a9 = multiplyAdd(v, v128.load(p, 144), a9);
    if (n > 10) a10 = multiplyAdd(v, v128.load(p, 160), a10);
    if (n > 11) a11 = multiplyAdd(v, v128.load(p, 176), a11);
    if (n > 12) a12 = multiplyAdd(v, v128.load(p, 192), a12);
    w += stride;
    a += step;
  }
  v128.store(out, a0);
  if (n > 1) v128.store(out, a1, 16);
  if (n > 2) v128.store(out, a2, 32);
  if (n > 3) v128.store(out, a3, 48);
  if (n > 4) v128.store(out, a4, 64);
  if (n > 5) v128.store(out, a5, 80);
  if (n > 6) v128.store(out, a6, 96);
  if (n > 7) v128.store(out, a7, 112);
  if (n > 8) v128.store(out, a8, 128);
  if (n > 9) v128.store(out, a9, 144);
  if (n > 10) v128.store(out, a10, 160);
  if (n > 11) v128.store(out, a11, 176);
  if (n > 12) v128.store(out, a12, 192);
}

export function bytes1(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(1, out, init, w, stride, entry, end, scale); }
export function bytes2(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(2, out, init, w, stride, entry, end, scale); }
export function bytes3(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(3, out, init, w, stride, entry, end, scale); }
export function bytes4(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(4, out, init, w, stride, entry, end, scale); }
export function bytes5(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(5, out, init, w, stride, entry, end, scale); }
export function bytes6(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(6, out, init, w, stride, entry, end, scale); }
export function bytes7(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(7, out, init, w, stride, entry, end, scale); }
export function bytes8(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(8, out, init, w, stride, entry, end, scale); }
export function bytes9(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(9, out, init, w, stride, entry, end, scale); }
export function bytes10(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(10, out, init, w, stride, entry, end, scale); }
export function bytes11(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(11, out, init, w, stride, entry, end, scale); }
export function bytes12(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(12, out, init, w, stride, entry, end, scale); }
export function bytes13(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u32>(13, out, init, w, stride, entry, end, scale); }
export function floats1(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(1, out, init, w, stride, entry, end, scale); }
export function floats2(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(2, out, init, w, stride, entry, end, scale); }
export function floats3(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(3, out, init, w, stride, entry, end, scale); }
export function floats4(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(4, out, init, w, stride, entry, end, scale); }
export function floats5(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(5, out, init, w, stride, entry, end, scale); }
export function floats6(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(6, out, init, w, stride, entry, end, scale); }
export function floats7(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(7, out, init, w, stride, entry, end, scale); }
export function floats8(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(8, out, init, w, stride, entry, end, scale); }
export function floats9(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(9, out, init, w, stride, entry, end, scale); }
export function floats10(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(10, out, init, w, stride, entry, end, scale); }
export function floats11(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(11, out, init, w, stride, entry, end, scale); }
export function floats12(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(12, out, init, w, stride, entry, end, scale); }
export function floats13(out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void { sparseTile<u64>(13, out, init, w, stride, entry, end, scale); }
export function dense1(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(1, out, init, w, stride, a, step, count); }
export function dense2(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(2, out, init, w, stride, a, step, count); }
export function dense3(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(3, out, init, w, stride, a, step, count); }
export function dense4(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(4, out, init, w, stride, a, step, count); }
export function dense5(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(5, out, init, w, stride, a, step, count); }
export function dense6(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(6, out, init, w, stride, a, step, count); }
export function dense7(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(7, out, init, w, stride, a, step, count); }
export function dense8(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(8, out, init, w, stride, a, step, count); }
export function dense9(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(9, out, init, w, stride, a, step, count); }
export function dense10(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(10, out, init, w, stride, a, step, count); }
export function dense11(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(11, out, init, w, stride, a, step, count); }
export function dense12(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(12, out, init, w, stride, a, step, count); }
export function dense13(out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void { denseTile(13, out, init, w, stride, a, step, count); }
