import type { HostMatrix } from "@mixtape/tensor-utils";
import type { ColumnGaps, GapPattern, MissingPayload } from "../result.ts";

/** The cells of a table without a value, counted. */
export type Gaps = Pick<
  MissingPayload,
  "rows" | "completeRows" | "missing" | "byColumn" | "patternCount" | "patterns"
>;

/**
 * Counts the cells without a value by column, and the rows that lack the same columns.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 * @param names Names of the columns.
 * @param most Most patterns to list.
 */
export function countGaps(
  { values, shape: [n, d] }: HostMatrix,
  names: readonly string[],
  most: number,
): Gaps {
  const gaps = new Uint32Array(d);
  const byPattern = new Map<string, { readonly columns: number[]; rows: number }>();
  for (let row = 0; row < n; row++) {
    const columns: number[] = [];
    for (let j = 0; j < d; j++) if (Number.isNaN(values[row * d + j])) columns.push(j);
    for (const j of columns) gaps[j]++;
    const key = columns.join();
    const pattern = byPattern.get(key);
    if (pattern) pattern.rows++;
    else byPattern.set(key, { columns, rows: 1 });
  }
  const completeRows = byPattern.get("")?.rows ?? 0;
  byPattern.delete("");
  const byColumn = names.map((name, j): ColumnGaps => ({ name, missing: gaps[j] }));
  const patterns = [...byPattern.values()].sort((a, b) => b.rows - a.rows).slice(0, most);
  return {
    rows: n,
    completeRows,
    missing: gaps.reduce((sum, count) => sum + count, 0),
    byColumn: byColumn.sort((a, b) => b.missing - a.missing),
    patternCount: byPattern.size,
    patterns: patterns.map(({ columns, rows }): GapPattern => ({
      lacking: columns.map((j) => names[j]),
      rows,
    })),
  };
}
