import type { HostMatrix } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import type { Values } from "../../structure.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { Work } from "../../turns.ts";
import type { Regions } from "../../memory/regions.ts";
import type { WasmMemory } from "../../memory/wasm_memory.ts";
import { inStages } from "../in_stages.ts";
import { toPanels } from "./panels.ts";
import type * as structures from "./structures.ts";

/** Sparse rows in WebAssembly memory, see `kernels/lloyd/compress.ts`. */
export interface SparseRows {
  /** Address of the array of row addresses, one per row. */
  readonly rowAddresses: number;
  /** Address of the array of numbers of entries, one per row. */
  readonly rowLengths: number;
  /** Bytes per value, as a power of two. */
  readonly valueShift: number;
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
/** Number of bytes of sparse rows that room is made for at a time. */
const ROOM = 16 << 20;

/**
 * Compresses rows; `values` may already be in WebAssembly memory.
 *
 * @param mean The vector that rows are centred at, d numbers, and its length.
 * @param described Addresses of the description of each row, see `structures.data`.
 */
export function* compressRows(
  runtime: SimdRuntime,
  regions: Regions,
  { values, shape: [n, d] }: HostMatrix & { readonly values: Uint8Array | Float32Array },
  { mean, meanNorm }: { readonly mean: Float64Array; readonly meanNorm: number },
  described: Pick<Values<typeof structures.data>, "squares" | "radii">,
): Work<SparseRows> {
  const { memory } = runtime;
  const rowAddresses = regions.allocate(4 * n);
  const rowLengths = regions.allocate(4 * n);
  const squares = regions.allocate(8 * n);
  const size = values.BYTES_PER_ELEMENT;
  const valueShift = Math.log2(size);
  const table = regions.place(positionsOfBits());
  const meanPanel = regions.place(toPanels(mean, d, 4));
  const scratchBytes = (2 + size) * d + 128;
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  const cursor = regions.zeros(4);
  const inPlace = memory.owns(values.buffer);
  const stageRows = Math.min(n, Math.max(1, Math.floor(STAGE / (size * d) / BLOCK)) * BLOCK);
  const stages = Array.from(
    { length: inPlace ? 0 : stageRows < n ? 2 : 1 },
    () => regions.allocate(size * stageRows * d),
  );
  const placeOf = (start: number) =>
    inPlace ? values.byteOffset + size * start * d : stages[start / stageRows % 2];
  // The longest row and the bytes that the kernel may write after it.
  const mostBytes = (2 + size) * Math.ceil(d / 4) * 4 + 31;
  const place = () => new Uint32Array(memory.buffer, cursor, 1);
  let room = { start: 0, end: 0 };
  const keepWhatIsUsed = () => {
    if (room.end > 0) regions.shrink(room.start, place()[0] - room.start);
  };
  const makeRoom = (rows: number, left: number) => {
    if (room.end - place()[0] >= mostBytes * rows) return;
    keepWhatIsUsed();
    const bytes = Math.max(mostBytes * rows, Math.min(ROOM, mostBytes * left));
    const start = regions.allocate(bytes);
    room = { start, end: start + bytes };
    place()[0] = start;
  };
  yield* inStages({
    n,
    rows: stageRows,
    read: (start, end) => {
      if (inPlace) return;
      const part = values.subarray(start * d, end * d);
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      memory.uint8(placeOf(start), bytes.length).set(bytes);
    },
    work: (start, end, meanwhile) => {
      makeRoom(end - start, n - start);
      const args = [
        ...[placeOf(start), valueShift, end - start, d, rowAddresses + 4 * start],
        ...[rowLengths + 4 * start, squares + 8 * start, cursor, table, scratch, scratchBytes],
        ...[meanPanel, meanNorm, described.squares + 4 * start, described.radii + 4 * start],
      ];
      const blocks = Math.ceil((end - start) / BLOCK);
      const multiplyAdds = 2 * (end - start) * d;
      runtime.run(lloyd, "compress", args, blocks, { before: meanwhile, multiplyAdds });
    },
  }, runtime.turns);
  keepWhatIsUsed();
  const longest = memory.int32(rowLengths, n).reduce((a, b) => Math.max(a, b), 0);
  const result = memory.float64(squares, n).slice();
  for (const address of [squares, table, meanPanel, scratch, cursor, ...stages]) {
    regions.free(address);
  }
  return { rowAddresses, rowLengths, valueShift, squares: result, longest };
}

/** Returns a row of float32 numbers as they were before they were compressed. */
export function sparseSingles(
  { buffer }: WasmMemory,
  { rowAddresses, rowLengths }: Pick<SparseRows, "rowAddresses" | "rowLengths">,
  row: number,
  d: number,
): Float32Array {
  const [address] = new Uint32Array(buffer, rowAddresses + 4 * row, 1);
  const [length] = new Uint32Array(buffer, rowLengths + 4 * row, 1);
  const columns = new Uint16Array(buffer, address, length);
  const values = new Float32Array(buffer, address + columns.byteLength, length);
  const dense = new Float32Array(d);
  values.forEach((value, entry) => {
    // Zeros at the end name column 0.
    if (value !== 0) dense[columns[entry]] = value;
  });
  return dense;
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
