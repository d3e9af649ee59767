import type { Projection } from "@mixtape/datasets/preparation";
import type { Contributions } from "@mixtape/ood";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import { workingSpace } from "../../run/own/working_space.ts";

/** Most columns of which a density is fitted as they are. */
export const MOST_COLUMNS = 48;

/** The space of a density: that of the prepared columns, or of principal components of them. */
export interface OutlierSpace {
  /** The way to the principal components; null for the columns. */
  readonly projection: Projection | null;
  /** Rows for the density, ascending: those that the components were not learned from. */
  readonly rows: Uint32Array;
}

/**
 * Chooses the space for rows. Of more than 48 columns, one half of the rows, drawn by the seed, chooses principal
 * components, and the other half is left for the density: rows that chose them lie nearer to them than others do.
 *
 * @param prepared Rows, shape [n, d], finite.
 * @param options Seed of the halves, and a signal.
 */
export async function outlierSpace(
  prepared: HostMatrix,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<OutlierSpace> {
  const [n, d] = prepared.shape;
  const all = Uint32Array.from({ length: n }, (_, row) => row);
  if (d <= MOST_COLUMNS) return { projection: null, rows: all };
  const half = random(seed).sample(n, Math.floor(n / 2)).sort();
  const learning = new Set(half);
  const { projection } = await workingSpace(takeRows(prepared, half), { seed, signal });
  return { projection, rows: all.filter((row) => !learning.has(row)) };
}

/**
 * Brings prepared rows into a space. Of principal components, what they leave over is kept as one more column: the
 * logarithm of the distance from them.
 *
 * @param prepared Rows, shape [m, d].
 * @param projection The principal components, k of them; null for the columns themselves.
 * @returns Rows, shape [m, k + 1]; `prepared` itself for the columns.
 */
export async function intoSpace(
  prepared: HostMatrix,
  projection: Projection | null,
): Promise<HostMatrix> {
  if (projection === null) return prepared;
  const inside = await projection.apply(prepared);
  const [m, k] = inside.shape;
  const values = new Float64Array(m * (k + 1));
  for (let i = 0; i < m; i++) {
    values.set(inside.values.subarray(i * k, (i + 1) * k), i * (k + 1));
    const rest = restOf(prepared, inside, i, projection);
    const square = rest.reduce((sum, value) => sum + value * value, 0);
    values[i * (k + 1) + k] = Math.log(square + floorOf(projection)) / 2;
  }
  return { values, shape: [m, k + 1] };
}

/** Returns the part of a row that lies outside of the principal components. */
function restOf(
  { values }: HostMatrix,
  inside: HostMatrix,
  i: number,
  { means, components }: Projection,
): Float64Array {
  const [k, d] = components.shape;
  const rest = means.map((mean, j) => values[i * d + j] - mean);
  for (let c = 0; c < k; c++) {
    const along = inside.values[i * inside.shape[1] + c];
    for (let j = 0; j < d; j++) rest[j] -= along * components.values[c * d + j];
  }
  return rest;
}

/** Square of a distance below which rows count as within the components; above 0 also where nothing varies. */
function floorOf({ variances, shares }: Projection): number {
  return 1e-10 * (shares[0] > 0 ? variances[0] / shares[0] : 1);
}

/**
 * Brings what coordinates of a space cost their rows back to the columns: each column is charged with half of the slope
 * of the cost along it, times its distance from the mean of the column. Of one Gaussian, charges add up to half of the
 * squared Mahalanobis distance; some may be negative.
 *
 * @param inSpace Costs of the coordinates, and what was expected of them.
 * @param x The rows in the space, shape [m, k + 1].
 * @param prepared The rows, shape [m, d].
 * @param projection The principal components.
 * @returns One charge per cell, in nats.
 */
export function chargeColumns(
  { expected, deviations }: Pick<Contributions, "expected" | "deviations">,
  x: HostMatrix,
  prepared: HostMatrix,
  projection: Projection,
): Float64Array {
  const { means, components: { values: directions, shape: [k, d] } } = projection;
  const m = x.shape[0];
  const charges = new Float64Array(m * d);
  for (let i = 0; i < m; i++) {
    const slope = (c: number) => {
      const at = i * (k + 1) + c;
      return (x.values[at] - expected.values[at]) / deviations.values[at] ** 2;
    };
    const rest = restOf(prepared, x, i, projection);
    const square = Math.exp(2 * x.values[i * (k + 1) + k]);
    const alongColumns = rest.map((value) => slope(k) * value / square);
    for (let c = 0; c < k; c++) {
      for (let j = 0; j < d; j++) alongColumns[j] += slope(c) * directions[c * d + j];
    }
    for (let j = 0; j < d; j++) {
      charges[i * d + j] = alongColumns[j] * (prepared.values[i * d + j] - means[j]) / 2;
    }
  }
  return charges;
}
