import type { InverseFactors, MaybePromise } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { placeInPieces, takeInPieces } from "../memory/place_values.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import { inverseFactors as kernel } from "../module/inverse_factors.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

/** Rows and columns of a tile, as in kernels/inverse_factors.ts. */
const TILE = 32;

/** Inverts the Cholesky factors of matrices, all of them together, a column of tiles per job. */
export function inverseFactors(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeInverseFactors">,
): MaybePromise<InverseFactors> {
  const { matrices, d, signal } = attrs;
  const work = workWithRegions(
    runtime.memory,
    (regions) => invert(runtime, regions, matrices, d),
  );
  return runtime.turns.drive(work, signal);
}

function* invert(
  runtime: SimdRuntime,
  regions: Regions,
  matrices: Float64Array,
  d: number,
): Work<InverseFactors> {
  const { memory, threads } = runtime;
  const { length, byteLength } = matrices;
  const count = length / d ** 2;
  const tiles = Math.ceil(d / TILE);
  const tileBytes = 8 * TILE ** 2;
  const factor = regions.allocate(byteLength);
  yield* placeInPieces(runtime, matrices, factor);
  const inverse = regions.allocate(byteLength);
  const failures = regions.place(new Int32Array(count).fill(-1));
  const corners = regions.allocate(tileBytes * tiles * count);
  const columns = regions.allocate(tileBytes * tiles * threads);
  const argsOf = (column: number) => [
    ...[factor, inverse, failures, corners, d, count, column, columns],
  ];
  runtime.run(kernel, "begin", argsOf(0), count, { multiplyAdds: count * TILE ** 3 });
  for (let column = 0; column < tiles - 1; column++) {
    const blocks = (tiles - column - 1) * count;
    const work = blocks * (column + 1) * TILE ** 3;
    yield* runtime.runInPieces(kernel, "factorColumn", argsOf(column), blocks, work);
    yield* runtime.turns.offer();
  }
  const work = count * tiles * (tiles + 1) ** 2 * TILE ** 3 / 6;
  yield* runtime.runInPieces(kernel, "invert", argsOf(0), tiles * count, work);
  const factors = new Float64Array(length);
  yield* takeInPieces(runtime, inverse, factors);
  return { factors, failures: memory.int32(failures, count).slice() };
}
