// @ts-nocheck AssemblyScript
// What a kernel function finds when it is called: `(thread: i32, args: usize): void`.

/** The address of the counter that hands out blocks; the host sets it to zero before every job. */
const NEXT_BLOCK: usize = 64;

/** Argument `index` of the job. Every argument is one float64 slot. */
// @ts-ignore: decorator
@inline
export function argument<T>(args: usize, index: i32): T {
  return <T> load<f64>(args + (<usize> index << 3));
}

/**
 * The next block of the job that no thread has taken. A kernel takes blocks until this reaches its
 * number of blocks. Work is never divided by thread number: a thread that wakes late takes no part.
 */
// @ts-ignore: decorator
@inline
export function nextBlock(): i32 {
  return atomic.add<i32>(NEXT_BLOCK, 1);
}
