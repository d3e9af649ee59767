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
  /** Panels of b, from {@linkcode packRight}; b itself is then not read. */
  readonly packed?: number;
  /** True if b are the panels, as of {@linkcode packRight}, of the transpose; n and k are then whole fours. */
  readonly turned?: boolean;
}

/** The second matrix of a product. */
type Right = Pick<Product, "b" | "n" | "k" | "transposeB" | "turned">;

/** Rows and columns of a register tile, which are those of a panel. */
const TILE_ROWS = 5;
export const TILE_COLUMNS = 8;
/** Number of panels of B that are packed or turned together, as in the kernel. */
const PANELS_TOGETHER = 4;
/** Steps of k: one where a panel of B takes at most 32 KiB, steps of at most 16 KiB where it takes more. */
const ONE_STEP = 1024;
const DEPTH = 512;
/** Most rows of a block, and fewest unless A has fewer: these where k is short, so that storing C is what takes long. */
const MOST_ROWS = 80;
const FEWEST_ROWS = 20;
const SHORT = 64;
/** Panels that are worth packing rows for: of blocks with fewer, threads would pack the same rows. */
const WORTH_PACKING = 16;
/** Blocks of rows that threads share evenly enough, with no need of fewer panels. */
const ROW_BLOCKS = 8;
/** Bytes of A's rows of a block over all of k: they stay in the second-level cache. */
const LEFT_BYTES = 320 * 1024;
/** Blocks that threads share evenly, fewer where each packs its rows anew, and multiply-adds that are worth a block. */
const BLOCKS = { kept: 64, anew: 16 };
const WORTH_BLOCK = 2 ** 16;
/** Most multiply-adds of a block, during which a thread cannot be left: some 10 ms. */
const LONGEST_BLOCK = 2 ** 27;
/** Below this many multiply-adds waking the others costs more than they bring. */
const WORTH_THREADS = 2 ** 17;
/** The tile in front of a thread's packed rows. */
const TILE_BYTES = 256;
/** Most blocks of rows for each of which the panels of a transpose are turned where they are used. */
const TURNS = 2;

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
    run(packRightJob(task, packed));
    memory.borrow(scratchBytes(task) * runtime.threads, (scratch) => {
      run(multiply(task, packed, scratch));
    });
  });
}

/** Does as {@linkcode product} does, in pieces between which the event loop can turn. */
export function productInPieces(runtime: SimdRuntime, task: Product): Work<void> {
  return workWithRegions(runtime.memory, function* (regions) {
    const given = turnsInPlace(task) ? task.b : task.packed;
    const packed = given ?? regions.allocate(packedBytes(task));
    const scratch = regions.allocate(scratchBytes(task) * runtime.threads);
    const pack = given === undefined ? [packRightJob(task, packed)] : [];
    for (const { name, args, blocks } of [...pack, multiply(task, packed, scratch)]) {
      const shared = isWorthThreads(task) ? blocks : 1;
      yield* runtime.runInPieces(matmul, name, args, shared, task.m * task.n * task.k);
    }
  });
}

/** Packs b into panels at an address, in pieces, for products that are given them. */
export function packRight(runtime: SimdRuntime, right: Right, packed: number): Work<void> {
  const { name, args, blocks } = packRightJob(right, packed);
  return runtime.runInPieces(matmul, name, args, blocks, right.n * right.k);
}

/** Returns the number of bytes of b in panels. */
export function packedBytes({ n, k }: Pick<Product, "n" | "k">): number {
  return panelsOf(n) * TILE_COLUMNS * wholeGroups(k) * 4;
}

function packRightJob({ b, n, k, transposeB = false, turned }: Right, packed: number): Job {
  const stride = (transposeB ? k : n) * 4;
  const args = [b, stride, packed, k, n, turned ? 2 : Number(transposeB)];
  return { name: "packRight", args, blocks: Math.ceil(panelsOf(n) / PANELS_TOGETHER) };
}

function multiply(task: Product, packed: number, scratch: number): Job {
  const { a, output, m, n, k, transposeA = false, bias = 0, activation = 0 } = task;
  const isTurned = task.turned === true && packed === task.b;
  const rows = blockRowsOf(task);
  const rowBlocks = Math.ceil(m / rows);
  const kept = isKept(task);
  const multiplyAdds = m * n * k;
  const most = Math.max(kept ? BLOCKS.kept : BLOCKS.anew, multiplyAdds / LONGEST_BLOCK);
  const blocks = Math.min(most, multiplyAdds / WORTH_BLOCK);
  const panels = panelsOf(n);
  const shared = Math.ceil(panels / Math.ceil(blocks / rowBlocks));
  const fewest = rowBlocks >= ROW_BLOCKS ? WORTH_PACKING : isTurned ? PANELS_TOGETHER : 1;
  const panelBlock = Math.max(shared, fewest);
  const stride = (transposeA ? m : k) * 4;
  const args = [
    ...[a, stride, Number(transposeA), packed, output, m, n, k, depthOf(k), rows, panelBlock],
    ...[bias, activation, scratch, scratchBytes(task), Number(kept), Number(isTurned)],
  ];
  return { name: "multiply", args, blocks: rowBlocks * Math.ceil(panels / panelBlock) };
}

function panelsOf(n: number): number {
  return Math.ceil(n / TILE_COLUMNS);
}

function depthOf(k: number): number {
  const steps = k <= ONE_STEP ? 1 : Math.ceil(k / DEPTH);
  return Math.ceil(k / steps / 4) * 4;
}

/** Rows of a block, all about alike. */
function blockRowsOf({ m, n, k }: Product): number {
  const few = k < SHORT || panelsOf(n) < WORTH_PACKING;
  const fitting = few ? 0 : Math.min(MOST_ROWS, Math.floor(LEFT_BYTES / 4 / k));
  const most = Math.max(FEWEST_ROWS, fitting);
  return Math.ceil(m / Math.ceil(m / most) / TILE_ROWS) * TILE_ROWS;
}

/** True if a thread keeps the rows of a block over all of k, for all panels that it takes. */
function isKept(task: Product): boolean {
  return 4 * blockRowsOf(task) * task.k <= 2 * LEFT_BYTES;
}

/** True if the panels of b are made from those of its transpose where they are used, in scratch. */
function turnsInPlace(task: Product): boolean {
  return task.turned === true && task.m <= TURNS * blockRowsOf(task);
}

function scratchBytes(task: Product): number {
  const columns = isKept(task) ? wholeGroups(task.k) : depthOf(task.k);
  const turned = turnsInPlace(task) ? PANELS_TOGETHER * TILE_COLUMNS * depthOf(task.k) : 0;
  return TILE_BYTES + 4 * (blockRowsOf(task) * columns + turned);
}

/** Columns of A, rounded up to whole groups of four. */
function wholeGroups(k: number): number {
  return Math.ceil(k / 4) * 4;
}

function isWorthThreads({ m, n, k }: Product): boolean {
  return m * n * k >= WORTH_THREADS;
}
