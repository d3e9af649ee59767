import type { HostMatrix } from "@mixtape/tensor-utils";
import type { Groups } from "./groups.ts";
import { unitBlocks, type UnitSelection } from "./unit_selection.ts";

/**
 * Means of the groups, count × d, in float64.
 *
 * @param x Activations, shape [n, columns].
 * @param units Which columns, how scaled.
 * @param groups The group of each row.
 */
export function groupMeans(x: HostMatrix, units: UnitSelection, groups: Groups): Float64Array {
  const d = units.kept.length;
  const means = new Float64Array(groups.count * d);
  for (const { start, rows, values } of unitBlocks(x, units)) {
    for (let i = 0; i < rows; i++) {
      const to = groups.ofRow[start + i] * d;
      for (let j = 0; j < d; j++) means[to + j] += values[i * d + j];
    }
  }
  for (let g = 0; g < groups.count; g++) {
    for (let j = 0; j < d; j++) means[g * d + j] /= groups.sizes[g];
  }
  return means;
}

/**
 * The covariance of the rows around the mean of their own group, d × d, divided by the number of rows (maximum
 * likelihood). With one group it is the plain covariance. Centred before squaring, so that nothing cancels.
 */
export function pooledCovariance(
  x: HostMatrix,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
): Float64Array {
  const d = units.kept.length;
  const sum = new Float64Array(d * d);
  for (const { start, rows, values } of unitBlocks(x, units)) {
    for (let i = 0; i < rows; i++) {
      const mean = groups.ofRow[start + i] * d;
      for (let j = 0; j < d; j++) values[i * d + j] -= means[mean + j];
    }
    addOuterProducts(sum, values, rows, d);
  }
  return mirrored(sum, d, x.shape[0]);
}

/** The covariance of each group around its own mean, count × d × d, divided by the size of the group. */
export function groupCovariances(
  x: HostMatrix,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
): Float64Array {
  const d = units.kept.length;
  const sums = Array.from({ length: groups.count }, () => new Float64Array(d * d));
  const buffers = sums.map(() => ({ rows: 0, values: new Float64Array(GROUP_ROWS * d) }));
  for (const { start, rows, values } of unitBlocks(x, units)) {
    for (let i = 0; i < rows; i++) {
      const g = groups.ofRow[start + i];
      const buffer = buffers[g];
      const to = buffer.rows * d;
      for (let j = 0; j < d; j++) buffer.values[to + j] = values[i * d + j] - means[g * d + j];
      if (++buffer.rows < GROUP_ROWS) continue;
      addOuterProducts(sums[g], buffer.values, GROUP_ROWS, d);
      buffer.rows = 0;
    }
  }
  const covariances = new Float64Array(groups.count * d * d);
  buffers.forEach(({ rows, values }, g) => {
    addOuterProducts(sums[g], values, rows, d);
    covariances.set(mirrored(sums[g], d, groups.sizes[g]), g * d * d);
  });
  return covariances;
}

const GROUP_ROWS = 64;

/** Adds x xᵀ of each row to the upper triangle, four rows at a time so that `sum` is read and written a quarter as often. */
function addOuterProducts(sum: Float64Array, x: Float64Array, rows: number, d: number): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const r0 = i * d, r1 = r0 + d, r2 = r1 + d, r3 = r2 + d;
    for (let j = 0; j < d; j++) {
      const a = x[r0 + j], b = x[r1 + j], c = x[r2 + j], e = x[r3 + j];
      for (let p = j; p < d; p++) {
        sum[j * d + p] += a * x[r0 + p] + b * x[r1 + p] + (c * x[r2 + p] + e * x[r3 + p]);
      }
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < d; j++) {
      const a = x[i * d + j];
      for (let p = j; p < d; p++) sum[j * d + p] += a * x[i * d + p];
    }
  }
}

function mirrored(sum: Float64Array, d: number, divisor: number): Float64Array {
  for (let j = 0; j < d; j++) {
    for (let p = j; p < d; p++) {
      sum[j * d + p] /= divisor;
      sum[p * d + j] = sum[j * d + p];
    }
  }
  return sum;
}
