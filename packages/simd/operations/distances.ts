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
/** Number of bytes of distances that are computed before they are copied, in the cache. */
const STAGE = 1 << 20;

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
  const centre = centreOf(points, d);
  const centred = points.map((value, at) => value - centre[at % d]);
  const width = Math.ceil(k / PANEL) * PANEL;
  const scratchBytes = 16 * BLOCK + TILE_BYTES + PAIR_BYTES * Math.ceil(d / 2);
  const values = kindOf(rows) === 0 ? new Float32Array(n * k) : new Float64Array(n * k);
  const distanceBytes = values.BYTES_PER_ELEMENT * k;
  const stageRows = Math.max(1, Math.floor(STAGE / (distanceBytes * BLOCK))) * BLOCK;
  const stage = Math.min(n, stageRows);
  const bytes = rows.BYTES_PER_ELEMENT * d;
  const isLong = n * k * (d + 4) > LONG;
  const places = Array.from({ length: stage < n ? 2 : 1 }, () => ({
    rows: isLong ? 0 : regions.allocate(bytes * stage),
    distances: regions.allocate(distanceBytes * stage),
  }));
  const placeOf = (start: number) => places[start / stage % 2];
  const copied = isLong ? regions.allocate(bytes * n) : 0;
  const placeOfRows = (start: number) => isLong ? copied + start * bytes : placeOf(start).rows;
  const blocks = Math.ceil(stage / BLOCK);
  const counts = regions.allocate(4 * blocks);
  const given = [
    regions.place(centre),
    regions.place(points),
    regions.place(panelsOf(centred, d, width)),
    regions.place(squaresOf(centred, d, width)),
  ];
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  let placed = 0;
  const place = (end: number) => {
    const part = bytesOf(rows.subarray(placed * d, end * d));
    memory.uint8(placeOfRows(placed), part.length).set(part);
    placed = end;
  };
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
    work: (start, end, meanwhile) => {
      const used = Math.ceil((end - start) / BLOCK);
      const to = placeOf(start).distances;
      const args = [
        ...[placeOfRows(start), kindOf(rows), end - start, d, ...given],
        ...[k, to, counts, scratch, scratchBytes],
      ];
      const multiplyAdds = (end - start) * d * k;
      runtime.run(distances, "measure", args, used, { before: meanwhile, multiplyAdds });
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

function centreOf(points: Float64Array, d: number): Float64Array {
  const centre = new Float64Array(d);
  const k = points.length / d;
  points.forEach((value, at) => centre[at % d] += value / k);
  return centre;
}

/** Lays points times −2 out in panels of four, step by step; an odd number of steps becomes even. */
function panelsOf(points: Float64Array, d: number, width: number): Float64Array {
  const steps = d + d % 2;
  const panels = new Float64Array(width * steps);
  points.forEach((value, at) => {
    const j = Math.floor(at / d);
    panels[(j - j % PANEL) * steps + at % d * PANEL + j % PANEL] = -2 * value;
  });
  return panels;
}

function squaresOf(points: Float64Array, d: number, width: number): Float64Array {
  const squares = new Float64Array(width);
  points.forEach((value, at) => squares[Math.floor(at / d)] += value * value);
  return squares;
}
