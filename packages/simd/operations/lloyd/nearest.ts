import type { HostMatrix, MatrixValues, Nearest, SumOfDistances } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import {
  isTiled,
  LONG,
  NARROW_BLOCK,
  NARROW_ROW,
  NARROW_STAGE,
  NARROW_TILE,
  scratchOnce,
} from "./cluster_sizes.ts";
import { type LloydData, NARROW } from "./data.ts";
import { Guesses, noGuesses } from "./guesses.ts";
import { CentroidPlace } from "./placement.ts";
import { products } from "./basis.ts";
import { LABEL_BLOCK, labelBytes, labelForms } from "./quantisation.ts";
import { sumOfSquares } from "./inertia_of_sums.ts";
import { takeInPieces } from "../../memory/place_values.ts";
import { type Regions, workWithRegions } from "../../memory/regions.ts";
import { inStages } from "../in_stages.ts";
import { sumNarrow } from "./narrow_sum.ts";
import { isPlain, meanOf, takeSample } from "./sample.ts";
import { sparseSingles } from "./sparse_rows.ts";
import { runJob, runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/**
 * Finds the nearest centroid of rows of few columns, as they are: nothing is prepared.
 *
 * @returns Labels alone; undefined for data that must be prepared.
 */
export function labelNarrow(
  runtime: SimdRuntime,
  x: HostMatrix,
  centroids: Float64Array,
  k: number,
): Work<Nearest> | undefined {
  const [n, d] = x.shape;
  if (d > NARROW) return undefined;
  const sample = takeSample(x.values, n, d);
  const mean = meanOf(sample);
  if (!isPlain(x, sample, Math.sqrt(products(mean, mean)[0]))) return undefined;
  return workWithRegions(
    runtime.memory,
    (regions) => labelWithin(runtime, regions, x, mean, centroids, k),
  );
}

function* labelWithin(
  runtime: SimdRuntime,
  regions: Regions,
  { values, shape: [n, d] }: HostMatrix,
  mean: Float64Array,
  centroids: Float64Array,
  k: number,
): Work<Nearest> {
  const { memory } = runtime;
  // Long work must not see what the caller makes of its array meanwhile: it begins with a copy.
  const isLong = n * k * d > LONG;
  const stage = isLong ? n : Math.min(n, NARROW_STAGE);
  const meanAt = regions.place(mean);
  const rows = {
    ...{ n: stage, d, rowAddresses: 0, rowLengths: 0, valueShift: 0, originalWide: 0 },
    ...{ weights: 0, squares: 0, radii: 0, meanNorm: 0, mean: meanAt, scale: 1, origin: meanAt },
  };
  const places = Array.from({ length: stage < n ? 2 : 1 }, () => {
    const dense = regions.allocate(4 * stage * d);
    return { dense, original: dense, rowLabels: regions.allocate(4 * stage) };
  });
  const placeOf = (start: number) => places[start / stage % 2];
  const rowsOf = (start: number, end: number) => {
    const { dense, original } = placeOf(start);
    return { ...rows, dense, original, n: end - start };
  };
  const first = { rows: rowsOf(0, stage), packed: pack(structures.data, rowsOf(0, stage)) };
  const place = new CentroidPlace(runtime, regions, { d, mean, copied: false, ...first }, k);
  const { precision } = place.place(centroids);
  const scratchBytes = NARROW_TILE * NARROW_ROW;
  const scratch = regions.allocate(scratchBytes * runtime.threads);
  const given = (start: number, end: number) =>
    [
      pack(structures.data, rowsOf(start, end)),
      place.packed,
      precision,
      pack(structures.distances, { rowLabels: placeOf(start).rowLabels, distances: 0 }),
      pack(structures.workspace, { scratch, scratchBytes }),
    ] as const;
  const blocks = Math.ceil(stage / NARROW_BLOCK);
  const labels = new Int32Array(n);
  const read = (start: number, end: number) => {
    memory.float32(placeOf(start).dense, (end - start) * d).set(
      values.subarray(start * d, end * d),
    );
  };
  const write = (start: number, end: number) => {
    labels.set(memory.int32(placeOf(start).rowLabels, end - start), start);
  };
  if (isLong) {
    read(0, n);
    yield* runJobInPieces(runtime, "findNarrow", given(0, n), blocks, n * k * d);
    write(0, n);
  } else {
    yield* inStages({
      ...{ n, rows: stage, read, write },
      work: (start, end, meanwhile) => {
        const multiplyAdds = (end - start) * k * d;
        runJob(runtime, "findNarrow", given(start, end), blocks, {
          before: meanwhile,
          multiplyAdds,
        });
      },
    });
  }
  const asRead = (row: number) =>
    isLong
      ? memory.float32(places[0].dense + 4 * row * d, d).slice()
      : Float32Array.from(values.subarray(row * d, (row + 1) * d));
  return { labels, distances: new Float64Array(0), ...firstNotFinite(labels, asRead) };
}

/** Returns the first row of float32 numbers that is not finite, if there is one, as it was given. */
export function firstBadRow(
  { memory }: SimdRuntime,
  { rows, d }: LloydData,
  labels: Int32Array,
): Pick<Nearest, "notFinite"> {
  return firstNotFinite(
    labels,
    (row) =>
      rows.rowAddresses
        ? sparseSingles(memory, rows, row, d)
        : memory.float32(rows.original + 4 * row * d, d).slice(),
  );
}

function firstNotFinite(
  labels: Int32Array,
  asRead: (row: number) => MatrixValues,
): Pick<Nearest, "notFinite"> {
  const row = labels.indexOf(-1);
  if (row < 0) return {};
  const values = asRead(row);
  return { notFinite: { row, x: { values, shape: [1, values.length] } } };
}

/** Results wanted besides labels: distances by default. */
interface Wanted {
  /** A sum of distances instead of these. */
  readonly sum?: SumOfDistances;
  /** True if nothing is. */
  readonly labelsAlone?: boolean;
}

/**
 * Finds the nearest of `k` centroids for every row.
 *
 * @param wanted A sum that is needed instead of distances, or that neither is.
 */
export function findNearest(
  runtime: SimdRuntime,
  data: LloydData,
  centroids: Float64Array,
  k: number,
  wanted: Wanted,
): Work<Nearest> {
  return workWithRegions(
    runtime.memory,
    (regions) => findWithin(runtime, regions, data, centroids, k, wanted),
  );
}

function* findWithin(
  runtime: SimdRuntime,
  regions: Regions,
  data: LloydData,
  centroids: Float64Array,
  k: number,
  { sum, labelsAlone = false }: Wanted,
): Work<Nearest> {
  const { threads } = runtime;
  const { n, d } = data;
  // Only dense float32 rows of more columns are left undescribed.
  const isOnce = !data.rows.radii && d > NARROW;
  const forms = isOnce ? { pairs: isTiled(data, k) } : labelForms(runtime, data, k);
  const place = new CentroidPlace(runtime, regions, data, k, forms);
  const placed = place.place(centroids);
  const guesses = data.guesses.areLikely(k)
    ? new Guesses(runtime, regions, data, place).prepare(n, placed)
    : noGuesses;
  const narrow = place.values.splats > 0;
  if (narrow && sum) {
    const found = yield* sumNarrow(runtime, regions, data, place, placed, sum);
    if (found) return found;
  }
  const rowLabels = regions.allocate(4 * n);
  const distances = labelsAlone && isOnce ? 0 : regions.allocate(8 * n);
  const scratchBytes = narrow
    ? NARROW_TILE * NARROW_ROW
    : isOnce
    ? scratchOnce(data, place.values.width, LABEL_BLOCK)
    : 4 * LABEL_BLOCK + labelBytes(data, k, place.values.width);
  const scratch = regions.allocate(scratchBytes * threads);
  const found = pack(structures.distances, { rowLabels, distances });
  const workspace = pack(structures.workspace, { scratch, scratchBytes });
  const shared = [data.packed, place.packed, placed.precision, found] as const;
  const work = n * d * (k + 4);
  if (narrow) {
    const given = [...shared, workspace] as const;
    yield* runJobInPieces(runtime, "findNarrow", given, Math.ceil(n / NARROW_BLOCK), work);
  } else {
    const given = [...shared, guesses, workspace] as const;
    yield* runJobInPieces(runtime, "findNearest", given, Math.ceil(n / LABEL_BLOCK), work);
  }
  const labels = new Int32Array(n);
  yield* takeInPieces(runtime, rowLabels, labels);
  if (labelsAlone) return { labels, distances: new Float64Array(0) };
  const total = sum && (yield* sumOfSquares(runtime, distances, n, sum));
  if (total !== undefined) return { labels, distances: new Float64Array(0), sum: total };
  const measured = new Float64Array(n);
  yield* takeInPieces(runtime, distances, measured);
  return { labels, distances: measured };
}
