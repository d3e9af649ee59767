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
  const { m, n, k } = task;
  const { memory } = runtime;
  const panels = Math.ceil(n / TILE_COLUMNS);
  const paddedK = Math.ceil(k / 4) * 4;
  const packed = memory.allocate(panels * paddedK * TILE_COLUMNS * 4);
  const many = m * n * k >= WORTH_THREADS;
  const strideB = (task.transposeB ? k : n) * 4;
  runtime.run(
    matmul,
    "packRight",
    [task.b, strideB, packed, k, n, Number(task.transposeB ?? false)],
    many ? panels : 1,
  );
  const depth = Math.ceil(k / Math.ceil(k / DEPTH) / 4) * 4;
  const rowBlocks = Math.ceil(m / BLOCK_ROWS);
  const panelBlock = Math.ceil(panels / Math.ceil(BLOCKS / rowBlocks));
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * depth * 4;
  const scratch = memory.allocate(scratchBytes * runtime.threads);
  const strideA = (task.transposeA ? m : k) * 4;
  runtime.run(matmul, "multiply", [
    ...[task.a, strideA, Number(task.transposeA ?? false), packed, task.output, m, n, k],
    ...[depth, BLOCK_ROWS, panelBlock, task.bias ?? 0, task.activation ?? 0],
    ...[scratch, scratchBytes],
  ], many ? rowBlocks * Math.ceil(panels / panelBlock) : 1);
  memory.free(scratch);
  memory.free(packed);
}
