import type {
  Distances,
  DistancesAttributes,
  MatrixValues,
  MaybePromise,
} from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import type { WasmMemory } from "../memory/wasm_memory.ts";
import { distances } from "../module/distances.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { inStages } from "./in_stages.ts";
import { kindOf } from "./rows_in_memory.ts";

/** Rows of a block, columns of a panel, and bytes of a packed pair of steps and of a tile, as in the kernel. */
const BLOCK = 24;
const PANEL = 4;
const PAIR_BYTES = 96 * BLOCK / 6;
const TILE_BYTES = 96 + 192;
/** Columns of a block of the points' mean, as in the kernel. */
const CENTRED = 64;
/** Number of bytes of distances that are computed before they are copied, in the cache. */
const STAGE = 1 << 20;
/** Multiply-adds of a part of a block's points, some milliseconds, and the least number of such points. */
const PART = 2 ** 24;
const FEWEST_POINTS = 32;

/** Number of multiply-adds that take some 20 ms. */
const LONG = 2 ** 26;
/** Stages of rows of long work that are copied while one is worked on: most, before the event loop turns. */
const AHEAD = 4;

/** Measures the distances of rows to points. */
export function measureDistances(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeDistances">,
): MaybePromise<Distances> {
  const work = workWithRegions(
    runtime.memory,
    (regions) => measureInStages(runtime, regions, attrs),
  );
  return runtime.turns.drive(work, attrs.signal);
}

function* measureInStages(
  runtime: SimdRuntime,
  regions: Regions,
  { x, points, k }: DistancesAttributes,
): Work<Distances> {
  const { memory, turns } = runtime;
  const { values: rows, shape: [n, d] } = x;
  const width = Math.ceil(k / PANEL) * PANEL;
  const scratchBytes = 16 * BLOCK + TILE_BYTES + PAIR_BYTES * Math.ceil(d / 2);
  const values = kindOf(rows) === 0 ? new Float32Array(n * k) : new Float64Array(n * k);
  const distanceBytes = values.BYTES_PER_ELEMENT * k;
  const blockWork = BLOCK * k * (d + 4);
  const stageBlocks = Math.min(STAGE / (distanceBytes * BLOCK), LONG / blockWork);
  const stage = Math.min(n, Math.max(1, Math.floor(stageBlocks)) * BLOCK);
  const bytes = rows.BYTES_PER_ELEMENT * d;
  /** True if the event loop turns within a block of rows. */
  const isWide = blockWork > LONG;
  const isLong = isWide || n * k * (d + 4) > LONG;
  const places = Array.from({ length: stage < n ? 2 : 1 }, () => ({
    rows: isLong ? 0 : regions.allocate(bytes * stage),
    distances: regions.allocate(distanceBytes * stage),
  }));
  const placeOf = (start: number) => places[start / stage % 2];
  const copied = isLong ? regions.allocate(bytes * n) : 0;
  const placeOfRows = (start: number) => isLong ? copied + start * bytes : placeOf(start).rows;
  const pointsAtOnce = Math.max(
    FEWEST_POINTS,
    Math.floor(PART / (BLOCK * (d + 4) * PANEL)) * PANEL,
  );
  const parts = Math.ceil(k / pointsAtOnce);
  const counts = regions.allocate(4 * Math.ceil(stage / BLOCK) * parts);
  const [centre, given] = [regions.allocate(8 * d), regions.place(points)];
  const panels = regions.allocate(8 * width * (d + d % 2));
  const squares = regions.allocate(8 * width);
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  let placed = 0;
  const place = (end: number) => {
    const part = bytesOf(rows.subarray(placed * d, end * d));
    memory.uint8(placeOfRows(placed), part.length).set(part);
    placed = end;
  };
  if (isWide) place(n);
  const prepared = [given, k, d, centre, panels, squares];
  yield* runtime.runInPieces(distances, "centrePoints", prepared, Math.ceil(d / CENTRED), k * d);
  yield* runtime.runInPieces(distances, "panelPoints", prepared, width / PANEL, k * d);
  // Rows are copied before the event loop turns: what the caller then makes of its array is not seen.
  const afterAll = {
    *offer() {
      if (!turns.due) return;
      place(n);
      yield;
    },
  };
  let undecided = 0;
  yield* inStages({
    ...{ n, rows: stage },
    read: () => place(Math.min(n, placed + stage * (isLong ? AHEAD : 1))),
    work: function* (start, end, meanwhile) {
      const used = Math.ceil((end - start) / BLOCK) * parts;
      const to = placeOf(start).distances;
      const args = [
        ...[placeOfRows(start), kindOf(rows), end - start, d, centre, given, panels, squares],
        ...[k, to, counts, scratch, scratchBytes, pointsAtOnce],
      ];
      const multiplyAdds = (end - start) * d * k;
      if (isWide) {
        yield* runtime.runInPieces(distances, "measure", args, used, multiplyAdds, meanwhile);
      } else runtime.run(distances, "measure", args, used, { before: meanwhile, multiplyAdds });
      undecided += memory.int32(counts, used).reduce((a, b) => a + b, 0);
    },
    write: (start, end) => {
      const from = memory.uint8(placeOf(start).distances, (end - start) * distanceBytes);
      bytesOf(values).set(from, start * distanceBytes);
    },
  }, isLong ? afterAll : undefined);
  const asRead = isLong && undecided > 0 ? { asRead: rowsIn(memory, copied, rows) } : {};
  return { values, undecided, ...asRead };
}

function bytesOf({ buffer, byteOffset, byteLength }: MatrixValues): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Returns a copy of rows that lie in memory, of the same kind as those that were placed there. */
function rowsIn(memory: WasmMemory, address: number, placed: MatrixValues): MatrixValues {
  const values = placed.slice();
  bytesOf(values).set(memory.uint8(address, placed.byteLength));
  return values;
}
