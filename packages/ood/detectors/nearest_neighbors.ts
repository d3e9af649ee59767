import {
  checkInteger,
  disposing,
  float64Product,
  type HostMatrix,
  openNeighbors,
  random,
  takeRows,
} from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind, type FitContext } from "../detector.ts";
import { type Evidence, penultimate } from "../evidence.ts";
import { oneGroup } from "../features/groups.ts";
import { pooledCovariance } from "../features/moments.ts";
import { openNeighborSearch } from "../features/neighbor_search.ts";
import {
  buildNeighborTree,
  type NeighborTree,
  neighborTreeState,
} from "../features/neighbor_tree.ts";
import { principalAxes } from "../features/principal_axes.ts";
import { FEW_UNITS, rowLimit } from "../features/row_limit.ts";
import {
  selectUnits,
  unitBlocks,
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
   * Largest number of training rows to search, drawn with the seed. By default (null): all rows if
   * at most 64 units vary, otherwise 12,000, since a search among many units costs much more and
   * the paper finds that even one row in a hundred serves nearly as well.
   */
  readonly references: number | null;
}

interface FittedNeighbors {
  readonly units: UnitSelection;
  readonly k: number;
  /** Principal axes of the rows about zero, one axis per row. */
  readonly axes: Float64Array;
  /** For few units: the rows rotated onto the axes, in a tree. */
  readonly tree?: NeighborTree;
  /** For many units: the rows rotated onto the axes. */
  readonly points?: Float32Array;
}

/**
 * Minus the distance to the k-th nearest training row, with activations scaled to length 1. The
 * search among the reference rows is exact. Rows are rotated onto their principal axes, which
 * changes no distance but concentrates most of it in the first few axes: with few units, a tree
 * over these axes and partial sums skip nearly all pairs; with many units, bounds from a matrix
 * product do.
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
  defaults: { k: 50, references: null },
  state: state.such(
    state.record<FittedNeighbors>({
      units: unitSelectionState(true),
      axes: state.float64s(["d", "d"]),
      tree: state.optional(neighborTreeState),
      points: state.optional(state.float32s(["points", "d"])),
      k: state.integer({ min: 1, upTo: "points" }),
    }),
    ({ tree, points }) =>
      (tree === undefined) === (points === undefined)
        ? "it has both or none of tree and points, one of them is needed"
        : undefined,
  ),
  fit(training, options, context): FittedNeighbors {
    const all = penultimate(training);
    const units = selectUnits(all, true, context.note);
    const { x, k } = chooseReferences(all, units.kept.length, options, context);
    const { axes, points } = turnedPoints(x, units);
    // Among many units, a matrix product over fewer rows is faster than a tree over all of them.
    if (units.kept.length > FEW_UNITS) return { units, k, axes, points };
    return { units, k, axes, tree: buildNeighborTree(points, units.kept.length) };
  },
  score: (fitted, evidence) =>
    fitted.tree ? searchTree(fitted.tree, fitted, evidence) : searchProducts(fitted, evidence),
});

/**
 * Chooses the rows to search and the rank of the neighbour among them; adds a note if these are not
 * all rows and the k asked for.
 */
function chooseReferences(
  x: HostMatrix,
  units: number,
  options: NearestNeighborsOptions,
  { seed, note }: FitContext,
): { x: HostMatrix; k: number } {
  const n = x.shape[0];
  const k = Math.min(checkInteger(options.k, "k", { min: 1 }), n);
  if (k < options.k) note(`the distance to row ${k} was taken, there are only ${n} training rows`);
  const wanted = options.references;
  const references = rowLimit({ rows: n, units, wanted, option: "references" });
  if (references === n) return { x, k };
  const share = Math.max(1, Math.round(k * references / n));
  note(
    `${references} of ${n} training rows, drawn at random, are searched, and for row ${k} of all ` +
      `the distance to row ${share} of them is taken`,
  );
  return { x: takeRows(x, random(seed).sample(n, references).sort()), k: share };
}

function turnedPoints(
  x: HostMatrix,
  units: UnitSelection,
): { axes: Float64Array; points: Float32Array } {
  const n = x.shape[0];
  const d = units.kept.length;
  // About zero rather than the mean, so that rotated rows keep their length of 1.
  const products = pooledCovariance(x, units, oneGroup(n), new Float64Array(d));
  const { axes } = principalAxes(products, d);
  const points = new Float32Array(n * d);
  for (const { start, turned } of turnedBlocks(x, units, axes)) points.set(turned, start * d);
  return { axes, points };
}

function searchTree(
  tree: NeighborTree,
  { units, k, axes }: FittedNeighbors,
  evidence: Evidence,
): Float64Array {
  const x = penultimate(evidence);
  const search = openNeighborSearch(tree, k);
  const scores = new Float64Array(x.shape[0]);
  for (const { start, rows, turned } of turnedBlocks(x, units, axes)) {
    for (let i = 0; i < rows; i++) {
      scores[start + i] = -Math.sqrt(search(turned, i * tree.dimensions));
    }
  }
  return scores;
}

async function searchProducts(
  { units, k, axes, points }: FittedNeighbors,
  evidence: Evidence,
): Promise<Float64Array> {
  const x = penultimate(evidence);
  const scores = new Float64Array(x.shape[0]);
  return await disposing(openNeighbors(points!, units.kept.length, k), async (search) => {
    for (const { start, rows, turned } of turnedBlocks(x, units, axes)) {
      const distances = await search.kthDistances(turned, rows);
      scores.set(distances.map((distance) => -Math.sqrt(distance)), start);
    }
    return scores;
  });
}

interface TurnedBlock {
  readonly start: number;
  readonly rows: number;
  readonly turned: Float64Array;
}

function* turnedBlocks(
  x: HostMatrix,
  units: UnitSelection,
  axes: Float64Array,
): Generator<TurnedBlock> {
  const d = units.kept.length;
  for (const { start, rows, values } of unitBlocks(x, units)) {
    const turned = float64Product({ a: values, b: axes, m: rows, n: d, k: d, transposeB: true });
    yield { start, rows, turned };
  }
}
