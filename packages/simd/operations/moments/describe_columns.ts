import type { HostMatrix } from "@mixtape/operations";
import { workWithRegions } from "../../memory/regions.ts";
import { moments } from "../../module/moments.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { rowsInMemory } from "../rows_in_memory.ts";

/** Sums and ranges of columns, d numbers each. */
export interface ColumnRanges {
  /** The numbers of the first row. */
  readonly origins: Float64Array;
  /** Sums of the differences from the origins. */
  readonly sums: Float64Array;
  /** Smallest numbers. */
  readonly least: Float64Array;
  /** Largest numbers. */
  readonly most: Float64Array;
  /** True if all numbers are whole. */
  readonly areWhole: boolean;
}

/** Fewest rows, and numbers, of a block. */
const BLOCK_ROWS = 256;
const BLOCK = 2 ** 16;
/** Most blocks, and numbers, that are described at once. */
const BLOCKS = 32;
const NUMBERS = 2 ** 24;

/** Describes the columns of a matrix. */
export function describeColumns(runtime: SimdRuntime, x: HostMatrix): Work<ColumnRanges> {
  const { values, shape: [n, d] } = x;
  const { memory } = runtime;
  const origins = Float64Array.from(values.subarray(0, d));
  const [sums, least] = [new Float64Array(d), origins.slice()];
  const most = origins.slice();
  const blockRows = Math.max(BLOCK_ROWS, Math.floor(BLOCK / d));
  const together = Math.min(BLOCKS, Math.ceil(NUMBERS / (blockRows * d)));
  const rows = Math.min(n, together * blockRows);
  const blocks = Math.ceil(rows / blockRows);
  return workWithRegions(memory, function* (regions) {
    const { kind, at } = rowsInMemory(regions, x, rows);
    const given = regions.place(origins);
    const size = 3 * d + 1;
    const out = regions.allocate(8 * size * blocks);
    let areWhole = true;
    for (let start = 0; start < n; start += rows) {
      const count = Math.min(rows, n - start);
      const used = Math.ceil(count / blockRows);
      const args = [at(start, start + count), kind, count, d, given, blockRows, out];
      runtime.run(moments, "describe", args, used, { multiplyAdds: 2 * count * d });
      const found = memory.float64(out, size * used);
      for (let block = 0; block < found.length; block += size) {
        for (let j = 0; j < d; j++) {
          sums[j] += found[block + j];
          least[j] = Math.min(least[j], found[block + d + j]);
          most[j] = Math.max(most[j], found[block + 2 * d + j]);
        }
        areWhole &&= found[block + 3 * d] === 1;
      }
      yield* runtime.turns.offer();
    }
    return { origins, sums, least, most, areWhole };
  });
}
