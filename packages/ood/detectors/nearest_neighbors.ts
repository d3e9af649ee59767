import { checkInteger, type HostMatrix } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { oneGroup } from "../features/groups.ts";
import { groupMeans, pooledCovariance } from "../features/moments.ts";
import { openNeighborSearch } from "../features/neighbor_search.ts";
import { buildNeighborTree, type NeighborTree } from "../features/neighbor_tree.ts";
import { principalAxes } from "../features/principal_axes.ts";
import { selectUnits, unitBlocks, type UnitSelection } from "../features/unit_selection.ts";

/** Options of {@link nearestNeighbors}. */
export interface NearestNeighborsOptions {
  /** Which neighbour's distance is the score; 50, the paper's choice for 50,000 rows, unless given. */
  readonly k: number;
}

interface FittedNeighbors {
  readonly units: UnitSelection;
  readonly axes: Float64Array;
  readonly tree: NeighborTree;
  readonly k: number;
}

/**
 * Minus the distance to the k-th nearest training row, activations scaled to length 1. The search is exact: rows are
 * turned onto their principal axes (which changes no distance), so that a tree over the first few axes and partial sums
 * skip nearly all pairs.
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
  defaults: { k: 50 },
  fit(training, options, { note }): FittedNeighbors {
    const x = penultimate(training);
    const n = x.shape[0];
    const k = Math.min(checkInteger(options.k, "k", { min: 1 }), n);
    if (k < options.k) {
      note(`the distance to row ${k} was taken, there are only ${n} training rows`);
    }
    const units = selectUnits(x, true, note);
    const d = units.kept.length;
    const group = oneGroup(n);
    const covariance = pooledCovariance(x, units, group, groupMeans(x, units, group));
    const { axes } = principalAxes(covariance, d);
    const points = new Float32Array(n * d);
    for (const { start, rows, turned } of turnedBlocks(x, units, axes)) {
      points.set(turned.subarray(0, rows * d), start * d);
    }
    return { units, axes, tree: buildNeighborTree(points, d), k };
  },
  score({ units, axes, tree, k }, evidence) {
    const x = penultimate(evidence);
    const search = openNeighborSearch(tree, k);
    const scores = new Float64Array(x.shape[0]);
    for (const { start, rows, turned } of turnedBlocks(x, units, axes)) {
      for (let i = 0; i < rows; i++) {
        scores[start + i] = -Math.sqrt(search(turned, i * tree.dimensions));
      }
    }
    return scores;
  },
});

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
    const turned = new Float64Array(rows * d);
    for (let i = 0; i < rows; i++) {
      for (let axis = 0; axis < d; axis++) {
        let dot = 0;
        for (let j = 0; j < d; j++) dot += axes[axis * d + j] * values[i * d + j];
        turned[i * d + axis] = dot;
      }
    }
    yield { start, rows, turned };
  }
}
