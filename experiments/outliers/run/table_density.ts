import { columnMoments, type Projection } from "@mixtape/datasets/preparation";
import {
  type Contributions,
  type OutlierModel,
  type OutlierOptions,
  outlierScores,
} from "@mixtape/ood";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import { chargeColumns, intoSpace, outlierSpace } from "./outlier_space.ts";

/** Costs of the cells of rows. */
export interface CellCosts {
  /**
   * Nats per cell, shape [m, d]: by which the row would be likelier with the expected value, or the share of the cell in
   * its distance from the means, where that is more, as of columns that go together.
   */
  readonly nats: Float64Array;
  /** Values that the other cells of the row lead to expect, prepared; null for a density of principal components. */
  readonly expected: Float64Array | null;
}

/** The density of a table, and the rows of the table scored out of fold. */
export interface TableDensity {
  /** The density, in its space. */
  readonly model: OutlierModel;
  /** The way into its space; null for the prepared columns. */
  readonly projection: Projection | null;
  /** Mean of each prepared column. */
  readonly means: Float64Array;
  /** Outlier score of each row of the table: minus the log-density. */
  readonly scores: Float64Array;
  /** The rows of which the density is, ascending; the others chose the space. */
  readonly rows: Uint32Array;
  /** Number of rows to which it was fitted. */
  readonly fitted: number;
  /**
   * Tells what the cells of rows of the table cost them, under the mixture without the fold of each.
   *
   * @param rows The rows.
   */
  explain(rows: Uint32Array): Promise<CellCosts>;
}

/**
 * Fits the density of a table, and scores its rows.
 *
 * @param prepared Rows, shape [n, d], finite.
 * @param options Choices of the density, the seed and a signal.
 */
export async function fitTableDensity(
  prepared: HostMatrix,
  options: OutlierOptions & { readonly seed: number; readonly signal: AbortSignal },
): Promise<TableDensity> {
  const { projection, rows } = await outlierSpace(prepared, options);
  const x = await intoSpace(prepared, projection);
  const { means } = columnMoments(prepared);
  const isWhole = rows.length === prepared.shape[0];
  const found = await outlierScores(isWhole ? x : takeRows(x, rows), options);
  const { model, fitted, folds } = found;
  const scores = isWhole ? negated(found.logDensity) : negated(await model.heldOutScore(x));
  rows.forEach((row, i) => scores[row] = -found.logDensity[i]);
  const foldOf = new Map(Array.from(fitted, (i, at) => [rows[i], folds[at]]));
  return {
    model,
    projection,
    means,
    scores,
    rows,
    fitted: fitted.length,
    explain: (rows) =>
      explainRows(
        takeRows(prepared, rows),
        { model, projection, means },
        (i) => foldOf.get(rows[i]),
      ),
  };
}

/**
 * Scores rows that the density does not know.
 *
 * @param prepared Rows, shape [m, d].
 * @param density The density, and the way into its space.
 * @returns Outlier scores, on the scale of those of the table, and conformal p-values.
 */
export async function scoreOthers(
  prepared: HostMatrix,
  { model, projection }: Pick<TableDensity, "model" | "projection">,
): Promise<{ readonly scores: Float64Array; readonly pValues: Float64Array }> {
  const x = await intoSpace(prepared, projection);
  return { scores: negated(await model.heldOutScore(x)), pValues: await model.pValues(x) };
}

/**
 * Tells what the cells of rows cost them.
 *
 * @param prepared Rows, shape [m, d].
 * @param density The density, and the way into its space.
 * @param foldOf Returns the fold of a row; nothing for a row that the density does not know.
 */
export async function explainRows(
  prepared: HostMatrix,
  { model, projection, means }: Pick<TableDensity, "model" | "projection" | "means">,
  foldOf: (i: number) => number | undefined = () => undefined,
): Promise<CellCosts> {
  const [m, d] = prepared.shape;
  const nats = new Float64Array(m * d);
  const expected = projection === null ? new Float64Array(m * d) : null;
  for (let i = 0; i < m; i++) {
    const row = takeRows(prepared, Uint32Array.of(i));
    const x = await intoSpace(row, projection);
    const one: Contributions = await model.contributions(x, { withoutFold: foldOf(i) });
    nats.set(
      projection === null ? costOfColumns(one, x, means) : chargeColumns(one, x, row, projection),
      i * d,
    );
    expected?.set(one.expected.values, i * d);
  }
  return { nats, expected };
}

/** Returns what the columns cost one row, of a density of the columns themselves. */
function costOfColumns(
  { nats, expected, deviations }: Contributions,
  { values }: HostMatrix,
  means: Float64Array,
): Float64Array {
  return nats.values.map((alone, j) => {
    const slope = (values[j] - expected.values[j]) / deviations.values[j] ** 2;
    return Math.max(alone, slope * (values[j] - means[j]) / 2);
  });
}

/** Returns outlier scores of log-densities, or the other way round. */
export function negated(scores: Float64Array): Float64Array {
  return scores.map((score) => -score);
}
