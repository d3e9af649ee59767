// @ts-nocheck AssemblyScript
// The largest absolute value of each block of numbers. Without their signs, bits of floating-point
// numbers are in the order of the numbers, and those of infinities and NaN come after all others.
import { argument, nextBlock } from "./shared/job.ts";

/** Number of numbers in a block. */
const BLOCK: i32 = 65536;

/** Float32. Arguments: x, out (one float64 per block), number of numbers. */
export function largest32(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    const largest = largestBits32(x + (<usize> start << 2), min(BLOCK, size - start));
    store<f64>(out + (<usize> block << 3), <f64> reinterpret<f32>(largest));
  }
}

export function largestBits32(x: usize, count: i32): u32 {
  const all = i32x4.splat(0x7fffffff);
  let a = i32x4.splat(0), b = a;
  let i = 0;
  for (; i + 8 <= count; i += 8, x += 32) {
    a = i32x4.max_s(a, v128.and(v128.load(x), all));
    b = i32x4.max_s(b, v128.and(v128.load(x, 16), all));
  }
  a = i32x4.max_s(a, b);
  let largest = max(
    max(i32x4.extract_lane(a, 0), i32x4.extract_lane(a, 1)),
    max(i32x4.extract_lane(a, 2), i32x4.extract_lane(a, 3)),
  );
  for (; i < count; i++, x += 4) largest = max(largest, load<i32>(x) & 0x7fffffff);
  return largest;
}

/** Float64. Arguments: x, out (one float64 per block), number of numbers. */
export function largest64(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const out = argument<usize>(args, 1);
  const size = argument<i32>(args, 2);
  for (let block = nextBlock(thread); block * BLOCK < size; block = nextBlock(thread)) {
    const start = block * BLOCK;
    const largest = largestBits64(x + (<usize> start << 3), min(BLOCK, size - start));
    store<i64>(out + (<usize> block << 3), largest);
  }
}

export function largestBits64(x: usize, count: i32): i64 {
  const all = i64x2.splat(i64.MAX_VALUE);
  let a = i64x2.splat(0), b = a;
  let i = 0;
  for (; i + 4 <= count; i += 4, x += 32) {
    const u = v128.and(v128.load(x), all);
    const v = v128.and(v128.load(x, 16), all);
    a = v128.bitselect(u, a, i64x2.gt_s(u, a));
    b = v128.bitselect(v, b, i64x2.gt_s(v, b));
  }
  let largest = max(
    max(i64x2.extract_lane(a, 0), i64x2.extract_lane(a, 1)),
    max(i64x2.extract_lane(b, 0), i64x2.extract_lane(b, 1)),
  );
  for (; i < count; i++, x += 8) largest = max(largest, load<i64>(x) & i64.MAX_VALUE);
  return largest;
}
