import { inTurns, rowPieces, type Rows, symmetricInSteps } from "@mixtape/tensor-utils";
import type { Groups } from "./groups.ts";
import { addRows, pooledCovariance } from "./moments.ts";
import { pacedUnitBlocks, type UnitSelection } from "./unit_selection.ts";

/**
 * Computes {@link pooledCovariance} for inputs. If most values are zero, as in images, rows are not
 * centred; instead the means' part is subtracted from E[x xᵀ]: zeros then cost little in products
 * that skip them, and nothing cancels, since the mean of a mostly zero column cannot be large
 * compared with its deviation.
 */
export async function inputCovariance(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  if (!await isMostlyZero(x, signal)) {
    return await pooledCovariance(x, units, groups, means, signal);
  }
  const d = units.kept.length;
  const sum = new Float64Array(d * d);
  for await (const { rows, values } of pacedUnitBlocks(x, units, signal)) {
    await addRows(sum, values, rows, d, signal);
  }
  for (let g = 0; g < groups.count; g++) {
    const mean = g * d;
    for (let i = 0; i < d; i++) {
      const weighted = groups.sizes[g] * means[mean + i];
      for (let j = 0; j <= i; j++) sum[i * d + j] -= weighted * means[mean + j];
    }
  }
  return await inTurns(symmetricInSteps(sum, d, x.shape[0]), signal);
}

async function isMostlyZero(x: Rows, signal?: AbortSignal): Promise<boolean> {
  const [n, d] = x.shape;
  let zeros = 0;
  for await (const { x: { values } } of rowPieces(x, signal)) {
    for (let at = 0; at < values.length; at++) if (values[at] === 0) zeros++;
  }
  return zeros > n * d / 2;
}
