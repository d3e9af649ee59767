import type { HostMatrix } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import { moments } from "../../module/moments.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { multiplyPacked, packedBytes, packRight } from "../product64.ts";
import { rowsInMemory } from "../rows_in_memory.ts";
import { rowsOfBlock } from "../rows_of_block.ts";
import { rowsAtOnce } from "./rows_at_once.ts";

/** Returns the sums of the products of centred columns in float64, d × d, of which the lower triangle is defined. */
export function* centredScatter(
  runtime: SimdRuntime,
  regions: Regions,
  x: HostMatrix,
  means: Float64Array,
): Work<Float64Array> {
  const [n, d] = x.shape;
  const rows = Math.min(n, rowsAtOnce(d, d * d / 2));
  const { kind, at } = rowsInMemory(regions, x, rows);
  const given = regions.place(means);
  const centred = regions.allocate(8 * rows * d);
  const packed = regions.allocate(packedBytes({ n: d, k: rows }));
  const output = regions.allocate(8 * d * d);
  const blockRows = rowsOfBlock(d);
  for (let start = 0; start < n; start += rows) {
    const count = Math.min(rows, n - start);
    const args = [at(start, start + count), kind, count, d, given, blockRows, centred];
    const blocks = Math.ceil(count / blockRows);
    runtime.run(moments, "centre", args, blocks, { multiplyAdds: count * d });
    const shape = { m: d, n: d, k: count, transposeA: true, lower: true, adds: start > 0 };
    packRight(runtime, shape, centred, packed);
    multiplyPacked(runtime, shape, centred, packed, output);
    yield* runtime.turns.offer();
  }
  return runtime.memory.float64(output, d * d).slice();
}
