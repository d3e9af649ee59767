import type { HostMatrix } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import { integerScatter } from "../../module/integer_scatter.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { bytesOf, openDifferences } from "./differences.ts";
import { rowsAtOnce } from "./rows_at_once.ts";

/** Rows and columns of a register tile. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 8;
/** Rows of a block: with the deepest stretch, 40 KiB of packed columns, which stay in the second-level cache. */
const BLOCK_ROWS = 4 * TILE_ROWS;
/** Most steps of a stretch: a panel takes 16 KiB of the first-level cache. */
const DEPTH = 512;
/** The tile in front of a thread's packed columns, as in kernels/integer_scatter.ts. */
const TILE_BYTES = 192;
/** Bytes that a step has of each column. */
const STEP_BYTES = 4;

/** Whole numbers, less a whole number per column. */
export interface WholeDifferences {
  /** Numbers that are subtracted, one per column. */
  readonly less: Float64Array;
  /** The kernel that subtracts: to 16 bits with a sign, or to bytes, which are made less 128 on the left. */
  readonly kernel: "toWhole" | "toBytes";
  /** The largest absolute value of a product of two. */
  readonly largest: number;
  /** Bits to flip in bytes on the right, 0 by default. */
  readonly flips?: number;
}

/**
 * Returns the sums of the products of each two columns of whole differences, exact as long as they stay below 2⁵³,
 * d × d, of which the lower triangle is defined.
 */
export function* integerProducts(
  runtime: SimdRuntime,
  regions: Regions,
  x: HostMatrix,
  { less, kernel, largest, flips = 0 }: WholeDifferences,
): Work<Float64Array> {
  const [n, d] = x.shape;
  const { memory } = runtime;
  // Sums of so many rows fit into 32 bits.
  const most = Math.floor((2 ** 31 - 1) / Math.max(1, largest));
  const rows = Math.min(n, most, rowsAtOnce(d, d * d / 4));
  const { address: whole, write } = openDifferences(runtime, regions, x, {
    ...{ less, most: rows, kernel },
  });
  const output = regions.allocate(4 * d * d);
  const options = { rows, d, whole, output, bytes: bytesOf(kernel), flips };
  const multiply = multiplier(runtime, regions, options);
  const sums = new Float64Array(d * d);
  let held = 0;
  for (let start = 0; start < n; start += rows) {
    const count = Math.min(rows, n - start);
    if (held + count > most) {
      addLower(sums, memory.int32(output, d * d), d);
      held = 0;
    }
    write(start, count);
    multiply(count, held > 0);
    held += count;
    yield* runtime.turns.offer();
  }
  addLower(sums, memory.int32(output, d * d), d);
  return sums;
}

/** Returns a function that multiplies the columns of some rows by each other, and adds to what is there if `adds`. */
function multiplier(
  runtime: SimdRuntime,
  regions: Regions,
  { rows, d, whole, output, bytes, flips }: Readonly<
    Record<"rows" | "d" | "whole" | "output" | "bytes" | "flips", number>
  >,
): (count: number, adds: boolean) => void {
  const perStep = STEP_BYTES / bytes;
  const stepsOf = (count: number) => Math.ceil(count / (4 * perStep)) * 4;
  const depthOf = (steps: number) => Math.ceil(steps / Math.ceil(steps / DEPTH) / 4) * 4;
  const panels = Math.ceil(d / TILE_COLUMNS);
  const packed = regions.allocate(panels * TILE_COLUMNS * stepsOf(rows) * STEP_BYTES);
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * Math.min(DEPTH, stepsOf(rows)) * STEP_BYTES;
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  return (count, adds) => {
    const options = { multiplyAdds: count * d * d / 2 };
    const args = [whole, count, d, packed, bytes];
    runtime.run(integerScatter, "packRight", [...args, flips], panels, options);
    const more = [output, depthOf(stepsOf(count)), BLOCK_ROWS, scratch, scratchBytes, Number(adds)];
    runtime.run(integerScatter, "multiply", [...args, ...more], Math.ceil(d / BLOCK_ROWS), options);
  };
}

function addLower(sums: Float64Array, added: Int32Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let at = i * d; at <= i * d + i; at++) sums[at] += added[at];
  }
}
