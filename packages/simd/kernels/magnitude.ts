// @ts-nocheck AssemblyScript
// The largest absolute value of each block of numbers. Without their signs, bits of floating-point
// numbers are in the order of the numbers, and those of infinities and then NaN come after all others.
import { argument, nextBlock } from "./shared/job.ts";

/** Number of numbers in a block. */
const BLOCK: i32 = 65536;
/** The bits of infinity. */
const INFINITY32: i32 = 0x7f800000;
const INFINITY64: i64 = 0x7ff0000000000000;

/** Float32. Arguments: x, out (one float64 per block), number of numbers, 1 if NaN is left out. */
export function largest32(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  const most = argument<i32>(args, 3) ? INFINITY32 : i32.MAX_VALUE;
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    const largest = largestBits32(x + (<usize> start << 2), min(BLOCK, size - start), most);
    store<f64>(out + (<usize> block << 3), <f64> reinterpret<f32>(largest));
  }
}

/** Returns the largest of the bits without signs that are at most `most`. */
export function largestBits32(x: usize, count: i32, most: i32): u32 {
  const all = i32x4.splat(i32.MAX_VALUE);
  const limit = i32x4.splat(most);
  let a = i32x4.splat(0), b = a;
  let i = 0;
  for (; i + 8 <= count; i += 8, x += 32) {
    const u = v128.and(v128.load(x), all);
    const v = v128.and(v128.load(x, 16), all);
    a = i32x4.max_s(a, v128.and(u, i32x4.le_s(u, limit)));
    b = i32x4.max_s(b, v128.and(v, i32x4.le_s(v, limit)));
  }
  a = i32x4.max_s(a, b);
  let largest = max(
    max(i32x4.extract_lane(a, 0), i32x4.extract_lane(a, 1)),
    max(i32x4.extract_lane(a, 2), i32x4.extract_lane(a, 3)),
  );
  for (; i < count; i++, x += 4) {
    const bits = load<i32>(x) & i32.MAX_VALUE;
    if (bits <= most) largest = max(largest, bits);
  }
  return largest;
}

/** Float64. Arguments: x, out (one float64 per block), number of numbers, 1 if NaN is left out. */
export function largest64(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  const most = argument<i32>(args, 3) ? INFINITY64 : i64.MAX_VALUE;
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    const largest = largestBits64(x + (<usize> start << 3), min(BLOCK, size - start), most);
    store<i64>(out + (<usize> block << 3), largest);
  }
}

/** Returns the largest of the bits without signs that are at most `most`. */
export function largestBits64(x: usize, count: i32, most: i64): i64 {
  const all = i64x2.splat(i64.MAX_VALUE);
  const limit = i64x2.splat(most);
  let a = i64x2.splat(0), b = a;
  let i = 0;
  for (; i + 4 <= count; i += 4, x += 32) {
    const u = v128.and(v128.load(x), all);
    const v = v128.and(v128.load(x, 16), all);
    a = v128.bitselect(u, a, v128.and(i64x2.gt_s(u, a), i64x2.le_s(u, limit)));
    b = v128.bitselect(v, b, v128.and(i64x2.gt_s(v, b), i64x2.le_s(v, limit)));
  }
  let largest = max(
    max(i64x2.extract_lane(a, 0), i64x2.extract_lane(a, 1)),
    max(i64x2.extract_lane(b, 0), i64x2.extract_lane(b, 1)),
  );
  for (; i < count; i++, x += 8) {
    const bits = load<i64>(x) & i64.MAX_VALUE;
    if (bits <= most) largest = max(largest, bits);
  }
  return largest;
}
