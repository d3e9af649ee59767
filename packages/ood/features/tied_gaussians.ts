import type { Rows } from "@mixtape/tensor-utils";
import { gaussianWhitenings, type WhiteningOptions } from "./gaussian_whitenings.ts";
import type { Groups } from "./groups.ts";
import { groupMeans, pooledCovariance } from "./moments.ts";
import { squaredLengths } from "./squared_lengths.ts";
import { turnedRows } from "./turned_rows.ts";
import * as state from "../state/mod.ts";
import {
  pacedUnitBlocks,
  type RowBlock,
  type UnitSelection,
  unitSelectionState,
} from "./unit_selection.ts";
import { whiteningState } from "./whitening_state.ts";

/**
 * Gaussians with their own means and one shared covariance L Lᵀ, in whitened coordinates L⁻¹ x.
 * Plain data.
 */
export interface TiedGaussians {
  /** Columns of the layer that are used, and their scaling. */
  readonly units: UnitSelection;
  /** L⁻¹, d × d. */
  readonly whitening: Float64Array;
  /** Whitened mean of all rows, d numbers. */
  readonly origin: Float64Array;
  /** Whitened means minus the origin, groups × d. */
  readonly centres: Float64Array;
}

/**
 * Returns the shape of {@link TiedGaussians} in JSON.
 *
 * @param normalize True if this kind of detector scales rows to length 1.
 * @param groups Number of groups, or its name as a size if the number is not known beforehand.
 */
export function tiedGaussiansState(
  normalize: boolean,
  groups: string | number = "groups",
): state.StateShape<TiedGaussians> {
  return state.record<TiedGaussians>({
    units: unitSelectionState(normalize),
    whitening: whiteningState(["d", "d"]),
    origin: state.float64s(["d"]),
    centres: state.float64s([groups, "d"]),
  });
}

/** Options of {@link fitTiedGaussians}. */
export interface TiedFitOptions extends WhiteningOptions {
  /** Computes the covariance, {@link pooledCovariance} by default. */
  readonly covarianceOf?: typeof pooledCovariance;
}

/**
 * Fits one mean per group and the covariance within groups.
 *
 * @param x Activations, shape [n, columns].
 * @param units Columns that are used, and their scaling.
 * @param groups The group of each row.
 * @param options The ridge, a signal, and the covariance that is meant.
 */
export async function fitTiedGaussians(
  x: Rows,
  units: UnitSelection,
  groups: Groups,
  { regularization, signal, covarianceOf = pooledCovariance }: TiedFitOptions,
): Promise<TiedGaussians> {
  const d = units.kept.length;
  const means = await groupMeans(x, units, groups, signal);
  const covariance = await covarianceOf(x, units, groups, means, signal);
  const whitening = await gaussianWhitenings(covariance, d, { regularization, signal });
  const shares = groups.sizes.map((size) => size / x.shape[0]);
  return { units, whitening, ...await whitenedMeans(whitening, means, shares, signal) };
}

/**
 * Whitens the means of groups.
 *
 * @param whitening L⁻¹, d × d.
 * @param means groups × d.
 * @param shares Share of the rows in each group.
 * @param signal Ends the work, which fails with its reason.
 */
export async function whitenedMeans(
  whitening: Float64Array,
  means: Float64Array,
  shares: Float64Array,
  signal?: AbortSignal,
): Promise<Pick<TiedGaussians, "origin" | "centres">> {
  const groups = shares.length;
  const d = means.length / groups;
  const overall = new Float64Array(d);
  means.forEach((mean, at) => overall[at % d] += shares[Math.floor(at / d)] * mean);
  const away = means.map((mean, at) => mean - overall[at % d]);
  return {
    origin: await turnedRows(overall, 1, whitening, d, signal),
    centres: await turnedRows(away, groups, whitening, d, signal),
  };
}

/**
 * Returns the squared Mahalanobis distance of each row to the nearest mean.
 *
 * @param signal Ends the work, which fails with its reason.
 */
export async function nearestSquaredMahalanobis(
  x: Rows,
  fitted: TiedGaussians,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const groups = fitted.centres.length / fitted.origin.length;
  const nearest = new Float64Array(x.shape[0]).fill(Infinity);
  for await (const block of pacedUnitBlocks(x, fitted.units, signal)) {
    const distances = await squaredMahalanobis(block, fitted, signal);
    for (let at = 0; at < distances.length; at++) {
      const row = block.start + Math.floor(at / groups);
      if (distances[at] < nearest[row]) nearest[row] = distances[at];
    }
  }
  return nearest;
}

/**
 * Returns the squared Mahalanobis distance of each row of a block to each mean, rows × groups.
 *
 * @param signal Ends the work, which fails with its reason.
 */
export async function squaredMahalanobis(
  { rows, values }: RowBlock,
  fitted: TiedGaussians,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { whitening, origin, centres } = fitted;
  const d = origin.length;
  const groups = centres.length / d;
  const ofCentres = squaredLengths(centres, groups, d);
  const y = await turnedRows(values, rows, whitening, d, signal);
  // Measured from the origin, which is near, |y − c|² = |y|² + |c|² − 2 y·c loses no digits that
  // matter.
  const ofRows = squaredLengths(y, rows, d, origin);
  const dots = await turnedRows(y, rows, centres, d, signal);
  return dots.map((dot, at) => {
    const squared = ofRows[Math.floor(at / groups)] + ofCentres[at % groups] - 2 * dot;
    return Math.max(0, squared);
  });
}
