import type { HostMatrix } from "@mixtape/operations";
import { takeInPieces } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { multiplyPackedInPieces, packedBytes, packRight } from "../product64.ts";
import { openDifferences } from "./differences.ts";
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
  const options = { less: means, most: rows, kernel: "centre" } as const;
  const { address: centred, write } = openDifferences(runtime, regions, x, options);
  const packed = regions.allocate(packedBytes({ n: d, k: rows }));
  const output = regions.allocate(8 * d * d);
  for (let start = 0; start < n; start += rows) {
    const count = Math.min(rows, n - start);
    write(start, count);
    const shape = { m: d, n: d, k: count, transposeA: true, lower: true, adds: start > 0 };
    packRight(runtime, shape, centred, packed);
    yield* multiplyPackedInPieces(runtime, shape, centred, packed, output);
    yield* runtime.turns.offer();
  }
  const scatter = new Float64Array(d * d);
  yield* takeInPieces(runtime, output, scatter);
  return scatter;
}
