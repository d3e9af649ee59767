import { type HostMatrix, logDeterminant, logSumExp } from "@mixtape/tensor-utils";
import { gaussianFactor } from "./gaussian_factor.ts";
import type { Groups } from "./groups.ts";
import { groupCovariances, groupMeans } from "./moments.ts";
import { solveLowerRows } from "./triangular_solve.ts";
import { unitBlocks, type UnitSelection } from "./unit_selection.ts";

/** A Gaussian a class, each with a covariance L Lᵀ of its own. Plain data. */
export interface ClassGaussians {
  /** Which columns of the layer, how scaled. */
  readonly units: UnitSelection;
  /** Means, classes × d. */
  readonly means: Float64Array;
  /** Cholesky factors, classes × d × d. */
  readonly lowers: Float64Array;
  /** log prior − log √|2π Σ| of each class. */
  readonly logScales: Float64Array;
}

/** Fits mean, covariance and prior (share of the rows) of each group. */
export function fitClassGaussians(
  x: HostMatrix,
  units: UnitSelection,
  groups: Groups,
  regularization: number,
): ClassGaussians {
  const d = units.kept.length;
  const means = groupMeans(x, units, groups);
  const lowers = groupCovariances(x, units, groups, means);
  const logScales = new Float64Array(groups.count);
  for (let g = 0; g < groups.count; g++) {
    const lower = gaussianFactor(lowers.slice(g * d * d, (g + 1) * d * d), d, regularization);
    lowers.set(lower, g * d * d);
    const logVolume = d * Math.log(2 * Math.PI) + logDeterminant(lower, d);
    logScales[g] = Math.log(groups.sizes[g] / x.shape[0]) - logVolume / 2;
  }
  return { units, means, lowers, logScales };
}

/** log Σ prior · density of each row. */
export function classLogDensity(x: HostMatrix, fitted: ClassGaussians): Float64Array {
  const { units, means, lowers, logScales } = fitted;
  const d = units.kept.length;
  const classes = logScales.length;
  const densities = new Float64Array(x.shape[0]);
  for (const { start, rows, values } of unitBlocks(x, units)) {
    const centred = new Float64Array(rows * d);
    const terms = new Float64Array(rows * classes);
    for (let g = 0; g < classes; g++) {
      for (let at = 0; at < centred.length; at++) centred[at] = values[at] - means[g * d + at % d];
      solveLowerRows(lowers.subarray(g * d * d, (g + 1) * d * d), centred, rows, d);
      for (let i = 0; i < rows; i++) {
        let distance = 0;
        for (let at = i * d; at < (i + 1) * d; at++) distance += centred[at] * centred[at];
        terms[i * classes + g] = logScales[g] - distance / 2;
      }
    }
    for (let i = 0; i < rows; i++) {
      densities[start + i] = logSumExp(terms, i * classes, (i + 1) * classes);
    }
  }
  return densities;
}
