import { type HostMatrix, invertLower } from "@mixtape/tensor-utils";
import { gaussianFactor } from "./gaussian_factor.ts";
import type { Groups } from "./groups.ts";
import { groupMeans } from "./moments.ts";
import { addSparseProduct, type SparseRow } from "./sparse_product.ts";
import { selectUnits, type UnitSelection } from "./unit_selection.ts";

/**
 * Gaussians with one covariance L Lᵀ over inputs scaled to length 1. Inputs have many columns and most values are zero
 * (pixels), so everything here costs what the others cost. Plain data.
 */
export interface InputGaussians {
  /** The columns that vary; rows are scaled to length 1. */
  readonly units: UnitSelection;
  /** Row j is column j of L⁻¹, of which only entries from j on are not zero; d × d. */
  readonly whitening: Float64Array;
  /** Whitened class means, classes × d. */
  readonly centres: Float64Array;
}

/**
 * Fits one mean a group and the covariance within groups.
 *
 * @param x Inputs, shape [n, columns].
 * @param groups The group of each row.
 * @param regularization Relative ridge, see {@link gaussianFactor}.
 * @param note Is told how many columns were dropped.
 */
export function fitInputGaussians(
  x: HostMatrix,
  groups: Groups,
  regularization: number,
  note: (sentence: string) => void,
): InputGaussians {
  const units = selectUnits(x, true, note, "the inputs");
  const d = units.kept.length;
  const means = groupMeans(x, units, groups);
  const inverse = invertLower(
    gaussianFactor(covarianceWithin(x, units, groups, means), d, regularization),
    d,
  );
  const whitening = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) whitening[j * d + i] = inverse[i * d + j];
  }
  const centres = new Float64Array(means.length);
  for (let g = 0; g < groups.count; g++) {
    for (let j = 0; j < d; j++) {
      for (let i = j; i < d; i++) centres[g * d + i] += whitening[j * d + i] * means[g * d + j];
    }
  }
  return { units, whitening, centres };
}

/** Squared Mahalanobis distance of each row, scaled to length 1, to the nearest mean. */
export function nearestInputDistance(x: HostMatrix, fitted: InputGaussians): Float64Array {
  const { units, whitening, centres } = fitted;
  const d = units.kept.length;
  const nearest = new Float64Array(x.shape[0]).fill(Infinity);
  const y = new Float64Array(d);
  const matrix = { values: whitening, width: d, starts: Uint32Array.from(units.kept.keys()) };
  let row = 0;
  for (const sparse of sparseRows(x, units)) {
    y.fill(0);
    addSparseProduct(y, sparse, matrix);
    for (let centre = 0; centre < centres.length; centre += d) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += (y[i] - centres[centre + i]) ** 2;
      if (sum < nearest[row]) nearest[row] = sum;
    }
    row++;
  }
  return nearest;
}

/** E[x xᵀ] − Σ share · mean meanᵀ: nothing cancels, since means of mostly zero columns are not large beside deviations. */
function covarianceWithin(
  x: HostMatrix,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
): Float64Array {
  const n = x.shape[0];
  const d = units.kept.length;
  const sum = new Float64Array(d * d);
  for (const { columns, values, count } of sparseRows(x, units)) {
    for (let a = 0; a < count; a++) {
      const to = columns[a] * d;
      for (let b = a; b < count; b++) sum[to + columns[b]] += values[a] * values[b];
    }
  }
  for (let j = 0; j < d; j++) {
    for (let p = j; p < d; p++) {
      let between = 0;
      for (let g = 0; g < groups.count; g++) {
        between += groups.sizes[g] * means[g * d + j] * means[g * d + p];
      }
      sum[j * d + p] = (sum[j * d + p] - between) / n;
      sum[p * d + j] = sum[j * d + p];
    }
  }
  return sum;
}

/** The non-zero values of each row, scaled to length 1; the arrays are reused from row to row. */
function* sparseRows(x: HostMatrix, { columns: width, kept }: UnitSelection): Generator<SparseRow> {
  const { values: source, shape: [n, given] } = x;
  if (given !== width) {
    throw new RangeError(
      `Cannot score inputs of ${given} columns: the detector was fitted on ${width}`,
    );
  }
  const columns = new Uint32Array(kept.length);
  const values = new Float64Array(kept.length);
  for (let i = 0; i < n; i++) {
    let count = 0;
    let squared = 0;
    for (let j = 0; j < kept.length; j++) {
      const value = source[i * width + kept[j]];
      if (value === 0) continue;
      columns[count] = j;
      values[count++] = value;
      squared += value * value;
    }
    const factor = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    for (let a = 0; a < count; a++) values[a] *= factor;
    yield { columns, values, count };
  }
}
