import type { MaybePromise, ProjectionAttributes } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { placeInPieces } from "../memory/place_values.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { rowsAtOnce } from "./moments/rows_at_once.ts";
import { multiplyPackedInPieces, packedBytes, packRight } from "./product64.ts";
import { rowsInMemory } from "./rows_in_memory.ts";

/** Projects centred rows onto directions. */
export function projectRows(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeProjection">,
): MaybePromise<Float64Array> {
  const work = workWithRegions(runtime.memory, (regions) => project(runtime, regions, attrs));
  return runtime.turns.drive(work, attrs.signal);
}

function* project(
  runtime: SimdRuntime,
  regions: Regions,
  { x, means, directions }: ProjectionAttributes,
): Work<Float64Array> {
  const [n, d] = x.shape;
  const k = directions.length / d;
  const result = new Float64Array(n * k);
  if (result.length === 0) return result;
  const rows = Math.min(n, rowsAtOnce(d, d * k));
  const { kind, at } = rowsInMemory(regions, x, rows);
  const centred = { kind, bytes: x.values.BYTES_PER_ELEMENT, less: regions.place(means) };
  const output = regions.allocate(8 * rows * k);
  const shape = { n: k, k: d, transposeB: true };
  const packed = regions.allocate(packedBytes(shape));
  const placed = regions.allocate(directions.byteLength);
  yield* placeInPieces(runtime, directions, placed);
  packRight(runtime, { ...shape, m: n }, placed, packed);
  regions.free(placed);
  for (let start = 0; start < n; start += rows) {
    const count = Math.min(rows, n - start);
    const from = at(start, start + count);
    yield* multiplyPackedInPieces(runtime, { ...shape, m: count, centred }, from, packed, output);
    result.set(runtime.memory.float64(output, count * k), start * k);
    yield* runtime.turns.offer();
  }
  return result;
}
