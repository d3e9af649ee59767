import { logSumExp, pacer, type Rows } from "@mixtape/tensor-utils";
import {
  gaussianWhitenings,
  logDeterminantOf,
  type WhiteningOptions,
} from "./gaussian_whitenings.ts";
import type { Groups } from "./groups.ts";
import { groupCovariances, groupMeans } from "./moments.ts";
import { squaredLengths } from "./squared_lengths.ts";
import { turnedRows } from "./turned_rows.ts";
import * as state from "../state/mod.ts";
import {
  logVolumeOf,
  pacedUnitBlocks,
  type UnitSelection,
  unitSelectionState,
} from "./unit_selection.ts";
import { whiteningState } from "./whitening_state.ts";

/** One Gaussian per class, each with its own covariance L Lᵀ. Plain data. */
export interface ClassGaussians {
  /** Columns of the layer that are used, and their scaling. */
  readonly units: UnitSelection;
  /** L⁻¹ of each class, classes × d × d. */
  readonly whitenings: Float64Array;
  /** Mean of each class, whitened by its own class, classes × d. */
  readonly centres: Float64Array;
  /** log prior − log √|2π Σ| of each class. */
  readonly logScales: Float64Array;
}

/** Shape of {@link ClassGaussians} in JSON. */
export const classGaussiansState: state.StateShape<ClassGaussians> = state.record<ClassGaussians>({
  units: unitSelectionState(false),
  logScales: state.float64s(["classes"]),
  whitenings: whiteningState(["classes", "d", "d"]),
  centres: state.float64s(["classes", "d"]),
});

/** Fits the mean, covariance and prior (share of the rows) of each group. */
export async function fitClassGaussians(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  options: WhiteningOptions,
): Promise<ClassGaussians> {
  const d = units.kept.length;
  const { signal } = options;
  const pace = pacer(signal);
  const means = await groupMeans(x, units, groups, signal);
  const covariances = await groupCovariances(x, units, groups, means, signal);
  const whitenings = await gaussianWhitenings(covariances, d, options);
  const centres = new Float64Array(groups.count * d);
  const logScales = new Float64Array(groups.count);
  for (let g = 0; g < groups.count; g++) {
    await pace();
    const whitening = whitenings.subarray(g * d * d, (g + 1) * d * d);
    const logVolume = d * Math.log(2 * Math.PI) + logDeterminantOf(whitening, d);
    logScales[g] = Math.log(groups.sizes[g] / x.shape[0]) - logVolume / 2 + logVolumeOf(units);
    const mean = means.subarray(g * d, (g + 1) * d);
    centres.set(await turnedRows(mean, 1, whitening, d, signal), g * d);
  }
  return { units, whitenings, centres, logScales };
}

/** Returns log Σ prior · density of each row, the sum taken over classes. */
export async function classLogDensity(
  x: Rows,
  fitted: ClassGaussians,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { units, whitenings, centres, logScales } = fitted;
  const d = units.kept.length;
  const classes = logScales.length;
  const densities = new Float64Array(x.shape[0]);
  const pace = pacer(signal);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    const terms = new Float64Array(rows * classes);
    for (let g = 0; g < classes; g++) {
      await pace();
      const whitening = whitenings.subarray(g * d * d, (g + 1) * d * d);
      const y = await turnedRows(values, rows, whitening, d, signal);
      const distances = squaredLengths(y, rows, d, centres.subarray(g * d, (g + 1) * d));
      for (let i = 0; i < rows; i++) terms[i * classes + g] = logScales[g] - distances[i] / 2;
    }
    for (let i = 0; i < rows; i++) {
      densities[start + i] = logSumExp(terms.subarray(i * classes, (i + 1) * classes));
    }
  }
  return densities;
}
