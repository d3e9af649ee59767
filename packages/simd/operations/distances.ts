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

/** Rows of a block, columns of a panel, and bytes of a packed pair of steps, as in the kernel. */
const BLOCK = 20;
const PANEL = 4;
const PAIR_BYTES = 80 * BLOCK / 5;
/** Number of bytes of distances that are computed before they are copied, in the cache. */
const STAGE = 1 << 20;

/** Number of multiply-adds that take some 20 ms. */
const LONG = 2 ** 26;

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
  const scratchBytes = 8 * BLOCK * (1 + d + width) + PAIR_BYTES * Math.ceil(d / 2);
  const values = kindOf(rows) === 0 ? new Float32Array(n * k) : new Float64Array(n * k);
  const distanceBytes = values.BYTES_PER_ELEMENT * k;
  const stageRows = Math.max(1, Math.floor(STAGE / (distanceBytes * BLOCK))) * BLOCK;
  const stage = Math.min(n, stageRows);
  const bytes = rows.BYTES_PER_ELEMENT * d;
  // Long work must not see what the caller makes of its array meanwhile: it begins with a copy.
  const isLong = n * k * (d + 4) > LONG;
  const from = isLong ? regions.place(bytesOf(rows)) : regions.allocate(bytes * stage);
  // While one stage is measured, the one before it is copied.
  const stages = Math.ceil(n / stage);
  const targets = Array.from(
    { length: Math.min(stages, 2) },
    () => regions.allocate(stage * distanceBytes),
  );
  const blocks = Math.ceil(stage / BLOCK);
  const counts = regions.allocate(4 * blocks);
  const given = [
    regions.place(centre),
    regions.place(points),
    regions.place(panelsOf(centred, d, width)),
    regions.place(squaresOf(centred, d, width)),
  ];
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  const copyStage = (start: number) => {
    const end = Math.min(n, start + stage);
    const from = memory.uint8(targets[start / stage % 2], (end - start) * distanceBytes);
    bytesOf(values).set(from, start * distanceBytes);
  };
  let undecided = 0;
  for (let start = 0; start < n; start += stage) {
    const end = Math.min(n, start + stage);
    const count = end - start;
    if (!isLong) {
      memory.uint8(from, count * bytes).set(bytesOf(rows.subarray(start * d, end * d)));
    }
    const used = Math.ceil(count / BLOCK);
    const at = isLong ? from + start * bytes : from;
    const to = targets[start / stage % 2];
    const job = [at, kindOf(rows), count, d, ...given, k, to, counts, scratch, scratchBytes];
    runtime.run(distances, "measure", job, used, () => start > 0 && copyStage(start - stage));
    undecided += memory.int32(counts, used).reduce((a, b) => a + b, 0);
    if (isLong) yield* turns.offer();
  }
  copyStage((stages - 1) * stage);
  const asRead = isLong && undecided > 0 ? { asRead: rowsIn(memory, from, rows) } : {};
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

/** Returns the number by which the kernel knows a kind of array. */
function kindOf(values: MatrixValues): number {
  if (values.BYTES_PER_ELEMENT === 1) return 2;
  return values.BYTES_PER_ELEMENT === 8 ? 1 : 0;
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
