// @ts-nocheck AssemblyScript
// Float32 that are whole numbers from 0 to 255, as bytes.
import { argument, nextBlock } from "./shared/job.ts";

/** Number of numbers in a block. */
const BLOCK: i32 = 16384;
/** 2^23 and its bits: added to a number below that, its last bits are the whole number nearest to it. */
const SHIFT: f32 = 8388608;
const SHIFT_BITS: i32 = 0x4b000000;

/** Arguments: x, out, number of numbers, address of an int32 that becomes 1 if one is not a byte. */
export function takeBytes(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  const misfit = argument<usize>(args, 3);
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    const from = x + (<usize> start << 2);
    if (differences(from, out + <usize> start, min(BLOCK, size - start))) store<i32>(misfit, 1);
  }
}

/** Writes bytes; returns bits of which one is 1 if a number is not what was written, to the last bit. */
export function differences(x: usize, out: usize, count: i32): i32 {
  const zero = i32x4.splat(0);
  let differing = zero;
  let wholes = zero;
  let i = 0;
  for (; i + 16 <= count; i += 16, x += 64, out += 16) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    const a = wholeOf(x0);
    const b = wholeOf(x1);
    const c = wholeOf(x2);
    const d = wholeOf(x3);
    const ab = v128.or(differenceOf(a, x0), differenceOf(b, x1));
    const cd = v128.or(differenceOf(c, x2), differenceOf(d, x3));
    differing = v128.or(differing, v128.or(ab, cd));
    // What 16 bits do not hold becomes the largest or least number that they do.
    const low = i16x8.narrow_i32x4_s(a, b);
    const high = i16x8.narrow_i32x4_s(c, d);
    wholes = v128.or(wholes, v128.or(low, high));
    v128.store(out, i8x16.narrow_i16x8_u(low, high));
  }
  const all = v128.or(differing, v128.andnot(wholes, i16x8.splat(255)));
  const half = v128.or(all, v128.shuffle<i32>(all, all, 2, 3, 0, 1));
  let any = i32x4.extract_lane(half, 0) | i32x4.extract_lane(half, 1);
  for (; i < count; i++, x += 4, out++) {
    const value = load<f32>(x);
    const whole = reinterpret<i32>(value + SHIFT) ^ SHIFT_BITS;
    any |= (reinterpret<i32>(<f32> whole) ^ reinterpret<i32>(value)) | (whole & ~255);
    store<u8>(out, <u8> whole);
  }
  return any;
}

/** Returns four numbers as int32, if they are whole numbers from 0 to 255; otherwise any that differ from them. */
// @ts-ignore: decorator
@inline
function wholeOf(x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(x);
  return v128.xor(f32x4.add(x, f32x4.splat(SHIFT)), i32x4.splat(SHIFT_BITS));
}

/** Returns bits that are all 0 if whole numbers are the numbers. */
// @ts-ignore: decorator
@inline
function differenceOf(whole: v128, x: v128): v128 {
  return v128.xor(f32x4.convert_i32x4_s(whole), x);
}
