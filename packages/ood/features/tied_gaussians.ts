import type { HostMatrix } from "@mixtape/tensor-utils";
import { gaussianFactor } from "./gaussian_factor.ts";
import type { Groups } from "./groups.ts";
import { groupMeans, pooledCovariance } from "./moments.ts";
import { solveLowerRows } from "./triangular_solve.ts";
import { unitBlocks, type UnitSelection } from "./unit_selection.ts";

/** Gaussians with means of their own and one covariance L Lᵀ, in whitened coordinates y = L⁻¹(x − origin). Plain data. */
export interface TiedGaussians {
  /** Which columns of the layer, how scaled. */
  readonly units: UnitSelection;
  /** Mean of all rows, d. */
  readonly origin: Float64Array;
  /** Cholesky factor of the covariance within groups, d × d. */
  readonly lower: Float64Array;
  /** Whitened means, groups × d. */
  readonly centres: Float64Array;
}

/**
 * Fits one mean a group and the covariance within groups.
 *
 * @param x Activations, shape [n, columns].
 * @param units Which columns, how scaled.
 * @param groups The group of each row.
 * @param regularization Relative ridge, see {@link gaussianFactor}.
 */
export function fitTiedGaussians(
  x: HostMatrix,
  units: UnitSelection,
  groups: Groups,
  regularization: number,
): TiedGaussians {
  const d = units.kept.length;
  const means = groupMeans(x, units, groups);
  const covariance = pooledCovariance(x, units, groups, means);
  const lower = gaussianFactor(covariance, d, regularization);
  const origin = new Float64Array(d);
  for (let g = 0; g < groups.count; g++) {
    const share = groups.sizes[g] / x.shape[0];
    for (let j = 0; j < d; j++) origin[j] += share * means[g * d + j];
  }
  for (let at = 0; at < means.length; at++) means[at] -= origin[at % d];
  solveLowerRows(lower, means, groups.count, d);
  return { units, origin, lower, centres: means };
}

/** Squared Mahalanobis distance of each row to the nearest mean. */
export function nearestSquaredMahalanobis(x: HostMatrix, fitted: TiedGaussians): Float64Array {
  const { units, origin, lower, centres } = fitted;
  const d = origin.length;
  const nearest = new Float64Array(x.shape[0]).fill(Infinity);
  for (const { start, rows, values } of unitBlocks(x, units)) {
    for (let at = 0; at < rows * d; at += d) {
      for (let j = 0; j < d; j++) values[at + j] -= origin[j];
    }
    solveLowerRows(lower, values, rows, d);
    for (let i = 0; i < rows; i++) {
      for (let centre = 0; centre < centres.length; centre += d) {
        let sum = 0;
        for (let j = 0; j < d; j++) {
          const difference = values[i * d + j] - centres[centre + j];
          sum += difference * difference;
        }
        if (sum < nearest[start + i]) nearest[start + i] = sum;
      }
    }
  }
  return nearest;
}
