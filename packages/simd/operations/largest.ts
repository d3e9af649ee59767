import type { MatrixValues } from "@mixtape/operations";
import { buildInRegions, type Regions } from "../memory/regions.ts";
import { magnitude } from "../module/magnitude.ts";
import type { SimdRuntime } from "../runtime.ts";
import { atOnce, type Work } from "../turns.ts";
import { inStages } from "./in_stages.ts";

/** Numbers in a block of the kernel. */
const BLOCK = 65536;
/** Number of numbers copied at a time, in whole blocks: they should still be in the cache when they are read. */
const STAGE = 8 * BLOCK;

/** Returns the largest absolute value of float32 or float64 in the memory; NaN if one of them is, unless it is left out. */
export function* findLargest(
  runtime: SimdRuntime,
  regions: Regions,
  values: MatrixValues,
  allowNaN: boolean,
): Work<number> {
  const blocks = Math.ceil(values.length / BLOCK);
  const out = regions.allocate(8 * blocks);
  const args = [values.byteOffset, out, values.length, Number(allowNaN)];
  yield* runtime.runInPieces(magnitude, kernelOf(values), args, blocks, values.length);
  return largestOf(runtime, out, blocks);
}

/**
 * Copies float32 or float64 into the memory, and returns the largest absolute value as {@linkcode findLargest}
 * does: threads look at what the caller has copied, while it goes on.
 *
 * @param to As many numbers of the same kind, in the memory.
 */
export function copyAndFindLargest(
  runtime: SimdRuntime,
  values: MatrixValues,
  to: MatrixValues,
): number {
  const blocks = Math.ceil(values.length / BLOCK);
  return buildInRegions(runtime.memory, (regions) => {
    const out = regions.allocate(8 * blocks);
    const stages = inStages({
      ...{ n: values.length, rows: STAGE },
      read: (start, end) => to.set(values.subarray(start, end), start),
      work: (start, end, meanwhile) => {
        const address = to.byteOffset + start * to.BYTES_PER_ELEMENT;
        const args = [address, out + 8 * (start / BLOCK), end - start, 0];
        runtime.run(magnitude, kernelOf(to), args, Math.ceil((end - start) / BLOCK), {
          before: meanwhile,
          multiplyAdds: end - start,
        });
      },
    });
    atOnce(stages);
    const largest = largestOf(runtime, out, blocks);
    regions[Symbol.dispose]();
    return largest;
  });
}

function kernelOf(values: MatrixValues): "largest32" | "largest64" {
  return values.BYTES_PER_ELEMENT === 4 ? "largest32" : "largest64";
}

/** Returns the largest of those of all blocks. */
function largestOf({ memory }: SimdRuntime, address: number, blocks: number): number {
  return memory.float64(address, blocks).reduce((a, b) => Math.max(a, b));
}
