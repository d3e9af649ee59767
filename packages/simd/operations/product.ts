import { matmul } from "../module/matmul.ts";
import { workWithRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

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

/** A job of the kernel. */
interface Job {
  readonly name: "packRight" | "multiply";
  readonly args: readonly number[];
  readonly blocks: number;
}

/** output = a b, with bias and activation. */
export function product(runtime: SimdRuntime, task: Product): void {
  const { memory } = runtime;
  const run = ({ name, args, blocks }: Job) => {
    runtime.run(matmul, name, args, isWorthThreads(task) ? blocks : 1);
  };
  memory.borrow(packedBytes(task), (packed) => {
    run(packRight(task, packed));
    memory.borrow(scratchBytes(task) * runtime.threads, (scratch) => {
      run(multiply(task, packed, scratch));
    });
  });
}

/** Does as {@linkcode product} does, in pieces between which the event loop can turn. */
export function productInPieces(runtime: SimdRuntime, task: Product): Work<void> {
  return workWithRegions(runtime.memory, function* (regions) {
    const packed = regions.allocate(packedBytes(task));
    const scratch = regions.allocate(scratchBytes(task) * runtime.threads);
    for (
      const { name, args, blocks } of [packRight(task, packed), multiply(task, packed, scratch)]
    ) {
      const shared = isWorthThreads(task) ? blocks : 1;
      yield* runtime.runInPieces(matmul, name, args, shared, task.m * task.n * task.k);
    }
  });
}

function packRight({ b, n, k, transposeB = false }: Product, packed: number): Job {
  const stride = (transposeB ? k : n) * 4;
  const args = [b, stride, packed, k, n, Number(transposeB)];
  return { name: "packRight", args, blocks: panelsOf(n) };
}

function multiply(task: Product, packed: number, scratch: number): Job {
  const { a, output, m, n, k, transposeA = false, bias = 0, activation = 0 } = task;
  const rowBlocks = Math.ceil(m / BLOCK_ROWS);
  const panels = panelsOf(n);
  const panelBlock = Math.ceil(panels / Math.ceil(BLOCKS / rowBlocks));
  const stride = (transposeA ? m : k) * 4;
  const args = [
    ...[a, stride, Number(transposeA), packed, output, m, n, k],
    ...[depthOf(k), BLOCK_ROWS, panelBlock, bias, activation, scratch, scratchBytes(task)],
  ];
  return { name: "multiply", args, blocks: rowBlocks * Math.ceil(panels / panelBlock) };
}

function panelsOf(n: number): number {
  return Math.ceil(n / TILE_COLUMNS);
}

function depthOf(k: number): number {
  return Math.ceil(k / Math.ceil(k / DEPTH) / 4) * 4;
}

function packedBytes({ n, k }: Product): number {
  return panelsOf(n) * TILE_COLUMNS * Math.ceil(k / 4) * 4 * 4;
}

function scratchBytes({ k }: Product): number {
  return TILE_BYTES + BLOCK_ROWS * depthOf(k) * 4;
}

function isWorthThreads({ m, n, k }: Product): boolean {
  return m * n * k >= WORTH_THREADS;
}
