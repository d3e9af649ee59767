import type { HostMatrix } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import { integerScatter } from "../../module/integer_scatter.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { openDifferences } from "./differences.ts";
import { rowsAtOnce } from "./rows_at_once.ts";

/** Rows and columns of a register tile. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 8;
/** Rows of a block: with the deepest step, 40 KiB of packed columns, which stay in the second-level cache. */
const BLOCK_ROWS = 4 * TILE_ROWS;
/** Deepest step, in pairs of rows: a panel takes 16 KiB of the first-level cache. */
const DEPTH = 512;
/** The tile in front of a thread's packed columns, as in kernels/integer_scatter.ts. */
const TILE_BYTES = 192;

/** Whole numbers, less a whole number per column. */
export interface WholeDifferences {
  /** Numbers that are subtracted, one per column. */
  readonly offsets: Float64Array;
  /** The largest absolute value of a difference, at most 32767. */
  readonly largest: number;
}

/**
 * Returns the sums of the products of whole differences, exact as long as they stay below 2⁵³, d × d, of which the
 * lower triangle is defined.
 */
export function* wholeScatter(
  runtime: SimdRuntime,
  regions: Regions,
  x: HostMatrix,
  { offsets, largest }: WholeDifferences,
): Work<Float64Array> {
  const [n, d] = x.shape;
  const { memory } = runtime;
  // Sums of so many rows fit into 32 bits.
  const most = Math.floor((2 ** 31 - 1) / Math.max(1, largest) ** 2);
  const rows = Math.min(n, most, rowsAtOnce(d, d * d / 4));
  const options = { less: offsets, most: rows, kernel: "toWhole" } as const;
  const { address: whole, write } = openDifferences(runtime, regions, x, options);
  const output = regions.allocate(4 * d * d);
  const multiply = multiplier(runtime, regions, { rows, d, whole, output });
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
  { rows, d, whole, output }: Readonly<Record<"rows" | "d" | "whole" | "output", number>>,
): (count: number, adds: boolean) => void {
  const stepsOf = (count: number) => Math.ceil(count / 8) * 4;
  const depthOf = (steps: number) => Math.ceil(steps / Math.ceil(steps / DEPTH) / 4) * 4;
  const panels = Math.ceil(d / TILE_COLUMNS);
  const packed = regions.allocate(panels * TILE_COLUMNS * stepsOf(rows) * 4);
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * Math.min(DEPTH, stepsOf(rows)) * 4;
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  return (count, adds) => {
    const options = { multiplyAdds: count * d * d / 2 };
    runtime.run(integerScatter, "packRight", [whole, count, d, packed], panels, options);
    const args = [
      ...[whole, count, d, packed, output, depthOf(stepsOf(count)), BLOCK_ROWS],
      ...[scratch, scratchBytes, Number(adds)],
    ];
    runtime.run(integerScatter, "multiply", args, Math.ceil(d / BLOCK_ROWS), options);
  };
}

function addLower(sums: Float64Array, added: Int32Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let at = i * d; at <= i * d + i; at++) sums[at] += added[at];
  }
}
