import { matmul } from "../module/matmul.ts";
import type { SimdRuntime } from "../runtime.ts";

/** One matrix product on row-major float32 matrices at addresses. */
export interface Product {
  /** [m, k], or [k, m] if `transposeA`. */
  readonly a: number;
  /** [k, n], or [n, k] if `transposeB`. */
  readonly b: number;
  /** [m, n]. */
  readonly output: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** [n], or 0 for none. */
  readonly bias?: number;
  /** 0 none, 1 relu, 2 relu6, 3 sigmoid. */
  readonly activation?: number;
}

/** Rows and columns of a register tile. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 8;
/** Rows of a block: with the deepest step, 40 KiB of A, which stay in the second-level cache. */
const BLOCK_ROWS = 4 * TILE_ROWS;
/** Deepest step of k: a panel of B takes 16 KiB of the first-level cache. */
const DEPTH = 512;
/** Blocks that threads share evenly enough. */
const BLOCKS = 16;
/** Below this many multiply-adds waking the others costs more than they bring. */
const WORTH_THREADS = 2 ** 17;
/** The tile in front of a thread's packed rows. */
const TILE_BYTES = 256;

/** output = a b, with bias and activation. */
export function product(runtime: SimdRuntime, task: Product): void {
  const { n, k } = task;
  const panels = Math.ceil(n / TILE_COLUMNS);
  const packedBytes = panels * TILE_COLUMNS * Math.ceil(k / 4) * 4 * 4;
  runtime.memory.borrow(packedBytes, (packed) => {
    packRight(runtime, task, packed, panels);
    multiply(runtime, task, packed, panels);
  });
}

function packRight(runtime: SimdRuntime, task: Product, packed: number, panels: number): void {
  const { b, n, k, transposeB = false } = task;
  const stride = (transposeB ? k : n) * 4;
  const job = [b, stride, packed, k, n, Number(transposeB)];
  runtime.run(matmul, "packRight", job, isWorthThreads(task) ? panels : 1);
}

function multiply(runtime: SimdRuntime, task: Product, packed: number, panels: number): void {
  const { a, output, m, n, k, transposeA = false, bias = 0, activation = 0 } = task;
  const depth = Math.ceil(k / Math.ceil(k / DEPTH) / 4) * 4;
  const rowBlocks = Math.ceil(m / BLOCK_ROWS);
  const panelBlock = Math.ceil(panels / Math.ceil(BLOCKS / rowBlocks));
  const blocks = rowBlocks * Math.ceil(panels / panelBlock);
  const stride = (transposeA ? m : k) * 4;
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * depth * 4;
  runtime.memory.borrow(scratchBytes * runtime.threads, (scratch) => {
    runtime.run(matmul, "multiply", [
      ...[a, stride, Number(transposeA), packed, output, m, n, k],
      ...[depth, BLOCK_ROWS, panelBlock, bias, activation, scratch, scratchBytes],
    ], isWorthThreads(task) ? blocks : 1);
  });
}

function isWorthThreads({ m, n, k }: Product): boolean {
  return m * n * k >= WORTH_THREADS;
}
