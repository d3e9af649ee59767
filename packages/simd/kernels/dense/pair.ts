// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { multiplyAdd } from "../shared/vector.ts";

// The gradient of the first layer's kernel, two columns of the data at a time: neighbours are zero in
// the same rows mostly, and each loaded row of the later gradient serves both. Two times 6 vectors, two
// numbers and the row's vector are 15 registers.

/** Widest tile, in vectors of four. */
export const WIDEST_PAIR: i32 = 6;

/** Number of bytes per slot of a pair's list, for sparse entries of 4 or 8 bytes. */
export const BYTES_SLOT: usize = 8;
export const FLOATS_SLOT: usize = 16;

/**
 * Computes `out` and, `apart` bytes on, the other row of the pair: scale × sums of value × row over
 * the slots of a pair's list.
 */
@inline
function pairTile<E>(n: i32, out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let a4 = f32x4.splat(0);
  let a5 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  let b4 = f32x4.splat(0);
  let b5 = f32x4.splat(0);
  for (; slot < end; slot += sizeof<E>() == 4 ? BYTES_SLOT : FLOATS_SLOT) {
    let p = rows;
    let v: v128;
    let u: v128;
    if (sizeof<E>() == 4) {
      const e = load<u64>(slot);
      const bytes = <i32> (e >>> 32);
      p += <u32> e * stride;
      v = f32x4.convert_i32x4_s(i32x4.splat(bytes & 255));
      u = f32x4.convert_i32x4_s(i32x4.splat(bytes >>> 8));
    } else {
      p += load<u32>(slot) * stride;
      v = v128.load32_splat(slot, 8);
      u = v128.load32_splat(slot, 12);
    }
    const x0 = v128.load(p);
    a0 = multiplyAdd(v, x0, a0);
    b0 = multiplyAdd(u, x0, b0);
    if (n > 1) { const x1 = v128.load(p, 16); a1 = multiplyAdd(v, x1, a1); b1 = multiplyAdd(u, x1, b1); }
    if (n > 2) { const x2 = v128.load(p, 32); a2 = multiplyAdd(v, x2, a2); b2 = multiplyAdd(u, x2, b2); }
    if (n > 3) { const x3 = v128.load(p, 48); a3 = multiplyAdd(v, x3, a3); b3 = multiplyAdd(u, x3, b3); }
    if (n > 4) { const x4 = v128.load(p, 64); a4 = multiplyAdd(v, x4, a4); b4 = multiplyAdd(u, x4, b4); }
    if (n > 5) { const x5 = v128.load(p, 80); a5 = multiplyAdd(v, x5, a5); b5 = multiplyAdd(u, x5, b5); }
  }
  const other = out + apart;
  const s = f32x4.splat(scale);
  v128.store(out, f32x4.mul(s, a0));
  v128.store(other, f32x4.mul(s, b0));
  if (n > 1) { v128.store(out, f32x4.mul(s, a1), 16); v128.store(other, f32x4.mul(s, b1), 16); }
  if (n > 2) { v128.store(out, f32x4.mul(s, a2), 32); v128.store(other, f32x4.mul(s, b2), 32); }
  if (n > 3) { v128.store(out, f32x4.mul(s, a3), 48); v128.store(other, f32x4.mul(s, b3), 48); }
  if (n > 4) { v128.store(out, f32x4.mul(s, a4), 64); v128.store(other, f32x4.mul(s, b4), 64); }
  if (n > 5) { v128.store(out, f32x4.mul(s, a5), 80); v128.store(other, f32x4.mul(s, b5), 80); }
}

export function pairBytes1(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(1, out, apart, rows, stride, slot, end, scale); }
export function pairBytes2(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(2, out, apart, rows, stride, slot, end, scale); }
export function pairBytes3(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(3, out, apart, rows, stride, slot, end, scale); }
export function pairBytes4(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(4, out, apart, rows, stride, slot, end, scale); }
export function pairBytes5(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(5, out, apart, rows, stride, slot, end, scale); }
export function pairBytes6(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u32>(6, out, apart, rows, stride, slot, end, scale); }
export function pairFloats1(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(1, out, apart, rows, stride, slot, end, scale); }
export function pairFloats2(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(2, out, apart, rows, stride, slot, end, scale); }
export function pairFloats3(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(3, out, apart, rows, stride, slot, end, scale); }
export function pairFloats4(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(4, out, apart, rows, stride, slot, end, scale); }
export function pairFloats5(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(5, out, apart, rows, stride, slot, end, scale); }
export function pairFloats6(out: usize, apart: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void { pairTile<u64>(6, out, apart, rows, stride, slot, end, scale); }

/** Computes a pair of rows of the gradient, `vectors` wide, one after the other. */
export function pairBytesRow(vectors: i32, out: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void {
  const tiles = (vectors + WIDEST_PAIR - 1) / WIDEST_PAIR;
  let done = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const width = (vectors - done + tiles - tile - 1) / (tiles - tile);
    const at = <usize> done << 4;
    switch (width) {
      case 1: pairBytes1(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 2: pairBytes2(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 3: pairBytes3(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 4: pairBytes4(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 5: pairBytes5(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 6: pairBytes6(out + at, stride, rows + at, stride, slot, end, scale); break;
    }
    done += width;
  }
}

/** Computes a pair of rows of the gradient, `vectors` wide, one after the other. */
export function pairFloatsRow(vectors: i32, out: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void {
  const tiles = (vectors + WIDEST_PAIR - 1) / WIDEST_PAIR;
  let done = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const width = (vectors - done + tiles - tile - 1) / (tiles - tile);
    const at = <usize> done << 4;
    switch (width) {
      case 1: pairFloats1(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 2: pairFloats2(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 3: pairFloats3(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 4: pairFloats4(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 5: pairFloats5(out + at, stride, rows + at, stride, slot, end, scale); break;
      case 6: pairFloats6(out + at, stride, rows + at, stride, slot, end, scale); break;
    }
    done += width;
  }
}
