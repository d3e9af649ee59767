import { addProducts, inPieces, inTurns, type Rows, symmetricInSteps } from "@mixtape/tensor-utils";
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
    await addRows(sum, values, rows, d, signal);
  }
  return await inTurns(symmetricInSteps(sum, d, x.shape[0]), signal);
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
  const sums = Array.from({ length: groups.count }, () => new Float64Array(d * d));
  const buffers = Array.from(groups.sizes, (size) => ({
    rows: 0,
    values: new Float64Array(Math.min(size, GROUP_ROWS) * d),
  }));
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    for (let i = 0; i < rows; i++) {
      const g = groups.ofRow[start + i];
      const buffer = buffers[g];
      const to = buffer.rows * d;
      for (let j = 0; j < d; j++) buffer.values[to + j] = values[i * d + j] - means[g * d + j];
      if (++buffer.rows < GROUP_ROWS) continue;
      await addRows(sums[g], buffer.values, GROUP_ROWS, d, signal);
      buffer.rows = 0;
    }
  }
  const covariances = new Float64Array(groups.count * d * d);
  for (const [g, { rows, values }] of buffers.entries()) {
    await addRows(sums[g], values, rows, d, signal);
    const steps = symmetricInSteps(sums[g], d, groups.sizes[g]);
    covariances.set(await inTurns(steps, signal), g * d * d);
  }
  return covariances;
}

/** Enough rows that the fixed cost of a product does not matter. */
const GROUP_ROWS = 512;
/** Products of numbers at a time, some 20 ms; so many rows are worth a pass over the sums. */
const PRODUCTS = 2 ** 28;
const FEWEST_ROWS = 64;

/**
 * Adds products of rows as {@linkcode addProducts} does, and lets the event loop turn between parts of wide rows.
 *
 * @param sum The lower triangle of the sums, d × d, changed in place.
 * @param x Rows of d numbers, one after the other.
 * @param rows Number of rows.
 * @param d Number of columns.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function addRows(
  sum: Float64Array,
  x: Float64Array,
  rows: number,
  d: number,
  signal?: AbortSignal,
): Promise<void> {
  const most = Math.max(FEWEST_ROWS, Math.floor(PRODUCTS / d ** 2));
  await inPieces(rows, most, (start, end) => {
    addProducts(sum, x.subarray(start * d, end * d), end - start, d);
  }, signal);
}
