import { buildInRegions } from "../memory/regions.ts";
import { bytes } from "../module/bytes.ts";
import type { SimdRuntime } from "../runtime.ts";
import { atOnce } from "../turns.ts";
import { inStages } from "./in_stages.ts";
import { areSparseSingles } from "./lloyd/data.ts";

/** Number of numbers that are looked at before all are. */
const SAMPLE = 1024;
/** Numbers in a block of the kernel. */
const BLOCK = 16384;
/** Number of numbers copied at a time: they should still be in the cache when they are read. */
const STAGE = 2 ** 19;

/** Returns true if a sample of float32 are bytes, and so many of them zeros that k-means leaves these out. */
export function areSparseBytes(values: Float32Array, columns: number): boolean {
  let nonzero = 0;
  for (let q = 0; q < SAMPLE; q++) {
    // Multiples of the golden ratio: even steps could meet the same columns again and again.
    const value = values[Math.floor(q * 0.6180339887498949 % 1 * values.length)];
    if (value !== (value & 255)) return false;
    if (value !== 0) nonzero++;
  }
  return areSparseSingles(nonzero / SAMPLE, columns);
}

/**
 * Copies float32 as bytes: threads convert what the caller has copied into the memory, while it goes on.
 *
 * @param to As many bytes, in the memory or not.
 * @returns False as soon as a number is found that is not a byte.
 */
export function copyAsBytes(runtime: SimdRuntime, values: Float32Array, to: Uint8Array): boolean {
  const { memory } = runtime;
  return buildInRegions(memory, (regions) => {
    const isInPlace = memory.owns(to.buffer);
    const rows = Math.min(values.length, STAGE);
    const from = [0, 1].map(() => regions.allocate(4 * rows));
    const out = [0, 1].map(() => isInPlace ? 0 : regions.allocate(rows));
    const misfit = regions.zeros(4);
    const turnOf = (start: number) => start / STAGE % 2;
    let isExact = true;
    const stages = inStages({
      ...{ n: values.length, rows: STAGE },
      read: (start, end) => {
        if (!isExact) return;
        memory.float32(from[turnOf(start)], end - start).set(values.subarray(start, end));
      },
      work: (start, end, meanwhile) => {
        if (!isExact) return;
        const size = end - start;
        const target = isInPlace ? to.byteOffset + start : out[turnOf(start)];
        const args = [from[turnOf(start)], target, size, misfit];
        runtime.run(bytes, "takeBytes", args, Math.ceil(size / BLOCK), {
          before: meanwhile,
          multiplyAdds: size,
        });
        isExact = memory.int32(misfit, 1)[0] === 0;
      },
      write: (start, end) => {
        if (!isInPlace && isExact) to.set(memory.uint8(out[turnOf(start)], end - start), start);
      },
    });
    atOnce(stages);
    regions[Symbol.dispose]();
    return isExact;
  });
}
