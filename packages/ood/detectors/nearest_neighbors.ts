import {
  checkInteger,
  disposing,
  type HostMatrix,
  openNeighbors,
  random,
  takeRows,
} from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import type { FitContext } from "../detector_recipe.ts";
import { penultimate } from "../evidence.ts";
import { oneGroup } from "../features/groups.ts";
import { pooledCovariance } from "../features/moments.ts";
import { principalAxes } from "../features/principal_axes.ts";
import { turnedRows } from "../features/turned_rows.ts";
import {
  pacedUnitBlocks,
  selectUnits,
  type UnitSelection,
  unitSelectionState,
} from "../features/unit_selection.ts";
import * as state from "../state/mod.ts";

/** Options of {@link nearestNeighbors}. */
export interface NearestNeighborsOptions {
  /**
   * Rank of the neighbour whose distance is the score, among all training rows, at least 1; 50 by
   * default, the paper's choice for 50,000 rows. If only a share of the rows is searched, it is
   * that share of k, as in the paper.
   */
  readonly k: number;
  /**
   * Largest number of training rows to search, drawn with the seed; all by default. The paper finds
   * that even one row in a hundred serves nearly as well.
   */
  readonly maxRows?: number;
}

const defaults: NearestNeighborsOptions = { k: 50, maxRows: undefined };

/** Numbers of the queries of a search: enough queries for threads to share them evenly, in 8 MiB. */
const SEARCHED = 2 ** 20;

interface FittedNeighbors {
  readonly units: UnitSelection;
  readonly k: number;
  /** Principal axes of the rows about zero, one axis per row. */
  readonly axes: Float64Array;
  /** The rows rotated onto the axes. */
  readonly points: Float32Array;
}

/**
 * Minus the distance to the k-th nearest training row, with activations scaled to length 1. The
 * search is exact. Rows are rotated onto their principal axes, which changes no distance but
 * concentrates most of it in the first few axes: a matrix product over these bounds the distances,
 * so that few are measured.
 */
export const nearestNeighbors: DetectorKind<NearestNeighborsOptions> = defineDetector({
  name: "knn",
  title: "k-th nearest neighbour",
  cite: {
    authors: "Sun et al.",
    title: "Out-of-Distribution Detection with Deep Nearest Neighbors",
    year: 2022,
    url: "https://arxiv.org/abs/2204.06507",
  },
  needs: ["penultimate"],
  defaults,
  derived: { maxRows: 1000 },
  state: state.record<FittedNeighbors>({
    units: unitSelectionState(true),
    axes: state.float64s(["d", "d"]),
    points: state.float32s(["points", "d"]),
    k: state.integer({ min: 1, upTo: "points" }),
  }),
  async fit(training, options, context): Promise<FittedNeighbors> {
    const all = penultimate(training);
    const units = await selectUnits(all, true, context);
    const { x, k } = chooseReferences(all, options, context);
    return { units, k, ...await turnedPoints(x, units, context.signal) };
  },
  async score({ units, k, axes, points }, evidence, { signal }) {
    const { values, shape: [n, columns] } = penultimate(evidence);
    const d = units.kept.length;
    const most = Math.max(1, Math.floor(SEARCHED / d));
    const turned = new Float64Array(Math.min(n, most) * d);
    const scores = new Float64Array(n);
    const opened = await openNeighbors(points, d, k, signal);
    return await disposing(opened, async (search) => {
      for (let start = 0; start < n; start += most) {
        const rows = Math.min(most, n - start);
        const part = values.subarray(start * columns, (start + rows) * columns);
        await turnRows({ values: part, shape: [rows, columns] }, units, axes, turned, signal);
        const distances = await search.kthDistances(turned, rows, signal);
        scores.set(distances.map((distance) => -Math.sqrt(distance)), start);
      }
      return scores;
    });
  },
});

/**
 * Chooses the rows to search and the rank of the neighbour among them; adds a note if these are not
 * all rows and the k asked for.
 */
function chooseReferences(
  x: HostMatrix,
  options: NearestNeighborsOptions,
  { seed, note }: FitContext,
): { x: HostMatrix; k: number } {
  const n = x.shape[0];
  const k = Math.min(checkInteger(options.k, "k", { min: 1 }), n);
  if (k < options.k) note(`the distance to row ${k} was taken, there are only ${n} training rows`);
  const { maxRows = n } = options;
  const references = Math.min(checkInteger(maxRows, "maxRows", { min: 1 }), n);
  if (references === n) return { x, k };
  const share = Math.max(1, Math.round(k * references / n));
  note(
    `${references} of ${n} training rows, drawn at random, are searched, and for row ${k} of all ` +
      `the distance to row ${share} of them is taken`,
  );
  return { x: takeRows(x, random(seed).sample(n, references).sort()), k: share };
}

async function turnedPoints(
  x: HostMatrix,
  units: UnitSelection,
  signal?: AbortSignal,
): Promise<{ axes: Float64Array; points: Float32Array }> {
  const n = x.shape[0];
  const d = units.kept.length;
  // About zero rather than the mean, so that rotated rows keep their length of 1.
  const products = await pooledCovariance(x, units, oneGroup(n), new Float64Array(d), signal);
  const { axes } = await principalAxes(products, d, signal);
  const points = new Float32Array(n * d);
  await turnRows(x, units, axes, points, signal);
  return { axes, points };
}

/** Writes rows rotated onto the axes to the beginning of `turned`. */
async function turnRows(
  x: HostMatrix,
  units: UnitSelection,
  axes: Float64Array,
  turned: Float32Array | Float64Array,
  signal?: AbortSignal,
): Promise<void> {
  const d = units.kept.length;
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    turned.set(await turnedRows(values, rows, axes, d, signal), start * d);
  }
}
