import type { Float64Product } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { matmul64 } from "../module/matmul64.ts";
import type { SimdRuntime } from "../runtime.ts";

/** Rows and columns of a register tile. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 4;
/** Rows of a block: with the deepest step, 80 KiB of A, which stay in the second-level cache. */
const BLOCK_ROWS = 4 * TILE_ROWS;
/** Deepest step of k: a panel of B takes 16 KiB of the first-level cache. */
const DEPTH = 512;
/** Blocks that threads share evenly enough. */
const BLOCKS = 16;
/** Below this many multiply-adds waking the others costs more than they bring. */
const WORTH_THREADS = 2 ** 16;
/** The tile in front of a thread's packed rows, as in kernels/matmul64.ts. */
const TILE_BYTES = 192;

/** Returns a b, m × n; undefined above the diagonal if only the lower triangle was asked for. */
export function product64(runtime: SimdRuntime, task: Float64Product): Float64Array {
  const { a, b, m, n, k } = task;
  if (m * n * k === 0) return new Float64Array(m * n);
  const { memory } = runtime;
  const panels = Math.ceil(n / TILE_COLUMNS);
  const packedBytes = panels * TILE_COLUMNS * Math.ceil(k / 2) * 2 * 8;
  const left = memory.place(a).address;
  try {
    return memory.borrow(8 * m * n, (output) => {
      memory.borrow(packedBytes + 4 * panels, (packed) => {
        const ends = packed + packedBytes;
        const right = memory.place(b).address;
        try {
          packRight(runtime, task, right, packed, ends);
        } finally {
          memory.free(right);
        }
        multiply(runtime, task, left, packed, ends, output);
      });
      return memory.float64(output, m * n).slice();
    });
  } finally {
    memory.free(left);
  }
}

function packRight(
  runtime: SimdRuntime,
  task: Float64Product,
  b: number,
  packed: number,
  ends: number,
): void {
  const { n, k, transposeB = false } = task;
  const [fromColumn, fromStep] = transposeB ? [8 * k, 8] : [8, 8 * n];
  const panels = Math.ceil(n / TILE_COLUMNS);
  const job = [b, fromColumn, fromStep, packed, ends, k, n];
  runtime.run(matmul64, "packRight", job, isWorthThreads(task) ? panels : 1);
}

function multiply(
  runtime: SimdRuntime,
  task: Float64Product,
  a: number,
  packed: number,
  ends: number,
  output: number,
): void {
  const { m, n, k, transposeA = false, lower = false } = task;
  const [fromRow, fromStep] = transposeA ? [8, 8 * m] : [8 * k, 8];
  const panels = Math.ceil(n / TILE_COLUMNS);
  const depth = Math.ceil(k / Math.ceil(k / DEPTH) / 2) * 2;
  const rowBlocks = Math.ceil(m / BLOCK_ROWS);
  const panelBlock = Math.ceil(panels / Math.ceil(BLOCKS / rowBlocks));
  const blocks = rowBlocks * Math.ceil(panels / panelBlock);
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * depth * 8;
  runtime.memory.borrow(scratchBytes * runtime.threads, (scratch) => {
    runtime.run(matmul64, "multiply", [
      ...[a, fromRow, fromStep, packed, ends, output, m, n, k],
      ...[depth, BLOCK_ROWS, panelBlock, Number(lower), scratch, scratchBytes],
    ], isWorthThreads(task) ? blocks : 1);
  });
}

function isWorthThreads({ m, n, k }: Float64Product): boolean {
  return m * n * k >= WORTH_THREADS;
}

/** The product of two float64 matrices. */
export function float64Product(
  { attrs, backend }: NamedCall<"MixtapeFloat64Product">,
): Float64Array {
  return product64(backend.runtime, attrs);
}
