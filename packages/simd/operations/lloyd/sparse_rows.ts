import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { Work } from "../../turns.ts";
import type { Regions } from "../../memory/regions.ts";

/** Sparse 8-bit rows in WebAssembly memory, see `kernels/lloyd/compress.ts`. */
export interface SparseRows {
  /** Address of the array of row addresses, one per row. */
  readonly rowAddresses: number;
  /** Address of the array of numbers of entries, one per row. */
  readonly rowLengths: number;
  /** Σ x² of each row. */
  readonly squares: Float64Array;
  /** Largest number of entries in a row. */
  readonly longest: number;
}

/** Number of rows that one thread compresses at a time, as in the kernel. */
const BLOCK = 64;
/**
 * Number of bytes of dense rows copied at a time: they should still be in the cache when they are
 * read.
 */
const STAGE = 2 << 20;

/** Compresses rows; `values` may already be in WebAssembly memory. */
export function* compressRows(
  runtime: SimdRuntime,
  regions: Regions,
  values: Uint8Array,
  n: number,
  d: number,
): Work<SparseRows> {
  const { memory } = runtime;
  const rowAddresses = regions.allocate(4 * n);
  const rowLengths = regions.allocate(4 * n);
  const squares = regions.allocate(8 * n);
  const table = regions.place(positionsOfBits());
  const scratchBytes = 3 * d + 128;
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  const inPlace = memory.owns(values.buffer);
  const stageRows = Math.min(n, Math.max(1, Math.floor(STAGE / d / BLOCK)) * BLOCK);
  const stage = inPlace ? values.byteOffset : regions.allocate(stageRows * d);
  let longest = 0;
  for (let start = 0; start < n; start += stageRows) {
    if (start > 0) yield* runtime.turns.offer();
    const rows = Math.min(stageRows, n - start);
    if (!inPlace) {
      memory.uint8(stage, rows * d).set(values.subarray(start * d, (start + rows) * d));
    }
    const x = inPlace ? stage + start * d : stage;
    const lengths = rowLengths + 4 * start;
    const blocks = Math.ceil(rows / BLOCK);
    runtime.run(lloyd, "countEntries", [x, rows, d, lengths, squares + 8 * start], blocks);
    const counts = memory.int32(lengths, rows);
    let bytes = 0;
    for (let i = 0; i < rows; i++) {
      if (i % BLOCK === 0) bytes += 16;
      bytes += 3 * counts[i];
      if (counts[i] > longest) longest = counts[i];
    }
    const addresses = rowAddresses + 4 * start;
    let address = regions.allocate(bytes + 16);
    const places = new Uint32Array(memory.buffer, addresses, rows);
    const lengthsNow = memory.int32(lengths, rows);
    for (let i = 0; i < rows; i++) {
      // The kernel may write 16 bytes past the rows of a block.
      if (i % BLOCK === 0) address += 16;
      places[i] = address;
      address += 3 * lengthsNow[i];
    }
    const args = [x, rows, d, lengths, addresses, table, scratch, scratchBytes];
    runtime.run(lloyd, "fillEntries", args, blocks);
  }
  if (!inPlace) regions.free(stage);
  regions.free(scratch);
  regions.free(table);
  const result = memory.float64(squares, n).slice();
  regions.free(squares);
  return { rowAddresses, rowLengths, squares: result, longest };
}

/** Returns, for each byte, the positions of its bits that are 1, lowest first. */
function positionsOfBits(): Uint8Array {
  const table = new Uint8Array(256 * 8);
  for (let byte = 0; byte < 256; byte++) {
    let count = 0;
    for (let bit = 0; bit < 8; bit++) {
      if (byte >> bit & 1) table[byte * 8 + count++] = bit;
    }
  }
  return table;
}
