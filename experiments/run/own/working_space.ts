import {
  principalComponents,
  type Projection,
  projectionFromJSON,
} from "@mixtape/datasets/preparation";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";

/** The space in which mixtures work. */
export interface WorkingSpace {
  /** The rows in this space, shape [n, k]. */
  readonly x: HostMatrix;
  /** The way from prepared rows into this space; null if it is that of the prepared rows. */
  readonly projection: Projection | null;
  /** The way from prepared rows onto their first two principal components, or the only one. */
  readonly plane: Projection;
}

/** Most dimensions of the space; a full covariance in them has 528 numbers. */
const MOST_DIMENSIONS = 32;

/** Least number of rows per dimension. */
const ROWS_PER_DIMENSION = 10;

/** Share of the largest variance below which a direction counts as one without variance. */
const NO_VARIANCE = 1e-10;

/**
 * Chooses the space in which mixtures of prepared rows work: that of the columns themselves, or, where there are more
 * than 32 columns, fewer than 10 rows per column, or columns that the others give (constant ones, copies), that of
 * their first principal components with a variance.
 *
 * @param prepared Rows, shape [n, d], finite, at least 2.
 * @param options Seed of the drawing of rows to learn components from, where there are many; a signal.
 * @returns The rows in the space, and the way into it.
 */
export async function workingSpace(
  prepared: HostMatrix,
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal },
): Promise<WorkingSpace> {
  const [n, d] = prepared.shape;
  const learned = drawRows(prepared, seed);
  const components = Math.min(MOST_DIMENSIONS, d, learned.shape[0]);
  const leading: Projection = await principalComponents(learned, { components, signal });
  const plane = firstOf(leading, Math.min(2, components));
  const most = Math.max(1, Math.min(MOST_DIMENSIONS, Math.floor(n / ROWS_PER_DIMENSION)));
  const varying =
    leading.variances.filter((one) => one > NO_VARIANCE * leading.variances[0]).length;
  if (d <= most && varying === d) return { x: prepared, projection: null, plane };
  const projection = firstOf(leading, Math.max(1, Math.min(most, varying)));
  return { x: await projection.apply(prepared), projection, plane };
}

/** Draws rows to learn components from, fewer where a row has many columns. */
function drawRows(x: HostMatrix, seed: number): HostMatrix {
  const [n, d] = x.shape;
  const most = d <= 400 ? 20_000 : 400;
  return n <= most ? x : takeRows(x, random(seed).sample(n, most).sort());
}

/** Keeps the first directions only. */
function firstOf(projection: Projection, count: number): Projection {
  const { components, variances, shares, ...json } = projection.toJSON();
  return projectionFromJSON({
    ...json,
    components: components.slice(0, count),
    variances: variances.slice(0, count),
    shares: shares.slice(0, count),
  });
}
