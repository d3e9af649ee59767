import { addProducts, pacer, type Rows } from "@mixtape/tensor-utils";
import type { Groups } from "./groups.ts";
import { pacedUnitBlocks, type UnitSelection } from "./unit_selection.ts";

/**
 * Returns the means of the groups, count × d, in float64.
 *
 * @param x Activations, shape [n, columns].
 * @param units Columns that are used, and their scaling.
 * @param groups The group of each row.
 * @param signal Ends the reading.
 */
export async function groupMeans(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = units.kept.length;
  const means = new Float64Array(groups.count * d);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
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
 * Returns the covariance of the rows around the mean of their own group, d × d, divided by the
 * number of rows (maximum likelihood). With one group it is the plain covariance. Rows are centred
 * before squaring, so that nothing cancels.
 *
 * @param signal Ends the work, which fails with its reason.
 */
export async function pooledCovariance(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = units.kept.length;
  const sum = new Float64Array(d * d);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    for (let i = 0; i < rows; i++) {
      const mean = groups.ofRow[start + i] * d;
      for (let j = 0; j < d; j++) values[i * d + j] -= means[mean + j];
    }
    addProducts(sum, values, rows, d);
  }
  return mirrored(sum, d, x.shape[0]);
}

/**
 * Returns the covariance of each group around its own mean, count × d × d, divided by the size of
 * the group.
 *
 * @param signal Ends the work, which fails with its reason.
 */
export async function groupCovariances(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = units.kept.length;
  const most = Math.max(FEWEST_ROWS, Math.min(GROUP_ROWS, Math.floor(PRODUCTS / d ** 2)));
  const sums = Array.from({ length: groups.count }, () => new Float64Array(d * d));
  const buffers = Array.from(groups.sizes, (size) => ({
    rows: 0,
    values: new Float64Array(Math.min(size, most) * d),
  }));
  const pace = pacer(signal);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    for (let i = 0; i < rows; i++) {
      const g = groups.ofRow[start + i];
      const buffer = buffers[g];
      const to = buffer.rows * d;
      for (let j = 0; j < d; j++) buffer.values[to + j] = values[i * d + j] - means[g * d + j];
      if (++buffer.rows < most) continue;
      await pace();
      addProducts(sums[g], buffer.values, most, d);
      buffer.rows = 0;
    }
  }
  const covariances = new Float64Array(groups.count * d * d);
  for (const [g, { rows, values }] of buffers.entries()) {
    await pace();
    addProducts(sums[g], values, rows, d);
    await pace();
    covariances.set(mirrored(sums[g], d, groups.sizes[g]), g * d * d);
  }
  return covariances;
}

/** Enough rows that the fixed cost of a product does not matter. */
const GROUP_ROWS = 512;
/** Fewer of wide rows, so that a product takes some 20 ms; so many are worth a pass over the sums. */
const FEWEST_ROWS = 64;
const PRODUCTS = 2 ** 27;

/**
 * Mirrors the lower triangle of a sum into a symmetric matrix, divided by `divisor`; overwrites
 * `sum`.
 */
export function mirrored(sum: Float64Array, d: number, divisor: number): Float64Array {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      sum[i * d + j] /= divisor;
      sum[j * d + i] = sum[i * d + j];
    }
  }
  return sum;
}
