import type { Float64Product } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { workWithRegions } from "../memory/regions.ts";
import { matmul64 } from "../module/matmul64.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

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

/** A product of numbers that lie in the memory. */
export interface ProductShape extends Omit<Float64Product, "a" | "b" | "addTo"> {
  /** True to add to the numbers of the output. */
  readonly adds?: boolean;
  /** Rows of a that a number per column is subtracted from; those of float64 as they are by default. */
  readonly centred?: CentredRows;
}

/** Rows less a number per column. */
interface CentredRows {
  /** Number by which kernels know the kind of the rows. */
  readonly kind: number;
  /** Bytes of one of their numbers. */
  readonly bytes: number;
  /** Address of what is subtracted, k float64. */
  readonly less: number;
}

/** Rows of float64 as they are. */
const PLAIN: CentredRows = { kind: -1, bytes: 8, less: 0 };

/** Returns a b, m × n; undefined above the diagonal if only the lower triangle was asked for. */
export function product64(runtime: SimdRuntime, task: Float64Product): Float64Array {
  const { a, b, m, n, k, addTo } = task;
  if (m * n * k === 0) return addTo ?? new Float64Array(m * n);
  const { memory } = runtime;
  const shape = { ...task, adds: addTo !== undefined };
  const left = memory.place(a).address;
  try {
    return memory.borrow(8 * m * n, (output) => {
      memory.borrow(packedBytes(task), (packed) => {
        const right = isSame(a, b) ? left : memory.place(b).address;
        try {
          packRight(runtime, shape, right, packed);
        } finally {
          if (right !== left) memory.free(right);
        }
        const numbers = memory.float64(output, m * n);
        if (addTo) copyResult(addTo, numbers, task);
        multiplyPacked(runtime, shape, left, packed, output);
      });
      const numbers = memory.float64(output, m * n);
      return addTo ? copyResult(numbers, addTo, task) : numbers.slice();
    });
  } finally {
    memory.free(left);
  }
}

/** True for two views of the same numbers: those of x xᵀ, say, are placed once. */
function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}

/** Copies what a product has, without what lies above the diagonal if that is not needed. */
function copyResult(
  from: Float64Array,
  to: Float64Array,
  { m, n, lower }: Float64Product,
): Float64Array {
  if (!lower) {
    to.set(from.subarray(0, m * n));
    return to;
  }
  for (let row = 0, at = 0; row < m; row++, at += n) {
    to.set(from.subarray(at, at + Math.min(n, row + 1)), at);
  }
  return to;
}

/** Number of bytes of b as it is packed: its panels, then the number of steps of each. */
export function packedBytes({ n, k }: Pick<ProductShape, "n" | "k">): number {
  return endsAt(n, k) + 4 * Math.ceil(n / TILE_COLUMNS);
}

function endsAt(n: number, k: number): number {
  return Math.ceil(n / TILE_COLUMNS) * TILE_COLUMNS * Math.ceil(k / 2) * 2 * 8;
}

/** Packs b, at an address, for {@linkcode multiplyPacked}. */
export function packRight(
  runtime: SimdRuntime,
  task: ProductShape,
  b: number,
  packed: number,
): void {
  const { n, k, transposeB = false } = task;
  const [fromColumn, fromStep] = transposeB ? [8 * k, 8] : [8, 8 * n];
  const panels = Math.ceil(n / TILE_COLUMNS);
  const job = [b, fromColumn, fromStep, packed, packed + endsAt(n, k), k, n];
  runtime.run(matmul64, "packRight", job, isWorthThreads(task) ? panels : 1);
}

/** Multiplies a, at an address, by the packed b. */
export function multiplyPacked(
  runtime: SimdRuntime,
  task: ProductShape,
  a: number,
  packed: number,
  output: number,
): void {
  runtime.memory.borrow(scratchBytes(task) * runtime.threads, (scratch) => {
    const { args, blocks } = multiplication(task, { a, packed, output, scratch });
    runtime.run(matmul64, "multiply", args, isWorthThreads(task) ? blocks : 1);
  });
}

/** Multiplies as {@linkcode multiplyPacked} does, in pieces between which the event loop can turn. */
export function multiplyPackedInPieces(
  runtime: SimdRuntime,
  task: ProductShape,
  a: number,
  packed: number,
  output: number,
): Work<void> {
  return workWithRegions(runtime.memory, function* (regions) {
    const scratch = regions.allocate(scratchBytes(task) * runtime.threads);
    const { args, blocks } = multiplication(task, { a, packed, output, scratch });
    const shared = isWorthThreads(task) ? blocks : 1;
    const { m, n, k, lower } = task;
    const multiplyAdds = m * n * k / (lower ? 2 : 1);
    yield* runtime.runInPieces(matmul64, "multiply", args, shared, multiplyAdds);
  });
}

/** Addresses of the numbers of a product. */
interface ProductPlaces {
  readonly a: number;
  readonly packed: number;
  readonly output: number;
  readonly scratch: number;
}

/** Returns the arguments and the number of blocks of a product. */
function multiplication(
  task: ProductShape,
  { a, packed, output, scratch }: ProductPlaces,
): { args: number[]; blocks: number } {
  const { m, n, k, transposeA = false, lower = false, adds = false } = task;
  const { kind, bytes, less } = task.centred ?? PLAIN;
  const [fromRow, fromStep] = transposeA ? [8, 8 * m] : [bytes * k, bytes];
  const panels = Math.ceil(n / TILE_COLUMNS);
  const rowBlocks = Math.ceil(m / BLOCK_ROWS);
  const panelBlock = Math.ceil(panels / Math.ceil(BLOCKS / rowBlocks));
  const blocks = rowBlocks * Math.ceil(panels / panelBlock);
  const args = [
    ...[a, fromRow, fromStep, packed, packed + endsAt(n, k), output, m, n, k],
    ...[depthOf(task), BLOCK_ROWS, panelBlock, Number(lower), scratch],
    ...[scratchBytes(task), Number(adds), kind, less],
  ];
  return { args, blocks };
}

function depthOf({ k }: ProductShape): number {
  return Math.ceil(k / Math.ceil(k / DEPTH) / 2) * 2;
}

/** Returns the bytes of scratch per thread. */
function scratchBytes(task: ProductShape): number {
  return TILE_BYTES + BLOCK_ROWS * depthOf(task) * 8;
}

function isWorthThreads({ m, n, k }: ProductShape): boolean {
  return m * n * k >= WORTH_THREADS;
}

/** The product of two float64 matrices. */
export function float64Product(
  { attrs, backend }: NamedCall<"MixtapeFloat64Product">,
): Float64Array {
  return product64(backend.runtime, attrs);
}
