import { type HostMatrix, logDeterminant, logSumExp } from "@mixtape/tensor-utils";
import { gaussianFactor } from "./gaussian_factor.ts";
import type { Groups } from "./groups.ts";
import { groupCovariances, groupMeans } from "./moments.ts";
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

/** A class this much less likely than another, in natural logarithms, is below what float64 can add to it. */
const NEGLIGIBLE = 40;

/** log Σ prior · density of each row. */
export function classLogDensity(x: HostMatrix, fitted: ClassGaussians): Float64Array {
  const { units, means, lowers, logScales } = fitted;
  const d = units.kept.length;
  const classes = logScales.length;
  const densities = new Float64Array(x.shape[0]);
  const y = new Float64Array(d);
  const terms = new Float64Array(classes);
  for (const { start, rows, values } of unitBlocks(x, units)) {
    for (let i = 0; i < rows; i++) {
      const row = values.subarray(i * d, (i + 1) * d);
      const first = nearestMean(row, means);
      terms.fill(-Infinity);
      for (let turn = 0; turn < classes; turn++) {
        const g = (first + turn) % classes;
        // The nearest class is exact; another may stop once it cannot be seen beside it.
        const farthest = turn === 0 ? Infinity : 2 * (logScales[g] - terms[first] + NEGLIGIBLE);
        const distance = squaredMahalanobis(row, means, lowers, g, y, farthest);
        if (distance < farthest) terms[g] = logScales[g] - distance / 2;
      }
      densities[start + i] = logSumExp(terms);
    }
  }
  return densities;
}

/** Which mean is nearest by Euclidean distance: a guess at the likeliest class. */
function nearestMean(row: Float64Array, means: Float64Array): number {
  const d = row.length;
  let nearest = 0;
  let least = Infinity;
  for (let mean = 0; mean < means.length; mean += d) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (row[j] - means[mean + j]) ** 2;
    if (sum >= least) continue;
    least = sum;
    nearest = mean / d;
  }
  return nearest;
}

/** |L⁻¹(row − mean)|² by forward substitution into `y`, given up (returning what there is) at `farthest`. */
function squaredMahalanobis(
  row: Float64Array,
  means: Float64Array,
  lowers: Float64Array,
  g: number,
  y: Float64Array,
  farthest: number,
): number {
  const d = row.length;
  const mean = g * d;
  let distance = 0;
  for (let j = 0; j < d && distance < farthest; j++) {
    const at = (mean + j) * d;
    // Two sums, so that an addition need not wait for the one before it.
    let even = row[j] - means[mean + j];
    let odd = 0;
    let p = 0;
    for (; p + 2 <= j; p += 2) {
      even -= lowers[at + p] * y[p];
      odd -= lowers[at + p + 1] * y[p + 1];
    }
    if (p < j) even -= lowers[at + p] * y[p];
    y[j] = (even + odd) / lowers[at + j];
    distance += y[j] * y[j];
  }
  return distance;
}
