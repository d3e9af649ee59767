// @ts-nocheck AssemblyScript
import { argument, nextBlock } from "./shared/job.ts";

/** Elements of a block: 64 KiB an array. */
const BLOCK: i32 = 16384;

/** out = a + b. Arguments: a, b, out, n. */
export function add(thread: i32, args: usize): void {
  const a = argument<usize>(args, 0);
  const b = argument<usize>(args, 1);
  const out = argument<usize>(args, 2);
  const n = argument<i32>(args, 3);
  for (let start = nextBlock() * BLOCK; start < n; start = nextBlock() * BLOCK) {
    const end = min(start + BLOCK, n);
    addRange(a, b, out, start, end);
  }
}

export function addRange(a: usize, b: usize, out: usize, start: i32, end: i32): void {
  let at = <usize> start << 2;
  const stop = <usize> end << 2;
  for (; at + 16 <= stop; at += 16) {
    v128.store(out + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; at < stop; at += 4) {
    store<f32>(out + at, load<f32>(a + at) + load<f32>(b + at));
  }
}
