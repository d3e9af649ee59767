import { type HostMatrix, pacer } from "@mixtape/tensor-utils";
import type { CorrelatedPair } from "../result.ts";

/** Least number of rows for a correlation with an interval that says something. */
const LEAST_ROWS = 10;

/** Quantile of the normal distribution for intervals at 95%. */
const NORMAL_95 = 1.959963984540054;

/**
 * Finds pairs of columns with a high correlation (Pearson's) over the rows in which both have a value.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 * @param names Name of each column.
 * @param least Least absolute correlation.
 * @param signal Signal that ends the work.
 * @returns The pairs, the strongest first; none of fewer than 10 rows.
 * @see Fisher (1921), On the probable error of a coefficient of correlation, for the intervals
 */
export async function correlatedPairs(
  x: HostMatrix,
  names: readonly string[],
  least: number,
  signal: AbortSignal,
): Promise<CorrelatedPair[]> {
  const pace = pacer(signal);
  const columns = names.map((_, j) => scaledColumn(x, j));
  const units = columns.map(unitColumn);
  const pairs: CorrelatedPair[] = [];
  for (let b = 1; b < columns.length; b++) {
    await pace();
    for (let a = 0; a < b; a++) {
      const [one, other] = [units[a], units[b]];
      const { r, rows } = one && other
        ? { r: dot(one, other), rows: one.length }
        : pairwise(columns[a], columns[b]);
      if (rows < LEAST_ROWS || !(Math.abs(r) >= least)) continue;
      const correlation = Math.max(-1, Math.min(1, r));
      const half = NORMAL_95 / Math.sqrt(rows - 3);
      pairs.push({
        first: names[a],
        second: names[b],
        rows,
        correlation,
        low: Math.tanh(Math.atanh(correlation) - half),
        high: Math.tanh(Math.atanh(correlation) + half),
      });
    }
  }
  return pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

/** Takes a column less its middle, over its range: products of such numbers stay in float64. */
function scaledColumn({ values, shape: [n, d] }: HostMatrix, j: number): Float64Array {
  let [min, max] = [Infinity, -Infinity];
  for (let i = j; i < n * d; i += d) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  const middle = min / 2 + max / 2;
  const half = max / 2 - min / 2;
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    column[i] = half === 0 ? NaN : (values[i * d + j] / 2 - middle / 2) / half;
  }
  return column;
}

/** Scales a column to the mean 0 and the length 1; nothing if cells are missing, or it is constant. */
function unitColumn(column: Float64Array): Float64Array | undefined {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const centred = column.map((value) => value - mean);
  const length = Math.sqrt(dot(centred, centred));
  return length > 0 ? centred.map((value) => value / length) : undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Correlates two columns over the rows in which both have a value. */
function pairwise(
  a: Float64Array,
  b: Float64Array,
): { readonly r: number; readonly rows: number } {
  let [rows, sumA, sumB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== a[i] || b[i] !== b[i]) continue;
    rows++;
    sumA += a[i];
    sumB += b[i];
  }
  const [meanA, meanB] = [sumA / rows, sumB / rows];
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== a[i] || b[i] !== b[i]) continue;
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  // A column that is constant in these rows has no correlation: 0 / 0.
  const r = products / Math.sqrt(squaresA) / Math.sqrt(squaresB);
  return { r, rows };
}
