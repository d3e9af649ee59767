import type { MaybePromise, Observed, ObservedAttributes } from "@mixtape/operations";
import type { NamedCall } from "../../kernel.ts";
import { workWithRegions } from "../../memory/regions.ts";
import { moments } from "../../module/moments.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { rowsInMemory } from "../rows_in_memory.ts";

/** Fewest rows, and numbers, of a block. */
const BLOCK_ROWS = 256;
const BLOCK = 2 ** 16;
/** Number of blocks that are looked at at once. */
const BLOCKS = 32;

/** Marks missing entries, and adds up the others of each column. */
export function observeColumns(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeObserved">,
): MaybePromise<Observed> {
  return runtime.turns.drive(observe(runtime, attrs), attrs.signal);
}

function observe(runtime: SimdRuntime, { x, missing }: ObservedAttributes): Work<Observed> {
  const { memory } = runtime;
  const [n, d] = x.shape;
  const sums = new Float64Array(d);
  const gone = new Uint32Array(d);
  const blockRows = Math.max(BLOCK_ROWS, Math.floor(BLOCK / d));
  const rows = Math.min(n, BLOCKS * blockRows);
  return workWithRegions(memory, function* (regions) {
    const { kind, at } = rowsInMemory(regions, x, rows);
    const marks = regions.allocate(rows * d);
    const out = regions.allocate(16 * d * Math.ceil(rows / blockRows));
    for (let start = 0; start < n; start += rows) {
      const count = Math.min(rows, n - start);
      const part = missing.subarray(start * d, (start + count) * d);
      memory.uint8(marks, part.length).set(part);
      const blocks = Math.ceil(count / blockRows);
      const args = [at(start, start + count), kind, count, d, marks, blockRows, out];
      runtime.run(moments, "observe", args, blocks, { multiplyAdds: 2 * count * d });
      part.set(memory.uint8(marks, part.length));
      const found = memory.float64(out, 2 * d * blocks);
      for (let block = 0; block < found.length; block += 2 * d) {
        for (let j = 0; j < d; j++) {
          sums[j] += found[block + j];
          gone[j] += found[block + d + j];
        }
      }
      yield* runtime.turns.offer();
    }
    return { sums, gone };
  });
}
