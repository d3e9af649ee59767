import { columnDrift } from "@mixtape/audit";
import { type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import type { OwnTable } from "../../run/own/own_table.ts";
import type { DriftCheck, MovedColumn } from "../result.ts";
import { medianOf, valuesOf } from "./column_values.ts";

/**
 * Compares each column with that of the second file.
 *
 * @param table The data, and the rows of the second file.
 * @param limits Largest number of cells to compare, and of columns to list; the seed of the drawing of rows.
 * @returns The columns that moved; nothing without a second file.
 */
export async function checkDrift(
  { raw, columns, foreign }: OwnTable,
  { cells, listed, seed }: {
    readonly cells: number;
    readonly listed: number;
    readonly seed: number;
  },
): Promise<DriftCheck | null> {
  if (foreign === null) return null;
  const [first, second] = [drawn(raw, cells, seed), drawn(foreign.raw, cells, seed + 1)];
  const moved = await movedColumns(columns, first, second);
  return {
    rows: first.shape[0],
    foreignRows: second.shape[0],
    moved: moved.length,
    columns: moved.slice(0, listed),
  };
}

/**
 * Lists the columns with another distribution in a second matrix.
 *
 * @param columns Name of each column.
 * @param first Cells, NaN for missing ones.
 * @param second Cells of other rows.
 * @returns The columns, the one with the largest distance first.
 */
export async function movedColumns(
  columns: readonly string[],
  first: HostMatrix,
  second: HostMatrix,
): Promise<MovedColumn[]> {
  const drifts = await columnDrift(first, second, { alpha: 0.05 });
  return [...drifts.keys()].filter((j) => drifts[j].moved)
    .sort((a, b) => drifts[b].statistic - drifts[a].statistic || a - b)
    .map((j): MovedColumn => ({
      column: columns[j],
      statistic: drifts[j].statistic,
      adjusted: drifts[j].adjusted,
      median: medianOf(valuesOf(first, j)),
      otherMedian: medianOf(valuesOf(second, j)),
    }));
}

/** Draws rows of a matrix so that it has no more than so many cells, and no fewer than 1,000 rows if there are. */
function drawn(x: HostMatrix, cells: number, seed: number): HostMatrix {
  const [n, d] = x.shape;
  const rows = Math.max(1000, Math.floor(cells / d));
  return rows >= n ? x : takeRows(x, random(seed).sample(n, rows));
}
