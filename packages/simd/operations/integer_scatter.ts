import type { IntegerScatter } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { integerScatter as kernel } from "../module/integer_scatter.ts";
import type { SimdRuntime } from "../runtime.ts";

/** Rows and columns of a register tile. */
const TILE_ROWS = 5;
const TILE_COLUMNS = 8;
/** Rows of a block: with the deepest step, 40 KiB of packed columns, which stay in the second-level cache. */
const BLOCK_ROWS = 4 * TILE_ROWS;
/** Deepest step, in pairs of rows: a panel takes 16 KiB of the first-level cache. */
const DEPTH = 512;
/** The tile in front of a thread's packed columns, as in kernels/integer_scatter.ts. */
const TILE_BYTES = 192;

/** Adds Σ x xᵀ to the lower triangle of `addTo`. */
export function scatter(runtime: SimdRuntime, task: IntegerScatter): Float64Array {
  const { rows, largest, n, d, addTo } = task;
  // Sums of so many rows fit into 32 bits.
  const most = Math.floor((2 ** 31 - 1) / Math.max(1, largest) ** 2);
  for (let start = 0; start < n; start += most) {
    const end = Math.min(n, start + most);
    addPart(runtime, rows.subarray(start * d, end * d), end - start, d, addTo);
  }
  return addTo;
}

function addPart(
  runtime: SimdRuntime,
  rows: Int16Array,
  n: number,
  d: number,
  addTo: Float64Array,
): void {
  const { memory } = runtime;
  const steps = Math.ceil(n / 8) * 4;
  const panels = Math.ceil(d / TILE_COLUMNS);
  const depth = Math.ceil(steps / Math.ceil(steps / DEPTH) / 4) * 4;
  const scratchBytes = TILE_BYTES + BLOCK_ROWS * depth * 4;
  const multiplyAdds = n * d * d / 2;
  const run = (name: "packRight" | "multiply", args: readonly number[], blocks: number) =>
    runtime.run(kernel, name, args, blocks, { multiplyAdds });
  memory.borrow(rows.byteLength, (x) => {
    memory.uint8(x, rows.byteLength)
      .set(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
    memory.borrow(panels * TILE_COLUMNS * steps * 4, (packed) => {
      run("packRight", [x, n, d, packed], panels);
      memory.borrow(4 * d * d, (output) => {
        memory.borrow(scratchBytes * runtime.threads, (scratch) => {
          const args = [x, n, d, packed, output, depth, BLOCK_ROWS, scratch, scratchBytes];
          run("multiply", args, Math.ceil(d / BLOCK_ROWS));
        });
        addLower(addTo, memory.int32(output, d * d), d);
      });
    });
  });
}

function addLower(sums: Float64Array, added: Int32Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let at = i * d; at <= i * d + i; at++) sums[at] += added[at];
  }
}

/** The scatter of rows of whole numbers. */
export function integerScatter(
  { attrs, backend }: NamedCall<"MixtapeIntegerScatter">,
): Float64Array {
  return scatter(backend.runtime, attrs);
}
