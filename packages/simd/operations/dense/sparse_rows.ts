import type { HostMatrix } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { dense } from "../../module/dense.ts";
import type { Work } from "../../turns.ts";
import { blockRows } from "./network.ts";
import type { DensePlan } from "./plan.ts";
import { addressIn } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";

/** Number of bytes of data copied into memory at a time. */
const chunkBytes = 8 << 20;

/** Packing reads whole vectors of bytes, up to 15 past the last row. */
const PADDING = 16;

/** Number of rows sampled to balance the blocks of columns. */
const sampledRows = 512;

/**
 * Largest number of blocks of columns: enough to divide among threads, few enough that a row's part
 * of a block is worth the overhead.
 */
const mostColumnBlocks = 12;

/** Sizes of packed data. */
export interface PackedRows {
  /** Largest number of entries of a row. */
  readonly longest: number;
  /** Mean number of entries per row. */
  readonly perRow: number;
  /** Number of blocks of columns. */
  readonly columnBlocks: number;
  /** Number of columns of the widest block. */
  readonly widest: number;
}

/** Returns the number of bytes per number of the data, 1 or 4. */
export function numberBytes(x: HostMatrix): number {
  return x.values instanceof Uint8Array ? 1 : 4;
}

/**
 * Works on chunks of the data in memory, given their address, first row and number of rows; they are copied
 * there unless they lie there.
 */
export function* eachChunk(
  runtime: SimdRuntime,
  { values, shape: [n, d] }: HostMatrix,
  visit: (address: number, first: number, rows: number) => Work<void>,
): Work<void> {
  const size = values instanceof Uint8Array ? 1 : 4;
  const { memory } = runtime;
  const most = Math.max(1, Math.min(n, Math.floor(chunkBytes / (d * size))));
  const wide = values.BYTES_PER_ELEMENT === 8;
  const placed = wide ? undefined : addressIn(memory, values, PADDING);
  const address = placed ?? memory.allocate(most * d * size + PADDING);
  try {
    for (let first = 0; first < n; first += most) {
      const rows = Math.min(most, n - first);
      const start = first * d;
      const part = values.subarray(start, start + rows * d);
      if (placed !== undefined) {
        yield* visit(placed + start * size, first, rows);
      } else {
        if (size === 1) memory.uint8(address, part.length).set(part);
        else memory.float32(address, part.length).set(part);
        yield* visit(address, first, rows);
      }
      if (rows < n) yield* runtime.turns.offer();
    }
  } finally {
    if (placed === undefined) memory.free(address);
  }
}

/**
 * Packs the numbers of the data that are not zero into memory, row by row, and records them in the
 * plan.
 *
 * @returns The sizes that a batch needs room for.
 */
export function* packRows(
  runtime: SimdRuntime,
  regions: Regions,
  plan: DensePlan,
  x: HostMatrix,
  inputScale: number,
): Work<PackedRows> {
  const { memory } = runtime;
  const [n, d] = x.shape;
  const size = numberBytes(x);
  const starts = new Uint32Array(n + 1);
  const counts = regions.allocate(4 * n);
  yield* eachChunk(runtime, x, function* (address, first, rows) {
    const args = [address, rows, d, size, counts + 4 * first];
    runtime.run(dense, "count", args, Math.ceil(rows / blockRows));
  });
  const lengths = memory.int32(counts, n);
  let longest = 0;
  for (let i = 0; i < n; i++) {
    starts[i + 1] = starts[i] + lengths[i];
    longest = Math.max(longest, lengths[i]);
  }
  const { entryBytes } = plan;
  const bounds = balancedColumns(x);
  plan.set({
    starts: regions.place(starts),
    entries: regions.allocate(starts[n] * entryBytes),
    columnBlocks: regions.place(bounds),
    columnBlockCount: bounds.length - 1,
    splits: regions.allocate(4 * n * (bounds.length - 2)),
  });
  const scratchBytes = entryBytes * (d + 1) + 64 & ~63;
  const scratch = memory.allocate(runtime.threads * scratchBytes);
  try {
    plan.set({ scratch, scratchBytes });
    yield* eachChunk(runtime, x, function* (address, first, rows) {
      const args = [address, rows, d, size, first, plan.address, inputScale];
      runtime.run(dense, "pack", args, Math.ceil(rows / blockRows));
    });
  } finally {
    memory.free(scratch);
  }
  const widest = bounds.subarray(1).reduce((most, end, i) => Math.max(most, end - bounds[i]), 0);
  return { longest, perRow: starts[n] / n, columnBlocks: bounds.length - 1, widest };
}

/**
 * Returns bounds of blocks of columns with about equally many numbers that are not zero. All blocks
 * but the last are even: the kernel takes columns in pairs.
 */
function balancedColumns({ values, shape: [n, d] }: HostMatrix): Uint32Array {
  const step = Math.max(1, Math.floor(n / sampledRows));
  // Each column counts at least one: Adam also moves weights that have only seen zeros.
  const weights = new Float64Array(d).fill(1);
  for (let i = 0; i < n; i += step) {
    for (let j = 0; j < d; j++) if (values[i * d + j] !== 0) weights[j]++;
  }
  const share = weights.reduce((a, b) => a + b) / Math.min(mostColumnBlocks, d);
  const bounds = [0];
  let sum = 0;
  weights.forEach((weight, j) => {
    sum += weight;
    if (j % 2 === 1 && j + 1 < d && sum >= share * bounds.length) bounds.push(j + 1);
  });
  return Uint32Array.from([...bounds, d]);
}
