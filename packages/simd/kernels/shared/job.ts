// @ts-nocheck AssemblyScript
// What a kernel function finds when it is called: `(thread: i32, args: usize): void`.

/** The address of the counter that hands out blocks; the host sets it to zero before every job. */
const NEXT_BLOCK: usize = 64;
/** Number of times that the caller goes on before it leaves the job, to come back. */
const BUDGET: usize = 480;
/** Number of blocks of the job: none is left from here on. */
const BLOCKS: usize = 484;
/** Not 0 if the job is cancelled. */
const CANCELLED: usize = 488;
/** The block that the caller left in its midst, -1 for none, and the place where it goes on. */
const HELD_BLOCK: usize = 492;
const HELD_AT: usize = 496;

/** Argument `index` of the job. Every argument is one float64 slot. */
// @ts-ignore: decorator
@inline
export function argument<T>(args: usize, index: i32): T {
  return <T> load<f64>(args + (<usize> index << 3));
}

/**
 * The next block of the job that no thread has taken. A kernel takes blocks until this reaches its
 * number of blocks. Work is never divided by thread number: a thread that wakes late takes no part.
 *
 * The caller may be told that there is none although there are, and is then called once more: what a
 * kernel does before its first block must bear being done again.
 */
export function nextBlock(thread: i32): i32 {
  if (isToLeave(thread)) return load<i32>(BLOCKS);
  if (thread === 0) {
    const held = load<i32>(HELD_BLOCK);
    if (held >= 0) return held;
  }
  return atomic.add<i32>(NEXT_BLOCK, 1);
}

/** The place to begin a block whose first place is `first`: that, or the one where the caller left it. */
export function blockStart(thread: i32, block: i32, first: i32): i32 {
  if (thread !== 0 || load<i32>(HELD_BLOCK) !== block) return first;
  store<i32>(HELD_BLOCK, -1);
  return load<i32>(HELD_AT);
}

/**
 * True if the thread is to return in the midst of a block, for blocks that may take longer than 20 ms;
 * the caller will then be given the block again, and goes on at `at`.
 */
export function leavesBlock(thread: i32, block: i32, at: i32): bool {
  if (!isToLeave(thread)) return false;
  if (thread === 0) {
    store<i32>(HELD_BLOCK, block);
    store<i32>(HELD_AT, at);
  }
  return true;
}

/** True if the job is cancelled, or the caller has gone on as often as it was to. */
// @ts-ignore: decorator
@inline
function isToLeave(thread: i32): bool {
  if (atomic.load<i32>(CANCELLED)) return true;
  if (thread !== 0) return false;
  const budget = load<i32>(BUDGET);
  if (budget === 0) return true;
  store<i32>(BUDGET, budget - 1);
  return false;
}
